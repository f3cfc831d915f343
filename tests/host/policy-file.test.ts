// Both hosts ask this before they start anything.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { policyTrouble } from '../../main/host/policy-file.ts';

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'anklang-policy-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

test.each(['{"api":', '', '[]', 'null', '"api"', '7'])('%j is no policy', (text) => {
  const file = join(aFolder(), 'policy.json');
  writeFileSync(file, text);
  const trouble = policyTrouble(file);
  expect(trouble?.en).toBe(
    `The policy ${file} cannot be used: it is no JSON object. resources/policy holds an example and the schema. Nothing was started.`,
  );
  expect(trouble?.de).toContain('sie ist kein JSON-Objekt');
  expect(trouble?.de).toContain('Es wurde nichts gestartet.');
});

test('a file that is not there, and one that is a folder', () => {
  const folder = aFolder();
  expect(policyTrouble(join(folder, 'none.json'))?.en).toContain('there is no such file');
  expect(policyTrouble(folder)?.de).toContain('das ist ein Ordner');
});

test.each(['{}', '{"api":{"dialling":"off"}}', '{"api":{"port":"none"}}'])(
  '%s starts: what does not fit is passed over and named in the settings',
  (text) => {
    const file = join(aFolder(), 'policy.json');
    writeFileSync(file, text);
    expect(policyTrouble(file)).toBeNull();
  },
);
