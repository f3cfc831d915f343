// Webhooks against a receiver on this machine: signed, repeated, given up, never to private targets unasked.
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { pauseAfter } from '../../../main/core/api/webhooks/deliveries.ts';
import { httpSender } from '../../../main/core/api/webhooks/http-sender.ts';
import { mayReach, reachOf } from '../../../main/core/api/webhooks/target-guard.ts';
import { signatureFits, signatureOf } from '../../../main/core/api/webhooks/webhook-events.ts';
import { newId } from '../../../main/core/ids.ts';
import { WEBHOOK_EVENTS } from '../../../preload/contract/api.ts';
import { anApiDesk } from './api-desk.ts';

interface Received {
  headers: IncomingMessage['headers'];
  body: string;
  event: { id: string; type: string; at: number; data: Record<string, unknown> };
}

async function aReceiver(answer: (count: number) => number = () => 204) {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString('utf8')));
    request.on('end', () => {
      const event = JSON.parse(body) as Received['event'];
      received.push({ headers: request.headers, body, event });
      const status = answer(received.length);
      response.writeHead(status, status === 302 ? { location: 'http://127.0.0.1:1/' } : {}).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/hook`,
    received,
    async count(n: number): Promise<Received[]> {
      for (let tries = 0; tries < 400 && received.length < n; tries += 1) await wait(10);
      return received;
    },
  };
}

const policy = { webhooks: { privateTargets: true } };

test('facts of the desk arrive, each signed with the secret of its webhook', async () => {
  const receiver = await aReceiver();
  const desk = await anApiDesk({ policy });
  const { client } = await desk.open();
  const { secret } = await client.connections.addWebhook({
    ...{ name: 'CRM', url: receiver.url, events: [...WEBHOOK_EVENTS] },
  });
  const made = await desk.ask('/v1/customers', {
    body: { name: 'Anna', numbers: ['030 123456'], externalId: 'C-7' },
  });
  const customerId = (made.json as { id: string }).id;
  const callId = newId();
  const head = { callId, at: desk.clock.now() };
  const remote = { uri: 'sip:+4930123456@pbx', number: '+4930123456', display: null };
  await client.calls.append({
    events: [
      { ...head, seq: 0, type: 'invited', remote, accountId: null, origin: 'practice' },
      { ...head, seq: 1, type: 'ringing' },
      { ...head, seq: 2, type: 'answered' },
      {
        ...head,
        at: head.at + 9_000,
        seq: 3,
        type: 'ended',
        cause: 'completed',
        sipCode: null,
        by: 'agent',
      },
    ],
  });
  const [open] = await client.wrapUps.open();
  await client.wrapUps.save({
    wrapUpId: open?.wrapUpId ?? '',
    result: {
      customerId,
      outcome: 'reached',
      end: { emotion: 'joy', intensity: 1 },
      note: 'A secret note.',
      promise: {
        text: 'Ring back',
        dueAt: head.at + 60_000,
        ownerId: (await client.agents.list())[0]?.id ?? null,
      },
    },
  });
  const first = await receiver.count(4);
  expect(first.map(({ event }) => event.type).sort()).toEqual([
    'call.ended',
    'call.ringing',
    'customer.changed',
    'wrapup.saved',
  ]);
  desk.clock.advance(80_000);
  const all = await receiver.count(5);
  expect(all).toHaveLength(5);
  for (const { headers, body, event } of all) {
    const signature = String(headers['anklang-signature']);
    const check = { body, now: desk.clock.now(), toleranceMs: 300_000 };
    expect(signatureFits(signature, { ...check, secret })).toBe(true);
    expect(signatureFits(signature, { ...check, secret: `${secret}x` })).toBe(false);
    expect(signatureFits(signature, { ...check, secret, body: `${body} ` })).toBe(false);
    expect(headers['anklang-delivery']).toBe(event.id);
    expect(headers['content-type']).toBe('application/json; charset=utf-8');
    expect(body).not.toContain('A secret note.');
  }
  const of = (type: string) => all.find(({ event }) => event.type === type)?.event.data;
  const customer = { id: customerId, name: 'Anna', company: null, externalId: 'C-7' };
  expect(of('call.ringing')).toMatchObject({
    callId,
    direction: 'inbound',
    e164: '+4930123456',
    customer,
  });
  expect(of('call.ended')).toMatchObject({ callId, talkMs: 9_000, cause: 'completed' });
  expect(of('wrapup.saved')).toMatchObject({
    callId,
    customer,
    outcome: 'reached',
    end: { emotion: 'joy' },
  });
  expect(of('customer.changed')).toEqual({ change: 'created', customerId, customer });
  expect(of('promise.due')).toMatchObject({ text: 'Ring back', dueAt: head.at + 60_000, customer });
  const state = await client.connections.state();
  expect(state.webhooks).toMatchObject([{ state: 'active', waiting: 0 }]);
  expect(JSON.stringify(state)).not.toContain(secret);
});

test('what does not arrive is sent again later, the same words with a fresh signature', async () => {
  const receiver = await aReceiver((count) => (count < 3 ? 500 : 200));
  const desk = await anApiDesk({ policy });
  const { client } = await desk.open();
  const { webhook } = await client.connections.addWebhook({
    ...{ name: 'CRM', url: receiver.url, events: ['customer.changed'] },
  });
  await desk.ask('/v1/customers', { body: { name: 'Anna' } });
  await receiver.count(1);
  await wait(100);
  const log = () => client.connections.deliveries({ webhookId: webhook.webhookId, limit: 10 });
  expect((await log()).rows).toMatchObject([
    { state: 'waiting', attempts: 1, status: 500, problem: 'status' },
  ]);
  desk.clock.advance(5_000);
  await receiver.count(2);
  await wait(100);
  desk.clock.advance(10_000);
  const all = await receiver.count(3);
  await wait(100);
  expect(new Set(all.map(({ body }) => body)).size).toBe(1);
  expect(new Set(all.map(({ headers }) => headers['anklang-signature'])).size).toBe(3);
  expect((await log()).rows).toMatchObject([
    { state: 'delivered', attempts: 3, status: 200, problem: null, nextAt: null },
  ]);
});

test('after a day it is given up and the webhook paused; 410 pauses it at once; the agent resumes it', async () => {
  let status = 500;
  const receiver = await aReceiver(() => status);
  const desk = await anApiDesk({ policy });
  const { client } = await desk.open();
  const { webhook } = await client.connections.addWebhook({
    ...{ name: 'CRM', url: receiver.url, events: ['customer.changed'] },
  });
  const { webhookId } = webhook;
  await desk.ask('/v1/customers', { body: { name: 'Anna' } });
  await receiver.count(1);
  await wait(100);
  desk.clock.advance(24 * 3_600_000);
  await receiver.count(2);
  await wait(100);
  const given = await client.connections.state();
  expect(given.webhooks).toMatchObject([{ state: 'paused', pausedReason: 'failing', waiting: 0 }]);
  await desk.ask('/v1/customers', { body: { name: 'Bert' } });
  await client.connections.setWebhookState({ webhookId, state: 'active' });
  status = 410;
  await desk.ask('/v1/customers', { body: { name: 'Carla' } });
  await receiver.count(3);
  await wait(100);
  expect((await client.connections.state()).webhooks).toMatchObject([{ pausedReason: 'gone' }]);
  status = 200;
  expect(await client.connections.testWebhook({ webhookId })).toMatchObject({
    ...{ type: 'test', state: 'delivered', status: 200 },
  });
  expect(receiver.received.at(-1)?.event.type).toBe('test');
});

test('what was waiting when core died is sent by the next one', async () => {
  const receiver = await aReceiver((count) => (count === 1 ? 503 : 200));
  const desk = await anApiDesk({ policy });
  const { client } = await desk.open();
  await client.connections.addWebhook({
    ...{ name: 'CRM', url: receiver.url, events: ['customer.changed'] },
  });
  await desk.ask('/v1/customers', { body: { name: 'Anna' } });
  await receiver.count(1);
  await wait(100);
  await desk.stop();
  const { aCore } = await import('../support/test-core.ts');
  const next = await aCore({
    folder: desk.folder,
    at: desk.clock.now() + 60_000,
    start: { policyFile: `${desk.folder}/policy.json` },
  });
  onTestFinished(() => next.stop());
  next.clock.advance(1_000);
  const all = await receiver.count(2);
  expect(all[1]?.body).toBe(all[0]?.body);
});

test('no policy, no private target; http is refused when it is entered', async () => {
  const receiver = await aReceiver();
  const desk = await anApiDesk();
  const { client } = await desk.open();
  const events = ['customer.changed' as const];
  await expect(
    client.connections.addWebhook({ name: 'CRM', url: receiver.url, events }),
  ).rejects.toMatchObject({ code: 'BAD_INPUT' });
  const { webhook } = await client.connections.addWebhook({
    ...{ name: 'CRM', url: receiver.url.replace('http:', 'https:'), events },
  });
  const { webhookId } = webhook;
  expect(await client.connections.testWebhook({ webhookId })).toMatchObject({
    ...{ state: 'failed', status: null, problem: 'targetRefused' },
  });
  expect(receiver.received).toEqual([]);
  for (const url of [
    'ftp://x.example',
    'https://a:b@x.example',
    'https://x.example/#a',
    'x',
    'file:///etc',
  ]) {
    await expect(
      client.connections.addWebhook({ name: 'X', url, events }),
      url,
    ).rejects.toMatchObject({ code: 'BAD_INPUT' });
  }
});

test.each([
  ...[
    '0.0.0.0',
    '0.1.2.3',
    '169.254.169.254',
    '169.254.0.1',
    '192.0.0.192',
    '192.0.2.1',
    '224.0.0.1',
  ],
  ...[
    '255.255.255.255',
    '240.0.0.1',
    '::',
    'fe80::1',
    'fe80::1%eth0',
    'ff02::1',
    'fec0::1',
    '2001::1',
  ],
  ...['2001:db8::1', '2002:7f00:1::', '64:ff9b::7f00:1', '64:ff9b:1::1', '::127.0.0.1', '100::1'],
  ...['::ffff:169.254.169.254', '::ffff:a9fe:a9fe', 'localhost', '', '1.2.3', '3fff::1', '5f00::1'],
])('%s is never a target', (address) => {
  expect(reachOf(address)).toBe('never');
  expect(mayReach(address, true)).toBe(false);
});

test.each([
  ...[
    '127.0.0.1',
    '127.255.0.9',
    '10.0.0.1',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '100.64.0.1',
  ],
  ...[
    '198.18.0.1',
    '::1',
    '0:0:0:0:0:0:0:1',
    'fc00::1',
    'fd12:3456::1',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
  ],
  ...['::ffff:10.1.2.3', '0:0:0:0:0:ffff:c0a8:0101'],
])('%s is a target only where the policy allows it', (address) => {
  expect(mayReach(address, false)).toBe(false);
  expect(mayReach(address, true)).toBe(true);
});

test.each([
  '1.1.1.1',
  '172.32.0.1',
  '100.128.0.1',
  '2606:4700::1111',
  '2a00:1450::1',
  '::ffff:8.8.8.8',
])('%s is public', (address) => expect(reachOf(address)).toBe('public'));

test.each([
  ...[
    'https://2130706433/',
    'https://0x7f.1/',
    'https://017700000001/',
    'https://127.1/',
    'https://0/',
  ],
  ...['https://[::1]/', 'https://[::ffff:7f00:1]/', 'https://127.0.0.1./', 'https://①②⑦.0.0.1/'],
  ...[
    'https://169.254.169.254/latest/meta-data',
    'https://[fe80::1]/',
    'http://1.1.1.1/',
    'gopher://1.1.1.1/',
  ],
])('%s is refused before anything is sent', async (url) => {
  const send = httpSender({
    allowPrivate: () => false,
    resolve: () => Promise.reject(new Error('no name is asked for')),
  });
  const sent = await send({ url, body: '{}', headers: {} });
  expect(sent.status).toBeNull();
  expect(['targetRefused', 'nameUnknown']).toContain(sent.problem);
});

test('a name with one private address among public ones is refused, and the judged address is the one used', async () => {
  const receiver = await aReceiver();
  const { port } = new URL(receiver.url);
  let asked = 0;
  const mixed = httpSender({
    allowPrivate: () => false,
    resolve: () =>
      Promise.resolve([
        { address: '1.1.1.1', family: 4 },
        { address: '127.0.0.1', family: 4 },
      ]),
  });
  const url = `https://crm.example:${port}/`;
  expect(await mixed({ url, body: '{}', headers: {} })).toEqual({
    status: null,
    problem: 'targetRefused',
  });
  // A name that answers something else the second time (DNS rebinding) is never asked twice.
  const once = httpSender({
    allowPrivate: () => true,
    resolve: () => {
      asked += 1;
      return Promise.resolve([{ address: asked === 1 ? '127.0.0.1' : '10.9.9.9', family: 4 }]);
    },
  });
  const sent = await once({ url: `http://crm.example:${port}/`, body: '{"id":"1"}', headers: {} });
  expect(sent).toEqual({ status: 204, problem: null });
  expect(asked).toBe(1);
});

