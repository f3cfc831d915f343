import { expect, test } from 'vitest';
import { finishImports, killImportsAfter } from '../support/kill-imports.ts';
import { aCore, aFolderForThisTest } from '../support/test-core.ts';

const MOMENTS = [15, 90, 400, 700, 240];

test('core killed in the middle of imports: no half batch, nothing lost, and it goes on or back', async () => {
  const folder = aFolderForThisTest();
  const core = await aCore({ folder });
  const { client } = await core.open();
  const me = (await client.agents.list({})).find((agent) => agent.me);
  await core.stop();
  let acknowledged = 0;
  for (const ms of MOMENTS) {
    const killed = await killImportsAfter(folder, me?.id ?? '', ms);
    expect(killed.faults).toEqual([]);
    acknowledged += killed.acknowledged;
  }
  expect(acknowledged).toBeGreaterThan(MOMENTS.length);
  expect(await finishImports(folder, me?.id ?? '')).toEqual([]);
}, 120_000);
