// The schema that comes along for editors is that of the program.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { policyFile, policyFrom } from '../../../main/core/api/policy.ts';

const folder = join(import.meta.dirname, '..', '..', '..', 'resources', 'policy');
const jsonIn = (name: string): unknown => JSON.parse(readFileSync(join(folder, name), 'utf8'));

test('resources/policy/policy.schema.json says what the program reads', () => {
  expect(jsonIn('policy.schema.json')).toEqual(z.toJSONSchema(policyFile));
});

test('the template is a policy of which everything is in force', () => {
  const { state } = policyFrom(jsonIn('policy.example.json'));
  expect(state.ignored).toEqual([]);
  expect(state.managed.length).toBeGreaterThan(5);
});
