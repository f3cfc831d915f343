// A full disk and folders that cannot be written: everything says so, nothing is lost, and the desk
// goes on when there is room again.
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startFailureFrom } from '../../../main/core/database/storage-problem.ts';
import { newId } from '../../../main/core/ids.ts';
import { anInboundCall, completed } from '../support/call-events.ts';
import { rawDatabaseIn } from '../support/table-digest.ts';
import { aSmallVolume, type SmallVolume } from '../support/small-volume.ts';
import { aCore, type DeskClient, type TestCore } from '../support/test-core.ts';

const MEGABYTES = 160;
const probe = aSmallVolume(1);
probe?.close();
const canMount = probe !== null;
const full = { code: 'STORAGE', data: { reason: 'diskFull' } };
const readOnly = { code: 'STORAGE', data: { reason: 'readOnly' } };

test.runIf(process.env['CI'])('a small file system can be mounted where it counts', () => {
  expect(canMount).toBe(true);
});

describe.skipIf(!canMount)('on a small file system', { timeout: 60_000 }, () => {
  let volume: SmallVolume;
  let core: TestCore;
  let client: DeskClient;
  let running = false;

  beforeEach(async () => {
    const made = aSmallVolume(MEGABYTES);
    if (!made) throw new Error('no file system');
    volume = made;
    await startCoreThere();
  });
  afterEach(async () => {
    await stopCore();
    volume.close();
  });

  async function startCoreThere(): Promise<void> {
    core = await aCore({ folder: volume.folder });
    running = true;
    ({ client } = await core.open());
  }

  async function stopCore(): Promise<void> {
    if (running) await core.stop();
    running = false;
  }

  async function aFile(text: string): Promise<string> {
    const bytes = Buffer.from(text);
    const { fileId } = await client.exchange.begin({ fileName: 'a.csv', bytes: bytes.length });
    for (let at = 0, index = 0; at < bytes.length; at += 512 * 1024, index += 1) {
      const chunk = bytes.subarray(at, at + 512 * 1024).toString('base64');
      await client.exchange.append({ fileId, index, chunk });
    }
    return fileId;
  }

  function inTheBook(): string[] {
    const raw = rawDatabaseIn(volume.folder);
    try {
      expect(raw.pragma('integrity_check', { simple: true })).toBe('ok');
      return raw.prepare('SELECT name FROM customers ORDER BY name').pluck().all() as string[];
    } finally {
      raw.close();
    }
  }

  /** So many customers that the next do not fit into what is left. */
  async function createUntilRefused(): Promise<{ stored: string[]; refused: unknown }> {
    const stored: string[] = [];
    for (let number = 1; ; number += 1) {
      const name = `Kunde ${String(number).padStart(5, '0')}`;
      const street = 'x'.repeat(190);
      const refused = await client.customers.create({ name, street }).then(
        () => null,
        (error: unknown) => error,
      );
      if (refused) return { stored, refused };
      stored.push(name);
    }
  }

  test('the database: what was answered is there, what was refused is not, and it goes on', async () => {
    volume.fill(256 * 1024);
    const { stored, refused } = await createUntilRefused();
    expect(refused).toMatchObject(full);
    expect(stored.length).toBeGreaterThan(0);
    // Reading and giving the book out need no room.
    expect((await client.customers.list({ query: '', limit: 5 })).rows).toHaveLength(5);
    await client.customers.list({ query: 'Kunde' });
    expect((await client.exchange.exportPiece({ format: 'csv' })).text).toContain(stored[0]);
    volume.makeRoom();
    await client.customers.create({ name: 'Zuletzt' });
    expect(inTheBook()).toEqual([...stored, 'Zuletzt']);
    await stopCore();
    await startCoreThere();
    expect(inTheBook()).toEqual([...stored, 'Zuletzt']);
  });

  test('a call: its events are refused as a whole and come again when there is room', async () => {
    const log = anInboundCall(core.clock.now()).next(1_000, { type: 'answered' });
    await client.calls.append({ events: log.events });
    volume.fill(64 * 1024);
    await createUntilRefused();
    volume.fill(0);
    log.next(5_000, completed);
    await expect(client.calls.append({ events: log.events })).rejects.toMatchObject(full);
    volume.makeRoom();
    await client.calls.append({ events: log.events });
    expect((await client.calls.get({ callId: log.callId })).endedAt).not.toBeNull();
    expect(await client.kpi.rebuild({})).toMatchObject({ differing: 0 });
  });

  test('copies: the last one says why, the older ones stay, the next one is made', async () => {
    const made = async (): Promise<[number, string | null]> => {
      await client.data.backUpNow({});
      await expect
        .poll(async () => (await client.data.work({})).running, { timeout: 20_000 })
        .toBeNull();
      const { backups, backupProblem } = await client.data.work({});
      return [backups.length, backupProblem];
    };
    expect(await made()).toEqual([1, null]);
    core.clock.advance(1_000);
    volume.fill(1024 * 1024);
    expect(await made()).toEqual([1, 'diskFull']);
    volume.makeRoom();
    const writable = volume.protect(join(volume.folder, 'backups'));
    expect(await made()).toEqual([1, 'readOnly']);
    writable();
    expect(await made()).toEqual([2, null]);
  }, 90_000);

  test('recordings: none begins without room, and what was stored of one is kept', async () => {
    await client.settings.change({ recordingAllowed: true });
    const at = core.clock.now();
    const log = anInboundCall(at - 5_000).next(1_000, { type: 'answered' });
    await client.calls.append({ events: log.events });
    const begin = () =>
      client.recordings.begin({
        ...{ callId: log.callId, recordingId: newId() },
        ...{ agentAnnouncedAt: at - 2_000, customerAgreedAt: at - 1_000 },
      });
    const recording = await begin();
    const { recordingId } = recording;
    const chunk = Buffer.alloc(400_000, 7).toString('base64');
    await client.recordings.append({ recordingId, index: 0, chunk });
    volume.fill(100 * 1024);
    await expect(begin()).rejects.toMatchObject(full);
    await expect(client.recordings.append({ recordingId, index: 1, chunk })).rejects.toMatchObject(
      full,
    );
    volume.makeRoom();
    const writable = volume.protect(join(volume.folder, 'recordings'));
    await expect(begin()).rejects.toMatchObject(readOnly);
    await expect(client.recordings.append({ recordingId, index: 1, chunk })).rejects.toMatchObject(
      readOnly,
    );
    writable();
    await client.recordings.append({ recordingId, index: 1, chunk });
    await client.recordings.finish({ recordingId });
    const { bytes } = await client.recordings.read({ recordingId, offset: 0 });
    expect(bytes).toBe(800_000);
  });

  test('imports: no file comes in without room; one that storage stopped goes on', async () => {
    const rows = Array.from(
      { length: 4_000 },
      (_, at) => `Kunde ${10_000 + at};${'x'.repeat(180)}`,
    );
    const text = `Name;Straße\n${rows.join('\n')}\n`;
    const fileId = await aFile(text);
    volume.fill(300 * 1024);
    await expect(client.exchange.begin({ fileName: 'b.csv', bytes: 1_000 })).rejects.toMatchObject(
      full,
    );
    const { id: importId } = await client.exchange.start({ fileId });
    const status = () => client.exchange.status({ importId });
    await expect.poll(async () => (await status()).state, { timeout: 20_000 }).toBe('failed');
    const failed = await status();
    expect(failed).toMatchObject({ problem: 'storage', fileId });
    expect(inTheBook()).toHaveLength(failed.created);
    volume.makeRoom();
    await client.exchange.resume({ importId });
    await expect.poll(async () => (await status()).state, { timeout: 20_000 }).toBe('done');
    expect(inTheBook()).toHaveLength(4_000);
    const writable = volume.protect(join(volume.folder, 'imports'));
    await expect(client.exchange.begin({ fileName: 'b.csv', bytes: 1_000 })).rejects.toMatchObject(
      readOnly,
    );
    writable();
    await aFile(text);
  }, 60_000);

  test('an erasure that finds no room is not begun, and done when there is some', async () => {
    const { id: customerId } = await client.customers.create({ name: 'Zarah Quxotenbaum' });
    volume.fill(64 * 1024);
    await createUntilRefused();
    volume.fill(0);
    await expect(client.rights.erase({ customerId })).rejects.toMatchObject(full);
    expect((await client.customers.story({ customerId })).customer.name).toBe('Zarah Quxotenbaum');
    volume.makeRoom();
    await stopCore();
    await startCoreThere();
    expect((await client.customers.story({ customerId })).customer.name).toBe('Zarah Quxotenbaum');
    await client.rights.erase({ customerId });
    await expect(client.customers.story({ customerId })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  test('a start on a full disk or in a folder that cannot be written says so and changes nothing', async () => {
    await client.customers.create({ name: 'Anna' });
    await stopCore();
    const failure = () =>
      aCore({ folder: volume.folder }).then(
        () => null,
        (error: unknown) => startFailureFrom(error).reason,
      );
    const writable = volume.protect(volume.folder);
    expect(await failure()).toBe('readOnly');
    writable();
    volume.fill(0);
    expect(await failure()).toBe('diskFull');
    volume.makeRoom();
    await startCoreThere();
    expect(inTheBook()).toEqual(['Anna']);
  });
});