test('a redirect is not followed, an endless or silent answer is cut off', async () => {
  const redirecting = await aReceiver(() => 302);
  const send = httpSender({ allowPrivate: () => true, withinMs: 400 });
  const body = '{"id":"1"}';
  expect(await send({ url: redirecting.url, body, headers: {} })).toEqual({
    status: 302,
    problem: 'redirect',
  });
  const endless = createServer((_request, response) => {
    response.writeHead(200);
    const more = setInterval(() => response.write('x'.repeat(30_000)), 5);
    response.on('close', () => clearInterval(more));
  });
  const silent = createServer(() => undefined);
  for (const [server, problem] of [
    [endless, 'answerTooLarge'],
    [silent, 'timeout'],
  ] as const) {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const sent = await send({ url: `http://127.0.0.1:${port}/`, body, headers: {} });
    expect(sent.problem).toBe(problem);
    server.closeAllConnections();
    server.close();
    const dead = await send({ url: `http://127.0.0.1:${port}/`, body, headers: {} });
    expect(dead).toEqual({ status: null, problem: 'unreachable' });
  }
});

test('pauses double up to an hour, with half of each by chance', () => {
  expect(pauseAfter(1, 0)).toBe(2_500);
  expect(pauseAfter(1, 1)).toBe(5_000);
  expect(pauseAfter(4, 1)).toBe(40_000);
  expect(pauseAfter(20, 1)).toBe(3_600_000);
  expect(signatureOf('s', '{}', 1_000)).toMatch(/^t=1,v1=[0-9a-f]{64}$/);
});

