import { expect, test } from 'vitest';
import { aCore } from './support/test-core.ts';

test('the sample book comes with its figures, goes with them, and counting again agrees', async () => {
  const core = await aCore({ start: { sample: true } });
  const { client } = await core.open();
  await expect
    .poll(async () => (await client.sample.status({})).installed, { timeout: 12_000 })
    .toBe(true);
  const counted = await client.kpi.rebuild({});
  expect(counted.rows).toBeGreaterThan(0);
  expect(counted.differing).toBe(0);
  const { number } = await client.practice.nextCaller({});
  expect(number).toMatch(/^\+49/);
  await client.sample.remove({});
  expect(await client.kpi.rebuild({})).toMatchObject({ rows: 0, differing: 0 });
  await core.stop();
});
