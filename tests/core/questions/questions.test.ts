import { afterEach, beforeEach, expect, test } from 'vitest';
import { newId } from '../../../main/core/ids.ts';
import { wrapUpDraft } from '../../../preload/contract/wrap-ups.ts';
import { aHandledCall } from '../support/call-events.ts';
import { aCore, type DeskClient, MORNING, type TestCore } from '../support/test-core.ts';

let core: TestCore;
let client: DeskClient;
beforeEach(async () => {
  core = await aCore();
  client = (await core.open()).client;
});
afterEach(() => core.stop());

/** A worried customer who asked something. */
async function anAsker(): Promise<string> {
  const customer = await client.customers.create({
    name: 'Anna Beispiel',
    numbers: ['+493023125042'],
  });
  const { wrapUp } = await aHandledCall(client, MORNING, 30_000);
  await client.wrapUps.save({
    wrapUpId: wrapUp.wrapUpId,
    result: wrapUpDraft.parse({
      outcome: 'reached',
      end: { emotion: 'worry', intensity: 0.75 },
      openQuestion: 'Wann kommt der Wagen?',
    }),
  });
  return customer.id;
}
const storyOf = (customerId: string) => client.customers.story({ customerId });

test('an open question stands in the story and is the evidence of its cue', async () => {
  const story = await storyOf(await anAsker());
  expect(story.questions).toMatchObject([{ text: 'Wann kommt der Wagen?' }]);
  const cue = story.cues.find(({ rule }) => rule === 9);
  expect(cue?.evidence.find(({ kind }) => kind === 'question')?.id).toBe(story.questions[0]?.id);
});

test('an answered question leaves the story, its cue and the contact; twice is harmless', async () => {
  const customerId = await anAsker();
  const questionId = (await storyOf(customerId)).questions[0]?.id ?? '';
  await client.questions.settle({ questionId });
  await client.questions.settle({ questionId });
  const after = await storyOf(customerId);
  expect(after.questions).toEqual([]);
  expect(after.cues.some(({ rule }) => rule === 9)).toBe(false);
  expect(after.contacts.every(({ openQuestion }) => openQuestion === null)).toBe(true);
});

test('a question that is not there is refused', async () => {
  await expect(client.questions.settle({ questionId: newId() })).rejects.toMatchObject({
    code: 'NOT_FOUND',
    data: { what: 'question' },
  });
});
