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

test('recording is off until the organisation allows it; what a sales floor sets outlives a restart', async () => {
  const folder = aFolderForThisTest();
  const first = await aCore({ folder });
  const { client } = await first.open();
  expect(await client.settings.get({})).toMatchObject({
    ...{ recordingAllowed: false, recordingDays: 90, callWaiting: 'wait', autoAnswerSeconds: null },
    ...{ echoCancellation: true, autoGain: true, noiseSuppression: 'browser', headset: false },
    ...{ ringInFront: true, ringOverFullScreen: false, colleagues: [] },
    globalKeys: { answer: null, hangUp: null, mute: null, dialClipboard: null },
  });
  const chosen = {
    ...{ recordingAllowed: true, recordingDays: 30, callWaiting: 'busy' as const },
    ...{ autoAnswerSeconds: 3, noiseSuppression: 'off' as const, headset: true },
    colleagues: [{ target: '23', name: 'Bernd' }],
    globalKeys: { answer: 'Control+Alt+A', hangUp: null, mute: null, dialClipboard: null },
  };
  await client.settings.change(chosen);
  await first.stop();
  const core = await aCore({ folder });
  const again = (await core.open()).client;
  expect(await again.settings.get({})).toMatchObject({ ...chosen, autoGain: true });
  await expect(again.settings.change({ recordingDays: 0 })).rejects.toMatchObject({
    code: 'BAD_INPUT',
  });
  expect((await again.settings.get({})).recordingDays).toBe(30);
  await core.stop();
});
