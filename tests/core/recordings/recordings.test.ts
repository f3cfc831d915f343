// Recordings through the contract: who may, what comes back, and what a crash, a full disk or a
// damaged file leave of them.
import {
  existsSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newId } from '../../../main/core/ids.ts';
import { anInboundCall, type CallLog, completed } from '../support/call-events.ts';
import { rawDatabaseIn } from '../support/table-digest.ts';
import { aCore, aFolder, type DeskClient, MORNING, type TestCore } from '../support/test-core.ts';
import { contactsOf } from '../support/contacts-of.ts';

const DAY = 86_400_000;
/** What a WebM file begins with (EBML), then anything. */
const WEBM = Buffer.from([0x1a, 0x45, 0xdf, 0xa3, 0x9f, 0x42, 0x86, 0x81, 0x01]);

let folder: string;
let core: TestCore;
let client: DeskClient;
const windowId = newId();

beforeEach(async () => {
  folder = aFolder();
  core = await aCore({ folder });
  ({ client } = await core.open({ windowId }));
  await client.settings.change({ recordingAllowed: true });
});
afterEach(async () => {
  await core.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function restart(options: { at?: number; liveCalls?: string[] } = {}): Promise<void> {
  await core.stop();
  core = await aCore({ folder, at: options.at ?? MORNING });
  ({ client } = await core.open({ windowId, liveCalls: options.liveCalls ?? [] }));
}

async function aTalk(): Promise<CallLog> {
  const call = anInboundCall(MORNING).next(2_000, { type: 'answered' });
  await client.calls.append({ events: call.events });
  return call;
}

const agreed = { agentAnnouncedAt: MORNING + 3_000, customerAgreedAt: MORNING + 4_000 };

async function begun(call: CallLog): Promise<string> {
  const recordingId = newId();
  await client.recordings.begin({ callId: call.callId, recordingId, ...agreed });
  return recordingId;
}

async function aRecordingOf(chunks: readonly Uint8Array[], call?: CallLog): Promise<string> {
  const recordingId = await begun(call ?? (await aTalk()));
  for (const [index, chunk] of chunks.entries()) await add(recordingId, index, chunk);
  return recordingId;
}

const add = (recordingId: string, index: number, chunk: Uint8Array) =>
  client.recordings.append({ recordingId, index, chunk: Buffer.from(chunk).toString('base64') });

/** Everything from `offset` on, as the window reads it. */
async function playedBack(
  recordingId: string,
  offset = 0,
): Promise<{ bytes: Buffer; size: number }> {
  const parts: Buffer[] = [];
  let size = 0;
  for (let next: number | null = offset; next !== null; ) {
    const answer = await client.recordings.read({ recordingId, offset: next });
    parts.push(Buffer.from(answer.chunk, 'base64'));
    ({ next, bytes: size } = answer);
  }
  return { bytes: Buffer.concat(parts), size };
}

const fileOf = (recordingId: string) => join(folder, 'recordings', `${recordingId}.rec`);
const refused = (reason: string) => ({
  code: 'RECORDING_REFUSED',
  defined: true,
  data: { reason },
});
const speech = (length: number, salt = 1) =>
  Buffer.from(Array.from({ length }, (_, index) => (index * 31 + salt) % 256));

describe('it is refused', () => {
  test('where the organisation does not allow it, without both consents, and after the call', async () => {
    const call = await aTalk();
    const ask = (changes: object) =>
      client.recordings.begin({
        ...{ callId: call.callId, recordingId: newId() },
        ...agreed,
        ...changes,
      });
    await client.settings.change({ recordingAllowed: false });
    await expect(ask({})).rejects.toMatchObject(refused('notAllowed'));
    await client.settings.change({ recordingAllowed: true });
    await expect(ask({ agentAnnouncedAt: null })).rejects.toMatchObject(refused('consentMissing'));
    await expect(ask({ customerAgreedAt: null })).rejects.toMatchObject(refused('consentMissing'));
    const earlier = ask({ customerAgreedAt: MORNING - 1 });
    await expect(earlier).rejects.toMatchObject(refused('consentMissing'));
    const later = ask({ agentAnnouncedAt: MORNING + 3_600_000 });
    await expect(later).rejects.toMatchObject(refused('consentMissing'));
    await expect(ask({ callId: newId() })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await client.calls.append({ events: call.next(9_000, completed).events });
    await expect(ask({})).rejects.toMatchObject(refused('callOver'));
    expect(await client.recordings.ofCall({ callId: call.callId })).toEqual([]);
  });

  test('a chunk too far ahead, one that says something else, and any after the end', async () => {
    const recordingId = await aRecordingOf([speech(10)]);
    await expect(add(recordingId, 2, speech(10))).rejects.toMatchObject(refused('gap'));
    expect(await add(recordingId, 0, speech(10))).toEqual({ bytes: 10 });
    await expect(add(recordingId, 0, speech(10, 2))).rejects.toMatchObject({
      code: 'BAD_INPUT',
      data: { issues: [{ path: ['chunk'], code: 'contradiction' }] },
    });
    await client.recordings.finish({ recordingId });
    await expect(add(recordingId, 1, speech(10))).rejects.toMatchObject(refused('closed'));
    // The answer to the last chunk may have been lost.
    expect(await add(recordingId, 0, speech(10))).toEqual({ bytes: 10 });
    expect((await playedBack(recordingId)).bytes).toEqual(speech(10));
  });
});

describe('what was recorded', () => {
  test('comes back byte for byte, from any place, however it was cut into chunks', async () => {
    const call = await aTalk();
    const chunk = fc.uint8Array({ minLength: 0, maxLength: 3_000 });
    await fc.assert(
      fc.asyncProperty(fc.array(chunk, { maxLength: 12 }), fc.nat(), async (chunks, place) => {
        const whole = Buffer.concat([WEBM, ...chunks]);
        const recordingId = await aRecordingOf([WEBM, ...chunks], call);
        const { bytes, state } = await client.recordings.finish({ recordingId });
        expect([bytes, state]).toEqual([whole.length, 'finished']);
        expect((await playedBack(recordingId)).bytes).toEqual(whole);
        const offset = place % (whole.length + 2);
        const rest = await playedBack(recordingId, offset);
        expect(rest.bytes).toEqual(whole.subarray(offset));
        expect(rest.size).toBe(whole.length);
      }),
      { numRuns: 15 },
    );
  });

  test('more than one answer carries is read on', async () => {
    const chunks = [speech(500_000), speech(500_000, 2), speech(300_000, 3)];
    const recordingId = await aRecordingOf(chunks);
    const first = await client.recordings.read({ recordingId, offset: 0 });
    expect([first.next, first.bytes]).toEqual([512 * 1024, 1_300_000]);
    expect((await playedBack(recordingId)).bytes.equals(Buffer.concat(chunks))).toBe(true);
  });

  test('says how long it runs and when both sides agreed, and shows in the timeline', async () => {
    const customer = await client.customers.create({ name: 'Anna', numbers: ['030 23125042'] });
    const call = await aTalk();
    const recordingId = await begun(call);
    call
      .next(3_000, { type: 'recordingStarted', recordingId })
      .next(20_000, { type: 'recordingPaused', recordingId })
      .next(5_000, { type: 'recordingResumed', recordingId })
      .next(10_000, { type: 'recordingStopped', recordingId })
      .next(5_000, completed);
    await client.calls.append({ events: call.events });
    core.clock.advance(50_000);
    await client.recordings.finish({ recordingId });
    expect(await client.recordings.ofCall({ callId: call.callId })).toEqual([
      {
        ...{ recordingId, callId: call.callId, ...agreed, bytes: 0, state: 'finished' },
        ...{ startedAt: MORNING, endedAt: MORNING + 50_000, durationMs: 30_000 },
        keptUntil: MORNING + 90 * DAY,
      },
    ]);
    const shown = async () => {
      const { entries } = await client.customers.timeline({ customerId: customer.id });
      const { contacts } = await client.customers.story({ customerId: customer.id });
      return [contactsOf(entries)[0]?.call?.recordings, contacts[0]?.call?.recordings];
    };
    expect(await shown()).toEqual([1, 1]);
    await client.recordings.erase({ recordingId });
    expect(await shown()).toEqual([0, 0]);
  });

  test('lies on the disk for this user only, and as noise', async () => {
    const spoken = Buffer.from('Die Kontonummer ist geheim. '.repeat(40));
    const recordingId = await aRecordingOf([spoken]);
    expect(statSync(fileOf(recordingId)).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'recordings')).mode & 0o777).toBe(0o700);
    for (const path of [fileOf(recordingId), join(folder, 'desk.db'), join(folder, 'desk.db-wal')])
      expect(readFileSync(path).includes('Kontonummer')).toBe(false);
  });
});

describe('damage', () => {
  const chunks = [speech(2_000), speech(3_000, 2), speech(1_500, 3)];
  const CHUNK_ENDS = [0, 2_000, 5_000, 6_500];

  test('a file cut off anywhere gives what is whole', async () => {
    const recordingId = await aRecordingOf(chunks);
    await client.recordings.finish({ recordingId });
    const whole = readFileSync(fileOf(recordingId));
    for (const length of [whole.length - 1, 5_056, 5_055, 2_028, 2_027, 12, 0]) {
      truncateSync(fileOf(recordingId), length);
      const { bytes, size } = await playedBack(recordingId);
      expect(CHUNK_ENDS).toContain(bytes.length);
      expect(size).toBe(bytes.length);
      expect(length - bytes.length).toBeLessThan(3_000 + 3 * 28);
      expect(bytes).toEqual(Buffer.concat(chunks).subarray(0, bytes.length));
    }
    rmSync(fileOf(recordingId));
    expect(await playedBack(recordingId)).toEqual({ bytes: Buffer.alloc(0), size: 0 });
  });

  test('a changed byte, a chunk of another recording and one of another place are not played', async () => {
    const call = await aTalk();
    const recordingId = await aRecordingOf([speech(100), speech(100, 2), speech(100, 3)], call);
    const other = await aRecordingOf([speech(100), speech(100, 2), speech(100, 3)], call);
    const whole = readFileSync(fileOf(recordingId));
    const changed = Buffer.from(whole);
    changed[128 + 40] = (changed[128 + 40] ?? 0) ^ 1;
    const swapped = Buffer.concat([
      whole.subarray(0, 128),
      whole.subarray(256),
      whole.subarray(128, 256),
    ]);
    const foreign = Buffer.concat([
      whole.subarray(0, 128),
      readFileSync(fileOf(other)).subarray(128),
    ]);
    for (const bytes of [changed, swapped, foreign]) {
      writeFileSync(fileOf(recordingId), bytes);
      expect((await playedBack(recordingId)).bytes).toEqual(speech(100));
    }
    writeFileSync(fileOf(recordingId), whole);
    expect((await playedBack(recordingId)).size).toBe(300);
  });

  test.skipIf(!existsSync('/dev/full'))(
    'a full disk refuses the chunk and loses nothing',
    async () => {
      const recordingId = await aRecordingOf([speech(1_000)]);
      const kept = readFileSync(fileOf(recordingId));
      rmSync(fileOf(recordingId));
      symlinkSync('/dev/full', fileOf(recordingId));
      await expect(add(recordingId, 1, speech(500, 2))).rejects.toMatchObject({
        code: 'STORAGE',
        data: { reason: 'diskFull' },
      });
      rmSync(fileOf(recordingId));
      writeFileSync(fileOf(recordingId), kept);
      expect(await add(recordingId, 1, speech(500, 2))).toEqual({ bytes: 1_500 });
      expect((await playedBack(recordingId)).bytes).toEqual(
        Buffer.concat([speech(1_000), speech(500, 2)]),
      );
    },
  );
});

describe('after a crash', () => {
  test('what nobody goes on with is finished as interrupted; bytes that were never acknowledged go', async () => {
    const call = await aTalk();
    core.clock.advance(6_000);
    const recordingId = await aRecordingOf([speech(100)], call);
    const acknowledged = readFileSync(fileOf(recordingId));
    writeFileSync(fileOf(recordingId), Buffer.concat([acknowledged, Buffer.alloc(70, 7)]));
    await restart({ at: MORNING + 3_600_000 });
    const [left] = await client.recordings.ofCall({ callId: call.callId });
    expect(left).toMatchObject({ state: 'interrupted', endedAt: MORNING + 6_000, bytes: 100 });
    expect(readFileSync(fileOf(recordingId))).toEqual(acknowledged);
    expect((await playedBack(recordingId)).bytes).toEqual(speech(100));
  });

  test('a window that still holds the call goes on where it was, even after core had closed it', async () => {
    const call = await aTalk();
    const recordingId = await aRecordingOf([speech(100)], call);
    await restart({ liveCalls: [call.callId] });
    expect((await client.recordings.ofCall({ callId: call.callId }))[0]?.state).toBe('open');
    await add(recordingId, 0, speech(100));
    await add(recordingId, 1, speech(50, 2));
    await restart();
    expect((await client.recordings.ofCall({ callId: call.callId }))[0]?.state).toBe('interrupted');
    await client.recordings.begin({ callId: call.callId, recordingId, ...agreed });
    await add(recordingId, 2, speech(25, 3));
    expect(await client.recordings.finish({ recordingId })).toMatchObject({
      state: 'finished',
      bytes: 175,
    });
    expect((await playedBack(recordingId)).bytes).toEqual(
      Buffer.concat([speech(100), speech(50, 2), speech(25, 3)]),
    );
  });
});

describe('erasing', () => {
  test('takes key, chunks and file, and leaves that there was one', async () => {
    const call = await aTalk();
    const recordingId = await aRecordingOf([speech(100)], call);
    const erased = await client.recordings.erase({ recordingId });
    expect(erased).toMatchObject({ state: 'erased', bytes: 0, keptUntil: null, ...agreed });
    expect(existsSync(fileOf(recordingId))).toBe(false);
    expect(await client.recordings.erase({ recordingId })).toEqual(erased);
    await expect(client.recordings.read({ recordingId, offset: 0 })).rejects.toMatchObject(
      refused('closed'),
    );
    await expect(add(recordingId, 1, speech(9))).rejects.toMatchObject(refused('closed'));
    const raw = rawDatabaseIn(folder);
    expect(raw.prepare('SELECT wrapped_key, erased_by FROM recordings').all()).toEqual([
      { wrapped_key: null, erased_by: 'agent' },
    ]);
    expect(raw.prepare('SELECT count(*) AS n FROM recording_chunks').get()).toEqual({ n: 0 });
    raw.close();
  });

  test('happens by itself when the time is over, at start and later, and the log says so', async () => {
    await client.settings.change({ recordingDays: 2 });
    const call = await aTalk();
    const first = await aRecordingOf([speech(100)], call);
    await client.recordings.finish({ recordingId: first });
    await restart({ at: MORNING + DAY, liveCalls: [call.callId] });
    const second = await aRecordingOf([speech(100)], call);
    await client.recordings.finish({ recordingId: second });
    const states = async () => {
      const found = await client.recordings.ofCall({ callId: call.callId });
      return Object.fromEntries(found.map(({ recordingId, state }) => [recordingId, state]));
    };
    await restart({ at: MORNING + 2 * DAY - 60_000 });
    expect(await states()).toEqual({ [first]: 'finished', [second]: 'finished' });
    core.clock.advance(3_600_000);
    expect(await states()).toEqual({ [first]: 'erased', [second]: 'finished' });
    expect(existsSync(fileOf(first))).toBe(false);
    const logOf = () => readFileSync(join(folder, 'logs', 'core.log'), 'utf8');
    expect(logOf()).toContain('"removed":1');
    await restart({ at: MORNING + 30 * DAY });
    expect(await states()).toEqual({ [first]: 'erased', [second]: 'erased' });
    expect(logOf().match(/"removed":1/g)).toHaveLength(2);
  });

  test('one that is being recorded is not taken by retention', async () => {
    await client.settings.change({ recordingDays: 1 });
    const call = await aTalk();
    await aRecordingOf([speech(100)], call);
    await restart({ at: MORNING + 3 * DAY, liveCalls: [call.callId] });
    expect((await client.recordings.ofCall({ callId: call.callId }))[0]?.state).toBe('open');
  });
});