test('who is merged away or erased is told by id alone, and nothing of the person is left to send', async () => {
  const receiver = await aReceiver();
  const desk = await anApiDesk({ policy });
  const { client } = await desk.open();
  const create = async (name: string) => {
    const made = await desk.ask('/v1/customers', { body: { name, externalId: `CRM ${name}` } });
    return (made.json as { id: string }).id;
  };
  const survivorId = await create('Berta Beispiel');
  const loserId = await create('Berta Beispiehl');
  await client.connections.addWebhook({
    ...{ name: 'CRM', url: receiver.url, events: ['customer.changed'] },
  });
  const told = async (count: number) =>
    (await receiver.count(count)).map(({ event }) => event.data).slice(count - 2);
  const { one } = await client.merges.compare({ oneId: survivorId, otherId: loserId });
  const { id: _id, origin: _origin, numbers, ...fields } = one.customer;
  const record = { ...fields, numberIds: numbers.map(({ id }) => id) };
  const { mergeId } = await client.merges.merge({ survivorId, loserId, record });
  expect(await told(2)).toEqual([
    { change: 'merged', customerId: loserId, customer: null, mergedInto: survivorId },
    {
      change: 'updated',
      customerId: survivorId,
      customer: expect.objectContaining({ name: 'Berta Beispiel' }),
    },
  ]);
  await client.merges.undo({ mergeId });
  expect(await told(4)).toMatchObject([
    { change: 'created', customerId: loserId, customer: { name: 'Berta Beispiehl' } },
    { change: 'updated', customerId: survivorId },
  ]);
  expect((await desk.ask(`/v1/customers/${loserId}`, { method: 'DELETE' })).status).toBe(204);
  const [last] = (await receiver.count(5)).slice(4);
  expect(last?.event.data).toEqual({ change: 'erased', customerId: loserId, customer: null });
  expect(last?.body).not.toMatch(/Berta|CRM/);
});
