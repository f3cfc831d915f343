import { expect, onTestFinished, test } from 'vitest';
import {
  NOBODYS,
  personTables,
  SEARCHES,
} from '../../../main/core/database/person/person-tables.ts';
import { schemaOf } from '../../../main/core/database/person/schema.ts';
import { deskDatabaseOver } from '../../../main/core/database/desk-database.ts';
import { aHandledCall } from '../support/call-events.ts';
import { aMemoryDesk } from '../support/memory-desk.ts';
import { rawDatabaseIn } from '../support/table-digest.ts';
import { aCore, aFolderForThisTest, MORNING } from '../support/test-core.ts';
import { contactsOf } from '../support/contacts-of.ts';
import { wholeReport } from '../../../renderer/screens/desk/rights/report-file.ts';

const MONTH = 2_630_000_000;

async function started(at = MORNING) {
  const folder = aFolderForThisTest();
  const core = await aCore({ folder, at });
  onTestFinished(() => core.stop());
  const { client } = await core.open();
  return { core, client, folder };
}

test('every table is a person’s or has a reason why not, and every search is known', () => {
  const desk = aMemoryDesk();
  onTestFinished(desk.close);
  const schema = schemaOf(desk.database);
  const persons = new Set(personTables(schema).map(({ table }) => table));
  const undecided = schema.tables
    .map(({ name }) => name)
    .filter((name) => !persons.has(name) && !Object.hasOwn(NOBODYS, name));
  expect(undecided, 'tables that neither name a person nor say why not').toEqual([]);
  expect(schema.searches.filter((name) => SEARCHES[name] === undefined)).toEqual([]);
});

test('the report holds every table that has rows of the customer', async () => {
  const { client, folder } = await started();
  const { id: customerId } = await client.customers.create({ name: 'Zarah Quxotenbaum' });
  const raw = rawDatabaseIn(folder);
  raw.pragma('foreign_keys = OFF');
  raw.pragma('ignore_check_constraints = ON');
  const schema = schemaOf(deskDatabaseOver(raw));
  // A row in every table with a column for the customer, whatever else it wants.
  const filled = schema.tables
    .filter(
      ({ name, columns }) => name !== 'customers' && columns.some((c) => c.name === 'customer_id'),
    )
    .map(({ name, columns }) => {
      const marks = columns.map((column) => {
        if (column.name === 'customer_id') return customerId;
        if (/^INT/i.test(column.type)) return 1;
        if (/^REAL/i.test(column.type)) return 1;
        if (/^BLOB/i.test(column.type)) return Buffer.alloc(32, 1);
        return column.name.endsWith('_json') ? '{}' : `${name}.${column.name}`;
      });
      raw
        .prepare(`INSERT OR REPLACE INTO "${name}" VALUES (${marks.map(() => '?').join(', ')})`)
        .run(...marks);
      return name;
    });
  expect(filled.length).toBeGreaterThan(12);
  const report = await wholeReport(client, customerId);
  raw.close();
  const told = report.sections.map(({ table }) => table);
  // Proofs are told as what they say.
  const missing = filled.filter((name) => !told.includes(name) && name !== 'consent_proofs');
  expect(missing).toEqual([]);
  expect(JSON.parse(JSON.stringify(report))).toEqual(report);
});

test('an objection is shown until it is withdrawn', async () => {
  const { core, client } = await started();
  const { id: customerId } = await client.customers.create({ name: 'Anna' });
  const { id: objectionId } = await client.rights.object({
    ...{
      customerId,
      kind: 'advertising',
      at: core.clock.now(),
      manner: 'letter',
      note: 'per Brief',
    },
  });
  const of = () => client.rights.ofCustomer({ customerId });
  expect((await of()).objections).toMatchObject([
    { kind: 'advertising', manner: 'letter', note: 'per Brief', withdrawnAt: null },
  ]);
  await client.rights.withdrawObjection({ objectionId });
  await client.rights.withdrawObjection({ objectionId });
  expect((await of()).objections[0]?.withdrawnAt).toBe(core.clock.now());
});

