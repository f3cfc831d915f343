// A report on a customer with ten thousand contacts: whole, soon, and nobody waits for it.
import { performance } from 'node:perf_hooks';
import { expect, onTestFinished, test } from 'vitest';
import { rawDatabaseIn } from '../support/table-digest.ts';
import { aCore, aFolderForThisTest } from '../support/test-core.ts';
import { watchTurns } from '../support/thread-time.ts';
import { wholeReport } from '../../../renderer/screens/desk/rights/report-file.ts';

const CONTACTS = 10_000;
/** The figure that counts is the bench's; this is what a busy machine is allowed. */
const MOST_MS = 20_000;
/** 50 ms are aimed at; the window's side of the link works in this thread as well. */
const MOST_BLOCKED_MS = 150;

async function aLongStory() {
  const folder = aFolderForThisTest();
  const core = await aCore({ folder });
  onTestFinished(() => core.stop());
  const { client } = await core.open();
  const { id: customerId } = await client.customers.create({
    ...{ name: 'Zarah Quxotenbaum', numbers: ['+491715559876'], emails: ['zarah@quxobaum.test'] },
  });
  const raw = rawDatabaseIn(folder);
  raw.exec('BEGIN');
  const many = `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${CONTACTS})`;
  const statements = [
    `INSERT INTO contacts (id, customer_id, kind, direction, at, zone, note, outcome, agent_id, call_id, origin)
     ${many} SELECT 'c' || i, $id, 'call', 'inbound', i, 'UTC', 'Notiz ' || i, 'reached', 'a', 'l' || i, 'real' FROM n`,
    `INSERT INTO calls (call_id, contact_id, customer_id, agent_id, direction, remote_uri, remote_anonymous, internal,
       zone, started_at, last_seq, last_event_at, ended_at, origin)
     ${many} SELECT 'l' || i, 'c' || i, $id, 'a', 'inbound', 'sip:x', 0, 0, 'UTC', i, 3, i, i, 'real' FROM n`,
    ...[0, 1, 2, 3].map(
      (seq) => `INSERT INTO call_events (call_id, seq, at, type, event_json)
       ${many} SELECT 'l' || i, ${seq}, i, 'ringing', '{"of":"' || $id || '"}' FROM n`,
    ),
    `INSERT INTO feelings (id, contact_id, customer_id, part, emotion, intensity, at, agent_id, origin)
     ${many} SELECT 'f' || i, 'c' || i, $id, 'end', 'joy', 1, i, 'a', 'real' FROM n`,
    `INSERT INTO wrap_ups (id, contact_id, call_id, agent_id, state, draft_json, opened_at, changed_at, origin)
     ${many} SELECT 'w' || i, 'c' || i, 'l' || i, 'a', 'saved', '{"of":"' || $id || '"}', i, i, 'real' FROM n`,
  ];
  for (const sql of statements) raw.prepare(sql).run(sql.includes('$id') ? { id: customerId } : {});
  raw.exec('COMMIT');
  raw.close();
  return { client, customerId };
}

test('ten thousand contacts: every row once, within its time, and nothing waits meanwhile', async () => {
  const { client, customerId } = await aLongStory();
  const turns = watchTurns();
  const began = performance.now();
  const { name, sections } = await wholeReport(client, customerId);
  const took = performance.now() - began;
  turns.stop();
  const longest = turns.take();
  console.log(`report: ${Math.round(took)} ms, longest turn ${Math.round(longest)} ms`);
  expect(name).toBe('Zarah Quxotenbaum');
  const rows = (table: string) =>
    sections.filter((section) => section.table === table).flatMap((section) => section.rows);
  expect(rows('contacts')).toHaveLength(CONTACTS);
  expect(rows('calls')).toHaveLength(CONTACTS);
  expect(rows('feelings')).toHaveLength(CONTACTS);
  expect(rows('wrap_ups')).toHaveLength(CONTACTS);
  const events = rows('call_events');
  expect(new Set(events.map((row) => `${row['call_id']} ${row['seq']}`)).size).toBe(4 * CONTACTS);
  expect(events).toHaveLength(4 * CONTACTS);
  expect(took).toBeLessThan(MOST_MS);
  expect(longest).toBeLessThan(MOST_BLOCKED_MS);
}, 60_000);

async function aShortStory() {
  const core = await aCore();
  onTestFinished(() => core.stop());
  const { client } = await core.open();
  const { id: customerId } = await client.customers.create({
    ...{ name: 'Zarah Quxotenbaum', numbers: ['+491715559876'], tags: ['a'] },
  });
  return { client, customerId };
}

test('a report that was replaced or is over is gone', async () => {
  const { client, customerId } = await aShortStory();
  const begin = () => client.rights.accessReportPiece({ customerId });
  const [early, late] = await Promise.allSettled([begin(), begin()]);
  expect(early).toMatchObject({ status: 'rejected', reason: { code: 'NOT_FOUND' } });
  expect(late).toMatchObject({ value: { head: { customerId } } });
  const { reportId } = await begin();
  const goOn = () => client.rights.accessReportPiece({ customerId, reportId });
  // A beginning that is refused ends nobody's.
  const nobody = '01900000-0000-7000-8000-00000000dead';
  await expect(client.rights.accessReportPiece({ customerId: nobody })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
  while ((await goOn()).section !== null);
  await expect(goOn()).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('who is erased while a report is taken is told of no more', async () => {
  const { client, customerId } = await aShortStory();
  const { reportId, head } = await client.rights.accessReportPiece({ customerId });
  expect(head?.name).toBe('Zarah Quxotenbaum');
  await client.rights.erase({ customerId });
  await expect(client.rights.accessReportPiece({ customerId, reportId })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
});
