import { expect, test } from 'vitest';
import { killMergesAfter } from '../../support/kill-merges.ts';
import { aCore, aFolderForThisTest } from '../../support/test-core.ts';

const MOMENTS = [5, 37, 80, 151, 233];

test('core killed in the middle of merges: integrity holds, and no merge is half done', async () => {
  const folder = aFolderForThisTest();
  const core = await aCore({ folder });
  const { client } = await core.open();
  const me = (await client.agents.list({})).find((agent) => agent.me);
  await core.stop();
  let acknowledged = 0;
  for (const ms of MOMENTS) {
    const killed = await killMergesAfter(folder, me?.id ?? '', ms);
    expect(killed.faults).toEqual([]);
    acknowledged += killed.acknowledged;
  }
  expect(acknowledged).toBeGreaterThan(MOMENTS.length);
}, 120_000);
