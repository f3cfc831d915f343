// After an erasure nothing of the person is found in any table, index, file or copy of the data folder.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { newId } from '../../../main/core/ids.ts';
import { aHandledCall, anInboundCall } from '../support/call-events.ts';
import { filesWith } from '../support/plain-data.ts';
import { rawDatabaseIn } from '../support/table-digest.ts';
import {
  aCore,
  aFolderForThisTest,
  type DeskClient,
  MORNING,
  type TestCore,
} from '../support/test-core.ts';
import { wholeReport } from '../../../renderer/screens/desk/rights/report-file.ts';

interface Anna {
  customerId: string;
  callId: string;
  recordingId: string;
  texts: string[];
}

const NUMBER = '+493023125042';

async function started(folder = aFolderForThisTest()) {
  const core = await startedOn(folder);
  const { client } = await core.open();
  return { core, client, folder };
}

/** Stopped by the test or, at the latest, after it. */
async function startedOn(folder: string, at = MORNING): Promise<TestCore> {
  const core = await aCore({ folder, at });
  let running = true;
  const stop = async () => {
    if (running) await core.stop();
    running = false;
  };
  onTestFinished(stop);
  return { ...core, stop };
}

/** A customer with something of everything that a desk stores about one. */
async function anna(
  { clock, folder }: TestCore,
  client: DeskClient,
  words: { name: string; email: string; note: string },
): Promise<Anna> {
  const { name, email, note } = words;
  const { id: customerId } = await client.customers.create({
    ...{
      name,
      emails: [email],
      numbers: ['030 23125042', '0171/55 51 234'],
      city: 'Xanten-Qyburg',
    },
    ...{ company: `${name} GmbH`, tags: [`tag-${note}`], street: `Weg ${note} 7` },
  });
  await client.customers.update({ customerId, changes: { preferredTime: `nie ${note}` } });
  await client.settings.change({ recordingAllowed: true });
  const now = clock.now();
  const log = anInboundCall(now - 100_000, { origin: 'real' }).next(4_000, { type: 'answered' });
  await client.calls.append({ events: log.events });
  const recordingId = newId();
  await client.recordings.begin({
    ...{
      callId: log.callId,
      recordingId,
      agentAnnouncedAt: now - 90_000,
      customerAgreedAt: now - 89_000,
    },
  });
  const chunk = Buffer.from(note.repeat(200)).toString('base64');
  await client.recordings.append({ recordingId, index: 0, chunk });
  log.next(60_000, { type: 'ended', cause: 'completed', sipCode: null, by: 'customer' });
  await client.calls.append({ events: log.events });
  await client.recordings.finish({ recordingId });
  const [open] = await client.wrapUps.open({});
  const [me] = await client.agents.list({});
  await client.wrapUps.save({
    wrapUpId: open?.wrapUpId ?? '',
    result: {
      ...{ customerId, outcome: 'reached', note: `Sagte: ${note}`, openQuestion: `Wann ${note}?` },
      end: { emotion: 'joy', intensity: 1 },
      peak: { emotion: 'anger', intensity: 0.5 },
      promise: { text: `Schickt ${note}`, dueAt: now + 1_000_000, ownerId: me?.id ?? null },
      deal: { state: 'won', valueCents: 1_200_00, title: `Kauf ${note}`, lostReason: null },
      matter: { id: null, title: `Sache ${note}`, closed: false },
    },
  });
  await client.rights.object({ customerId, kind: 'advertising', at: now, manner: 'call', note });
  await client.rights.recordConsent({
    ...{ customerId, purpose: 'salesCalls', scope: `Werbung ${note}`, manner: 'call', name },
    ...{ number: NUMBER, givenAt: now },
  });
  // Somebody rang whom nobody assigned, from Anna's mobile.
  await aHandledCall(client, now - 5_000_000, 10_000, { number: '+491715551234', origin: 'real' });
  const [unassigned] = await client.wrapUps.open({});
  await client.wrapUps.save({
    wrapUpId: unassigned?.wrapUpId ?? '',
    result: { customerId: null, outcome: 'reached', note: `Fremd ${note}` },
  });
  expect(existsSync(join(folder, 'recordings', `${recordingId}.rec`))).toBe(true);
  const texts = [name, name.toLowerCase(), email, note, note.toLowerCase(), '23125042'];
  texts.push('1715551234', '55 51 234', 'Qyburg', 'qyburg');
  return { customerId, callId: log.callId, recordingId, texts };
}

const ZARAH = { name: 'Zarah Quxotenbaum', email: 'zarah@quxobaum.test', note: 'Wolkenvioline' };

async function settled(client: DeskClient): Promise<void> {
  await expect
    .poll(
      async () => {
        const { running, copiesToRewrite } = await client.data.work({});
        return running === null ? copiesToRewrite : -1;
      },
      { timeout: 10_000 },
    )
    .toBe(0);
}

