// Callbacks and voicemails that other programs hand over become work of this desk.
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { expect, test } from 'vitest';
import { openDatabase } from '../../../main/core/database/open-database.ts';
import { filesVault } from '../../../main/core/secrets/vault.ts';
import { createWorkStore } from '../../../main/core/work/work-store.ts';
import { sine, wavFile } from '../../support/wav.ts';
import { anApiDesk } from './api-desk.ts';

const HOUR = 3_600_000;
const NUMBER = '030 23125042';
const MISSING = '019ab2f0-0000-7000-8000-000000000000';
const WAV = wavFile(sine(440, 0.2, 8_000));

type ApiDesk = Awaited<ReturnType<typeof anApiDesk>>;

async function aCustomer(desk: ApiDesk, numbers: string[] = [NUMBER]): Promise<string> {
  const made = await desk.ask('/v1/customers', { body: { name: 'Ada Programm', numbers } });
  return (made.json as { id: string }).id;
}

const voicemail = (desk: ApiDesk, query: string, raw: Buffer, type = 'audio/wav') =>
  desk.ask(`/v1/voicemails${query}`, { method: 'POST', raw, headers: { 'content-type': type } });

async function form(fields: Record<string, string | Blob>): Promise<{ raw: Buffer; type: string }> {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.append(name, value);
  const made = new Response(data);
  const type = made.headers.get('content-type') ?? '';
  return { raw: Buffer.from(await made.arrayBuffer()), type };
}

async function openWork(desk: ApiDesk) {
  const { client } = await desk.open();
  return { client, items: (await client.work.list({})).items };
}

test('a callback of a customer waits with due time, note and owner, and is told back', async () => {
  const desk = await anApiDesk();
  const id = await aCustomer(desk);
  const agents = (await desk.ask('/v1/agents')).json as { id: string; me: boolean }[];
  const ownerId = agents.find(({ me }) => me)?.id ?? '';
  const dueAt = desk.clock.now() + HOUR;
  const made = await desk.ask(`/v1/customers/${id}/entries`, {
    body: { kind: 'callback', note: 'Leasing rate', dueAt: new Date(dueAt).toISOString(), ownerId },
  });
  expect(made.status).toBe(201);
  expect(made.json).toMatchObject({ customerId: id, kind: 'callback', at: desk.clock.now() });
  const { client, items } = await openWork(desk);
  // Its number is the customer's first one.
  expect(items).toMatchObject([
    {
      ...{ kind: 'callback', customerId: id, note: 'Leasing rate', dueAt, ownerId },
      ...{ e164: '+493023125042', origin: 'real', state: 'open' },
    },
  ]);
  const timeline = await desk.ask(`/v1/customers/${id}/timeline`);
  expect(timeline.text).toContain('Leasing rate');
  const { workId } = items[0] ?? {};
  await client.work.settle({ ref: { workId: workId ?? '' }, state: 'done', result: 'Rate sent' });
  const after = await desk.ask(`/v1/work/${(made.json as { id: string }).id}`);
  expect(after.json).toMatchObject({ state: 'done', result: 'Rate sent', number: NUMBER });
});