test('a disputed tag counts nowhere, and does again when that is taken back', async () => {
  const { core, client } = await started();
  const { id: customerId } = await client.customers.create({ name: 'Anna' });
  const { wrapUp } = await aHandledCall(client, core.clock.now() - 90_000, 60_000);
  const { contactId } = await client.wrapUps.save({
    wrapUpId: wrapUp.wrapUpId,
    result: { customerId, outcome: 'reached', end: { emotion: 'anger', intensity: 1 } },
  });
  const story = () => client.customers.story({ customerId });
  const before = await story();
  expect(before.feelings.last?.feeling.emotion).toBe('anger');
  expect(before.cues.map(({ rule }) => rule)).toContain(2);
  expect((await client.desk.waiting({})).makeGoodCount).toBe(1);
  await client.rights.dispute({ contactId, part: 'end', disputed: true });
  const after = await story();
  expect(after.feelings).toMatchObject({ last: null, course: [], contributions: [] });
  expect(after.cues.map(({ rule }) => rule)).not.toContain(2);
  expect((await client.desk.waiting({})).makeGoodCount).toBe(0);
  expect((await client.rights.ofCustomer({ customerId })).disputed).toMatchObject([
    { contactId, part: 'end', feeling: { emotion: 'anger', intensity: 1 } },
  ]);
  await client.rights.dispute({ contactId, part: 'end', disputed: false });
  expect((await story()).feelings).toEqual(before.feelings);
});

test('proofs are only added to, and a change anywhere is found', async () => {
  const { core, client, folder } = await started();
  const { id: customerId } = await client.customers.create({
    name: 'Anna',
    numbers: ['030 1234567'],
  });
  const at = core.clock.now();
  const consent = (scope: string) =>
    client.rights.recordConsent({
      ...{ customerId, purpose: 'salesCalls', scope, manner: 'call', name: 'Anna' },
      ...{ number: '030 1234567', givenAt: at },
    });
  const { proofId } = await consent('Werbung');
  await consent('Umfrage');
  await client.rights.revokeConsent({ proofId, at: at + 5, manner: 'email' });
  expect((await client.rights.ofCustomer({ customerId })).consents).toMatchObject([
    { scope: 'Werbung', revokedAt: at + 5 },
    { scope: 'Umfrage', revokedAt: null },
  ]);
  expect(await client.rights.verifyProofs({})).toEqual({ count: 3, brokenAt: null });
  const raw = rawDatabaseIn(folder);
  onTestFinished(() => void raw.close());
  for (const sql of [
    'DELETE FROM consent_proofs WHERE seq = 2',
    'UPDATE consent_proofs SET at = 1 WHERE seq = 2',
    "UPDATE consent_proofs SET body = x'00' WHERE seq = 2",
  ])
    expect(() => raw.exec(sql)).toThrow('only added to');
  for (const trigger of ['stay', 'unchanged', 'body'])
    raw.exec(`DROP TRIGGER consent_proofs_${trigger}`);
  raw.exec('UPDATE consent_proofs SET at = at + 1 WHERE seq = 2');
  expect(await client.rights.verifyProofs({})).toEqual({ count: 1, brokenAt: 2 });
  raw.exec('UPDATE consent_proofs SET at = at - 1 WHERE seq = 2');
  raw.exec('UPDATE consent_proofs SET body = zeroblob(40) WHERE seq = 3');
  expect(await client.rights.verifyProofs({})).toEqual({ count: 2, brokenAt: 3 });
  raw.exec('DELETE FROM consent_proofs WHERE seq = 1');
  expect((await client.rights.verifyProofs({})).brokenAt).toBe(2);
});

