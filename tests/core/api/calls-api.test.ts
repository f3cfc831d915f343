// Dialling for other programs: the window dials, and the agent has the last word.
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { newId } from '../../../main/core/ids.ts';
import type { DialRequest } from '../../../preload/contract/api.ts';
import type { TestLink } from '../support/test-core.ts';
import { anApiDesk } from './api-desk.ts';

async function wanted({ client }: TestLink): Promise<DialRequest> {
  for (let tries = 0; tries < 200; tries += 1) {
    const [request] = await client.connections.dialRequests();
    if (request) return request;
    await wait(10);
  }
  throw new Error('nobody wants to dial');
}

const number = '+4930123456';

test('without a window nobody dials; with one the call’s id comes back', async () => {
  const desk = await anApiDesk();
  const refused = await desk.ask('/v1/calls', { body: { number } });
  expect(refused.status).toBe(409);
  expect(refused.json).toMatchObject({ type: 'urn:anklang:problem:no-window' });

  const link = await desk.open();
  const made = await desk.ask('/v1/customers', { body: { name: 'Anna', numbers: [number] } });
  const customerId = (made.json as { id: string }).id;
  const answer = desk.ask('/v1/calls', { body: { number, customerId } });
  const request = await wanted(link);
  expect(request).toMatchObject({
    ...{ number, customerId, customerName: 'Anna', ask: false, askedBy: 'api-token-file' },
  });
  const { requestId } = request;
  await link.client.connections.claimDial({ requestId });
  expect(await link.client.connections.dialRequests()).toEqual([]);
  await expect(link.client.connections.claimDial({ requestId })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
  const callId = newId();
  const remote = { uri: `tel:${number}`, number, display: null };
  const placed = {
    type: 'placed',
    remote,
    accountId: null,
    origin: 'practice',
    customerId,
  } as const;
  const head = { callId, at: desk.clock.now() };
  await link.client.calls.append({ events: [{ ...head, ...placed, seq: 0 }] });
  await link.client.connections.answerDial({ requestId, result: { kind: 'placed', callId } });
  expect(await answer).toMatchObject({ status: 202, json: { id: callId, number, customerId } });

  const current = await desk.ask('/v1/calls/current');
  expect(current.json).toMatchObject({ id: callId, state: 'ringing', direction: 'outbound' });
  const ended = { type: 'ended', cause: 'cancelled', sipCode: null, by: 'agent' } as const;
  await link.client.calls.append({ events: [{ ...head, ...ended, seq: 1 }] });
  const none = await desk.ask('/v1/calls/current');
  expect(none).toMatchObject({ status: 200, text: 'null' });
  expect((await desk.ask(`/v1/calls/${callId}`)).json).toMatchObject({ state: 'ended' });
  expect((await desk.ask('/v1/calls')).json).toMatchObject({ calls: [{ id: callId }] });
});

test('other tokens have to wait for the agent, who may decline or not be there', async () => {
  const desk = await anApiDesk();
  const link = await desk.open();
  const token = await desk.tokenWith(link, 'calls:dial');
  const declined = desk.ask('/v1/calls', { token, body: { number } });
  const first = await wanted(link);
  expect(first).toMatchObject({ ask: true, askedBy: 'Test' });
  await link.client.connections.answerDial({
    requestId: first.requestId,
    result: { kind: 'declined' },
  });
  expect(await declined).toMatchObject({
    status: 409,
    json: { type: 'urn:anklang:problem:dialling-declined' },
  });

  const unanswered = desk.ask('/v1/calls', { token, body: { number } });
  const second = await wanted(link);
  desk.clock.advance(30_000);
  expect(await unanswered).toMatchObject({
    json: { type: 'urn:anklang:problem:dialling-unanswered' },
  });
  expect(await link.client.connections.dialRequests()).toEqual([]);
  await expect(
    link.client.connections.claimDial({ requestId: second.requestId }),
  ).rejects.toMatchObject({ code: 'NOT_FOUND' });

  const busy = desk.ask('/v1/calls', { token, body: { number } });
  const third = await wanted(link);
  await link.client.connections.answerDial({
    requestId: third.requestId,
    result: { kind: 'failed', problem: 'callInProgress' },
  });
  expect(await busy).toMatchObject({
    status: 409,
    json: { type: 'urn:anklang:problem:phone-not-ready', detail: 'callInProgress' },
  });

  const left = desk.ask('/v1/calls', { token, body: { number } });
  await wanted(link);
  await link.cut();
  expect(await left).toMatchObject({ json: { type: 'urn:anklang:problem:no-window' } });
});

test('the setting may let all dial directly, or none', async () => {
  const desk = await anApiDesk();
  const link = await desk.open();
  const token = await desk.tokenWith(link, 'calls:dial');
  await link.client.connections.setApi({ dialling: 'off' });
  expect(await desk.ask('/v1/calls', { token, body: { number } })).toMatchObject({
    json: { type: 'urn:anklang:problem:dialling-off' },
  });
  await link.client.connections.setApi({ dialling: 'direct' });
  const asked = desk.ask('/v1/calls', { token, body: { number } });
  expect(await wanted(link)).toMatchObject({ ask: false });
  await link.cut();
  await asked;
});

test('other programs cannot make the telephone ring people without end', async () => {
  const desk = await anApiDesk();
  const answers = [];
  for (let n = 0; n < 6; n += 1) answers.push(await desk.ask('/v1/calls', { body: { number } }));
  expect(answers.map(({ status }) => status)).toEqual([409, 409, 409, 409, 409, 429]);
  expect(answers.at(-1)?.headers['retry-after']).toBe('2');
});