test('a number that nobody has is taken, one that somebody has is theirs, nonsense is refused', async () => {
  const desk = await anApiDesk();
  const id = await aCustomer(desk);
  const unknown = await desk.ask('/v1/callbacks', {
    body: { number: '0171 5550123', note: 'Web' },
  });
  expect(unknown.status).toBe(201);
  expect(unknown.json).toMatchObject({ customerId: null, e164: '+491715550123', dueAt: null });
  const { location } = unknown.headers;
  expect((await desk.ask(String(location))).json).toEqual(unknown.json);
  const known = await desk.ask('/v1/callbacks', { body: { number: '+49 30 23125042' } });
  expect(known.json).toMatchObject({ customerId: id });
  const refused: [unknown, number, string][] = [
    [{}, 400, 'number'],
    [{ number: 'anonymous' }, 400, 'number'],
    [{ number: '' }, 400, 'number'],
    [{ number: '1', dueAt: 'tomorrow' }, 400, 'dueAt'],
    [{ number: '1', dueAt: -1 }, 400, 'dueAt'],
    [{ number: '1', note: 'x'.repeat(20_001) }, 400, 'note'],
    [{ number: '1', ownerId: 'me' }, 400, 'ownerId'],
    [{ number: '1', ownerId: MISSING }, 404, ''],
    [{ number: '1', customerId: MISSING }, 404, ''],
    [{ number: '1', colour: 'red' }, 400, ''],
  ];
  for (const [body, status, path] of refused) {
    const answer = await desk.ask('/v1/callbacks', { body });
    expect(answer.status, JSON.stringify(body).slice(0, 80)).toBe(status);
    expect(answer.headers['content-type']).toBe('application/problem+json');
    if (path !== '') expect(answer.json).toMatchObject({ errors: [{ path }] });
  }
  const silent = await desk.ask(`/v1/customers/${id}/entries`, { body: { kind: 'voicemail' } });
  expect(silent.json).toMatchObject({ errors: [{ path: 'note' }] });
  const { items } = await openWork(desk);
  expect(items).toHaveLength(2);
});

test('sent again under the same number of the other system it is one piece of work', async () => {
  const desk = await anApiDesk();
  const id = await aCustomer(desk);
  const send = (body: object) =>
    desk.ask('/v1/callbacks', { body: { externalId: 'T-1', ...body } });
  const first = await send({ number: NUMBER, note: 'One' });
  const again = await send({ customerId: id, note: 'Two' });
  expect(again.json).toEqual({ ...(first.json as object), note: 'Two' });
  // An agent has planned it meanwhile: what is not said does not undo that.
  const { client, items } = await openWork(desk);
  const dueAt = desk.clock.now() + HOUR;
  await client.work.plan({ ref: { workId: items[0]?.workId ?? '' }, dueAt });
  expect((await send({ number: NUMBER })).json).toMatchObject({ dueAt, note: 'Two' });
  const other = await desk.ask('/v1/customers', { body: { name: 'Other' } });
  const wrong = await send({ customerId: (other.json as { id: string }).id });
  expect(wrong.json).toMatchObject({ status: 400, errors: [{ path: 'externalId' }] });
  await client.work.settle({ ref: { workId: items[0]?.workId ?? '' }, state: 'done' });
  expect((await send({ number: NUMBER, note: 'Three' })).json).toMatchObject({
    ...{ state: 'done', note: 'Two' },
  });
  const sound = () => voicemail(desk, '?externalId=T-1&number=1', WAV);
  expect((await sound()).json).toEqual((await sound()).json);
  expect((await client.work.list({})).total).toBe(1);
});