async function backedUp(client: DeskClient, copies: number): Promise<void> {
  await client.data.backUpNow({});
  await expect
    .poll(async () => (await client.data.work({})).backups.length, { timeout: 10_000 })
    .toBe(copies);
  await settled(client);
}

/** Lets the steps of cleaning go by. */
function cleaned(core: TestCore): void {
  core.clock.advance(60_000);
}

describe('erasing', () => {
  test('takes the person out of every table, index, file and copy; others and the figures stay', async () => {
    const { core, client, folder } = await started();
    const other = await client.customers.create({
      ...{ name: 'Bernd Bleibt', emails: ['bernd@bleibt.test'], numbers: ['0301234567'] },
    });
    const { customerId, recordingId, texts } = await anna(core, client, ZARAH);
    await backedUp(client, 1);
    expect(filesWith(folder, ['Quxotenbaum', 'Wolkenvioline']).length).toBeGreaterThan(3);
    const figures = await client.kpi.day({});

    const erased = await client.rights.erase({ customerId });
    expect(erased).toMatchObject({ recordings: 1, proofsKept: 1, copies: 1 });
    cleaned(core);
    await settled(client);

    expect(filesWith(folder, texts)).toEqual([]);
    expect(existsSync(join(folder, 'recordings', `${recordingId}.rec`))).toBe(false);
    expect(filesWith(folder, ['Bernd Bleibt']).map((found) => found.split(':')[0])).toEqual(
      expect.arrayContaining(['desk.db', expect.stringContaining('backups')]),
    );
    expect((await client.kpi.day({})).figures).toEqual(figures.figures);
    expect(await client.kpi.rebuild({})).toMatchObject({ differing: 0, withoutPerson: 3 });
    expect(await client.customers.search({ query: 'Quxoten' })).toEqual([]);
    expect((await client.customers.list({ query: '' })).rows).toHaveLength(1);
    expect((await client.customers.story({ customerId: other.id })).customer.name).toBe(
      'Bernd Bleibt',
    );
    await expect(client.customers.story({ customerId })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(await client.calls.missed({})).toEqual([]);
    expect(await client.rights.verifyProofs({})).toEqual({ count: 1, brokenAt: null });
  });

  test('whoever they were: nothing is findable afterwards', async () => {
    const word = fc
      .string({
        unit: fc.constantFrom(...'abcdefghiklmnoprstuwzäöüßéñ'),
        minLength: 8,
        maxLength: 14,
      })
      .map((text) => `Qx${text}`);
    await fc.assert(
      fc.asyncProperty(word, word, word, async (first, last, note) => {
        const core = await aCore();
        try {
          const { client } = await core.open();
          const latin = last.replaceAll(/[^a-z]/gi, 'y');
          const email = `${latin}@qxmail.test`;
          const { customerId, texts } = await anna(core, client, {
            name: `${first} ${last}`,
            email,
            note,
          });
          await client.rights.erase({ customerId });
          cleaned(core);
          expect(filesWith(core.folder, [...texts, first, last, email])).toEqual([]);
        } finally {
          await core.stop();
        }
      }),
      { numRuns: 8 },
    );
  }, 60_000);

  test('what others wrote in rows that name nobody else goes too', async () => {
    const { core, client, folder } = await started();
    const raw = rawDatabaseIn(folder);
    // Tables of subjects that this one does not know, judged by their columns.
    raw.exec(`
      CREATE TABLE shelf (id TEXT PRIMARY KEY, line_json TEXT NOT NULL) STRICT;
      CREATE TABLE parcel (id TEXT PRIMARY KEY, customer_id TEXT REFERENCES customers (id) ON DELETE CASCADE, text TEXT) STRICT;
      CREATE TABLE parcel_part (id TEXT PRIMARY KEY, parcel_id TEXT NOT NULL REFERENCES parcel (id) ON DELETE CASCADE, words TEXT) STRICT;`);
    const { customerId, texts } = await anna(core, client, ZARAH);
    const insert = raw.prepare('INSERT INTO shelf VALUES (?, ?)');
    for (const [id, line] of [
      ['number', 'rang at 0171-5551234 once'],
      ['email', 'Zarah@Quxobaum.TEST asked'],
      ['name', '{"name":"Zarah Quxotenbaum"}'],
      ['other', 'Bernd 0301234567'],
    ])
      insert.run(id, line);
    raw.prepare('INSERT INTO parcel VALUES (?, ?, ?)').run('p', customerId, ZARAH.note);
    raw.prepare('INSERT INTO parcel_part VALUES (?, ?, ?)').run('pp', 'p', ZARAH.note);
    const report = await wholeReport(client, customerId);
    expect(report.sections.map(({ table }) => table)).toEqual(
      expect.arrayContaining(['shelf', 'parcel', 'parcel_part']),
    );
    await client.rights.erase({ customerId });
    expect(raw.prepare('SELECT id FROM shelf').all()).toEqual([{ id: 'other' }]);
    raw.close();
    cleaned(core);
    expect(filesWith(folder, [...texts, 'Zarah', 'Quxobaum'])).toEqual([]);
  });

  test('is refused while the customer is on the line, and for whoever is not there', async () => {
    const { core, client } = await started();
    const { customerId } = await anna(core, client, ZARAH);
    const call = anInboundCall(core.clock.now(), { origin: 'real' }).next(2_000, {
      type: 'answered',
    });
    await client.calls.append({ events: call.events });
    await expect(client.rights.erase({ customerId })).rejects.toMatchObject({
      ...{ code: 'ERASE_REFUSED', data: { reason: 'onTheLine' } },
    });
    expect(await client.rights.erasurePreview({ customerId })).toMatchObject({
      ...{ name: ZARAH.name, onTheLine: true, recordings: 1, proofs: 1 },
    });
    call.next(1_000, { type: 'ended', cause: 'completed', sipCode: null, by: 'agent' });
    await client.calls.append({ events: call.events });
    await client.rights.erase({ customerId });
    await expect(client.rights.erase({ customerId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('what could not be carried out is not found done later', async () => {
    const { core, client, folder } = await started();
    const { customerId } = await anna(core, client, ZARAH);
    const raw = rawDatabaseIn(folder);
    raw.exec(`CREATE TRIGGER full BEFORE DELETE ON customers BEGIN SELECT raise(ABORT, 'no'); END`);
    await expect(client.rights.erase({ customerId })).rejects.toThrow();
    raw.exec('DROP TRIGGER full');
    raw.close();
    await core.stop();
    const again = await startedOn(folder);
    const { client: later } = await again.open();
    expect((await later.customers.story({ customerId })).customer.name).toBe(ZARAH.name);
  });

  test('a copy that was away meanwhile is rewritten, one that cannot be read goes', async () => {
    const { core, client, folder } = await started();
    const { customerId, texts } = await anna(core, client, ZARAH);
    await backedUp(client, 1);
    const [name = ''] = readdirSync(join(folder, 'backups'));
    const old = readFileSync(join(folder, 'backups', name));
    await client.rights.erase({ customerId });
    cleaned(core);
    await settled(client);
    await core.stop();
    writeFileSync(join(folder, 'backups', name), old);
    writeFileSync(join(folder, 'backups', 'desk-1000000000000-v9.db'), Buffer.alloc(9_000, 3));
    writeFileSync(join(folder, 'quarantine', '7.db'), old);
    const again = await startedOn(folder);
    const { client: later } = await again.open();
    await settled(later);
    expect(filesWith(folder, texts)).toEqual([]);
    expect(readdirSync(join(folder, 'backups'))).toEqual([name]);
    expect(readdirSync(join(folder, 'quarantine'))).toEqual(['7.db']);
  });

  test('a copy that comes back learns who was erased', async () => {
    const { core, client, folder } = await started();
    const { customerId, texts } = await anna(core, client, ZARAH);
    await core.stop();
    const old = readFileSync(join(folder, 'desk.db'));
    const second = await startedOn(folder);
    const opened = await second.open();
    await opened.client.rights.erase({ customerId });
    cleaned(second);
    await second.stop();
    writeFileSync(join(folder, 'desk.db'), old);
    const third = await startedOn(folder, MORNING + 1_000);
    const { client: later } = await third.open();
    await expect(later.customers.story({ customerId })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(filesWith(folder, texts)).toEqual([]);
    expect((await later.rights.sealedProofs({})).length).toBe(1);
  });
});

test('what the law wants kept stays sealed, and opens with a reason that is logged', async () => {
  const { core, client, folder } = await started();
  const { customerId } = await anna(core, client, ZARAH);
  await client.rights.erase({ customerId });
  const [proof] = await client.rights.sealedProofs({});
  await expect(
    client.rights.unseal({ proofId: proof?.proofId ?? '', reason: '   ' }),
  ).rejects.toMatchObject({ code: 'BAD_INPUT' });
  const [opened] = await client.rights.unseal({
    proofId: proof?.proofId ?? '',
    reason: 'Anfrage der Behörde',
  });
  expect(opened).toMatchObject({
    name: ZARAH.name,
    number: NUMBER,
    purpose: 'salesCalls',
    revokedAt: null,
  });
  const raw = rawDatabaseIn(folder);
  expect(raw.prepare("SELECT reason FROM access_log WHERE what = 'unseal'").all()).toEqual([
    { reason: 'Anfrage der Behörde' },
  ]);
  raw.close();
});
