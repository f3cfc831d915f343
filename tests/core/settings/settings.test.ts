import { expect, test } from 'vitest';
import { aCore, aFolderForThisTest } from '../support/test-core.ts';

test('a change leaves every other setting alone and outlives a restart', async () => {
  const folder = aFolderForThisTest();
  const first = await aCore({ folder });
  const { client } = await first.open();
  await client.settings.change({ theme: 'dark', ringVolume: 0.2, agentName: 'Clara' });
  await client.settings.change({ language: 'en' });
  await first.stop();
  const core = await aCore({ folder });
  const again = (await core.open()).client;
  expect(await again.settings.get({})).toMatchObject({
    theme: 'dark',
    ringVolume: 0.2,
    agentName: 'Clara',
    language: 'en',
    zone: 'Europe/Berlin',
  });
  expect(await again.agents.list({})).toEqual([
    expect.objectContaining({ name: 'Clara', me: true }),
  ]);
  await core.stop();
});

test('the language of the start wins, until the agent chooses one', async () => {
  const folder = aFolderForThisTest();
  const first = await aCore({ folder });
  await (await first.open()).client.settings.change({ language: 'de' });
  await first.stop();
  const core = await aCore({ folder, start: { language: 'en' } });
  const { client } = await core.open();
  expect((await client.settings.change({ theme: 'dark' })).language).toBe('en');
  expect((await client.settings.change({ language: 'de' })).language).toBe('de');
  await core.stop();
});