test('a voicemail comes as the body or as a form, is heard whole, and lies nowhere in the clear', async () => {
  const desk = await anApiDesk();
  const id = await aCustomer(desk);
  // Several pieces of the database, and bytes that are found again if they lie open.
  const noise = Buffer.concat([WAV, randomBytes(700_000)]);
  const at = desk.clock.now() - HOUR;
  const raw = await voicemail(desk, `?number=%2B493023125042&note=Asks&at=${at}`, noise);
  expect(raw.status).toBe(201);
  expect(raw.json).toMatchObject({
    ...{ kind: 'voicemail', customerId: id, note: 'Asks', at },
    audio: { type: 'audio/wav', bytes: noise.length },
  });
  const sent = await form({
    number: '0171 5550123',
    at: '2026-03-01T09:00:00+01:00',
    audio: new Blob([Uint8Array.from(WAV)], { type: 'application/octet-stream' }),
  });
  const formed = await voicemail(desk, '', sent.raw, sent.type);
  expect(formed.json).toMatchObject({
    ...{ customerId: null, at: Date.parse('2026-03-01T08:00:00Z') },
    audio: { type: 'audio/wav', bytes: WAV.length },
  });
  const hidden = await voicemail(desk, '', WAV);
  expect(hidden.json).toMatchObject({ customerId: null, number: null });

  const { client, items } = await openWork(desk);
  expect(items.find(({ workId }) => workId === (hidden.json as { id: string }).id)).toMatchObject({
    remote: { anonymous: true },
  });
  const workId = (raw.json as { id: string }).id;
  const heard: Buffer[] = [];
  for (let offset: number | null = 0; offset !== null; ) {
    const piece: Awaited<ReturnType<typeof client.work.audio>> = await client.work.audio({
      workId,
      offset,
    });
    heard.push(Buffer.from(piece.chunk, 'base64'));
    offset = piece.next;
  }
  expect(Buffer.concat(heard).equals(noise)).toBe(true);
  const mark = noise.subarray(WAV.length + 1_000, WAV.length + 1_016);
  const files = readdirSync(desk.folder, { recursive: true })
    .map((name) => join(desk.folder, String(name)))
    .filter((path) => statSync(path).isFile());
  expect(files.some((path) => statSync(path).size > noise.length)).toBe(true);
  for (const path of files) expect(readFileSync(path).includes(mark), path).toBe(false);

  // With its customer it goes.
  expect((await desk.ask(`/v1/customers/${id}`, { method: 'DELETE' })).status).toBe(204);
  expect((await desk.ask(`/v1/work/${workId}`)).status).toBe(404);
  await expect(client.work.audio({ workId, offset: 0 })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
});

test('while a large one is written everything else has its turn, and nobody sees half of it', async () => {
  const desk = await anApiDesk();
  const { client } = await desk.open();
  const large = Buffer.concat([WAV, randomBytes(15 * 1024 * 1024)]);
  const shares: number[] = [];
  for (let round = 1; round <= 3; round += 1) {
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    const began = performance.now();
    const writing = voicemail(desk, `?note=${round}`, large);
    const state = { done: false };
    void writing.finally(() => (state.done = true));
    while (!state.done) {
      const { items } = await client.work.list({});
      expect(items.every(({ audio }) => audio?.bytes === large.length)).toBe(true);
      expect((await client.work.list({ state: 'settled' })).total).toBe(0);
    }
    delay.disable();
    shares.push(delay.max / 1e6 / (performance.now() - began));
    expect((await writing).json).toMatchObject({ audio: { bytes: large.length } });
    expect((await client.work.list({})).total).toBe(round);
  }
  // In one piece the longest block is nearly all of it.
  expect(Math.min(...shares)).toBeLessThan(1 / 3);
});

test('what a crash leaves of a sound that was being written is gone at the next start', async () => {
  const desk = await anApiDesk();
  const kept = await voicemail(desk, '?note=Whole', WAV);
  await desk.stop();
  const opened = await openDatabase({
    folder: desk.folder,
    vault: filesVault(join(desk.folder, 'secrets')),
    now: desk.clock.now(),
  });
  const half = createWorkStore(opened.database);
  half.insert({
    ...{ id: MISSING, kind: 'voicemail', customerId: null, group: null, callId: null },
    ...{ number: '1', e164: null, numberKey: '1', display: null, note: null, ownerId: null },
    ...{ at: desk.clock.now(), dueAt: null, source: 'api', messages: null, agentId: MISSING },
    ...{ audio: { type: 'audio/wav', bytes: WAV }, changedAt: desk.clock.now(), origin: 'real' },
  });
  half.addAudioPiece(MISSING, 0, WAV);
  opened.close();
  const next = await anApiDesk({ folder: desk.folder });
  expect((await next.ask(`/v1/work/${MISSING}`)).status).toBe(404);
  expect((await next.ask(`/v1/work/${(kept.json as { id: string }).id}`)).status).toBe(200);
  const { client } = await next.open();
  await expect(client.work.audio({ workId: MISSING, offset: 0 })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
});

test('what is no sound, too large, empty or badly formed is refused and nothing of it is kept', async () => {
  const desk = await anApiDesk({ policy: { voicemails: { largestMegabytes: 1 } } });
  const large = Buffer.concat([WAV, Buffer.alloc(1024 * 1024)]);
  const gsm = Buffer.from(WAV);
  gsm.writeUInt16LE(0x31, 20);
  const twice = new FormData();
  twice.append('audio', new Blob([Uint8Array.from(WAV)]));
  twice.append('audio', new Blob([Uint8Array.from(WAV)]));
  const twoFiles = new Response(twice);
  const noFile = await form({ number: '1' });
  const textFile = await form({ audio: 'RIFF' });
  const odd = await form({ colour: 'red', audio: new Blob([Uint8Array.from(WAV)]) });
  const largeForm = await form({ audio: new Blob([Uint8Array.from(large)]) });
  const cases: [string, string, Buffer, string, number][] = [
    ['too large', '', large, 'audio/wav', 413],
    ['too large in a form', '', largeForm.raw, largeForm.type, 413],
    ['words', '', Buffer.from('<html>hello</html>'), 'audio/wav', 415],
    ['a program', '', Buffer.from('MZ\x90\0\x03\0\0\0'), 'audio/mpeg', 415],
    ['a coding that nothing plays', '', gsm, 'audio/wav', 415],
    ['called something else', '', WAV, 'text/plain', 415],
    ['packed', '', WAV, 'application/zip', 415],
    ['empty', '', Buffer.alloc(0), 'audio/wav', 400],
    ['a wrong moment', '?at=yesterday', WAV, 'audio/wav', 400],
    ['an unknown word', '?colour=red', WAV, 'audio/wav', 400],
    ['no such customer', `?customerId=${MISSING}`, WAV, 'audio/wav', 404],
    ['no such owner', `?ownerId=${MISSING}`, WAV, 'audio/wav', 404],
    ['a form without a boundary', '', WAV, 'multipart/form-data', 400],
    ['a form that is none', '', WAV, 'multipart/form-data; boundary=x', 400],
    ['a form without a file', '', noFile.raw, noFile.type, 400],
    ['a form whose file is a word', '', textFile.raw, textFile.type, 400],
    ['a form with an unknown field', '', odd.raw, odd.type, 400],
    [
      'a form with two files',
      '',
      Buffer.from(await twoFiles.arrayBuffer()),
      twoFiles.headers.get('content-type') ?? '',
      400,
    ],
  ];
  for (const [name, query, bytes, type, status] of cases) {
    const answer = await voicemail(desk, query, bytes, type);
    expect(answer.status, name).toBe(status);
    expect(answer.headers['content-type'], name).toBe('application/problem+json');
  }
  const told = await voicemail(desk, '', gsm);
  expect(told.json).toMatchObject({ detail: expect.stringContaining('GSM 6.10') });
  const parts = `--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n\r\n`.repeat(15_000);
  const began = performance.now();
  const flood = await voicemail(desk, '', Buffer.from(parts), 'multipart/form-data; boundary=x');
  expect(flood.status).toBe(400);
  expect(performance.now() - began).toBeLessThan(1_000);
  expect((await openWork(desk)).items).toEqual([]);
});

test('it needs the right to write customers, and reading needs the right to read', async () => {
  const desk = await anApiDesk();
  const link = await desk.open();
  const reader = await desk.tokenWith(link, 'customers:read', 'calls:dial', 'imports');
  const writer = await desk.tokenWith(link, 'customers:write');
  const asked: [string, string, string][] = [
    ['POST', '/v1/callbacks', writer],
    ['POST', '/v1/voicemails', writer],
    ['GET', `/v1/work/${MISSING}`, reader],
    ['GET', '/v1/agents', reader],
  ];
  for (const [method, path, may] of asked) {
    for (const token of [reader, writer]) {
      const { status } = await desk.ask(path, { method, token });
      if (token === may) expect(status, path).not.toBe(403);
      else expect(status, path).toBe(403);
    }
    expect((await desk.ask(path, { method, token: null })).status).toBe(401);
  }
});