test('retention: preview says what goes, then exactly that goes and the figures stay', async () => {
  const folder = aFolderForThisTest();
  // One core for each time: the timers of years are not gone through.
  const calledAt = async (at: number, note: string) => {
    const core = await aCore({ folder, at });
    const { client } = await core.open();
    const known = (await client.customers.list({ query: '' })).rows[0]?.id;
    const customerId =
      known ?? (await client.customers.create({ name: 'Anna', numbers: ['+493023125042'] })).id;
    const { wrapUp } = await aHandledCall(client, at - 90_000, 60_000, { origin: 'real' });
    await client.wrapUps.save({
      wrapUpId: wrapUp.wrapUpId,
      result: { customerId, outcome: 'reached', note, end: { emotion: 'joy', intensity: 1 } },
    });
    await core.stop();
    return customerId;
  };
  const oldest = MORNING - 40 * MONTH - 90_000;
  await calledAt(MORNING - 40 * MONTH, 'ganz alt');
  await calledAt(MORNING - 30 * MONTH, 'mittel');
  const customerId = await calledAt(MORNING - 1_000_000, 'neu');
  const core = await aCore({ folder });
  onTestFinished(() => core.stop());
  const { client } = await core.open();
  const { months, on } = await client.rights.retention({});
  expect(on).toBe(false);
  const ask = () => client.rights.previewRetention({ months });
  await expect.poll(async () => (await ask()).ready, { timeout: 10_000 }).toBe(true);
  await expect
    .poll(async () => (await ask()).classes, { timeout: 10_000 })
    .toEqual(
      expect.arrayContaining([
        { kind: 'feelings', count: 2, oldestAt: expect.any(Number) },
        { kind: 'notes', count: 1, oldestAt: oldest },
        { kind: 'callDetails', count: 1, oldestAt: oldest },
      ]),
    );
  const days = () => client.kpi.days({ from: '2023-07-20', to: '2023-07-30' });
  const before = await days();
  const notes = async () =>
    contactsOf((await client.customers.timeline({ customerId })).entries).map((entry) => [
      entry.note,
      entry.end?.emotion ?? null,
      entry.call?.remote.number ?? null,
    ]);
  expect((await notes()).at(-1)).toEqual(['ganz alt', 'joy', '+493023125042']);
  await client.settings.change({ retentionOn: true });
  core.clock.advance(60_000);
  expect(await notes()).toEqual([
    ['neu', 'joy', '+493023125042'],
    ['mittel', null, '+493023125042'],
    [null, null, null],
  ]);
  expect(await days()).toEqual(before);
  expect(await client.kpi.rebuild({})).toMatchObject({ differing: 0 });
  expect((await client.customers.story({ customerId })).contactCount).toBe(3);
});

test('what was said is dated as it was entered, and never in the future', async () => {
  const { core, client } = await started();
  const { id: customerId } = await client.customers.create({
    name: 'Anna',
    numbers: ['0301234567'],
  });
  const now = core.clock.now();
  const consent = {
    ...({ purpose: 'salesCalls', manner: 'letter' } as const),
    ...{ customerId, scope: 'Angebote', name: 'Anna', number: '0301234567' },
  };
  const objection = { customerId, kind: 'advertising', manner: 'letter' } as const;
  const past = now - 40 * 86_400_000;
  expect(await client.rights.recordConsent({ ...consent, givenAt: past })).toMatchObject({
    givenAt: past,
  });
  expect(await client.rights.object({ ...objection, at: past })).toMatchObject({ at: past });
  const future = now + 3_600_000;
  for (const refused of [
    client.rights.recordConsent({ ...consent, givenAt: future }),
    client.rights.object({ ...objection, at: future }),
  ])
    await expect(refused).rejects.toMatchObject({ code: 'BAD_INPUT' });
  const { consents, objections } = await client.rights.ofCustomer({ customerId });
  expect([consents.length, objections.length]).toEqual([1, 1]);
});
