// Retention in a book of many contacts: each step is short, and what a preview says goes, goes.
import { expect, onTestFinished, test } from 'vitest';
import {
  type Cuts,
  countedFor,
  retentionSteps,
} from '../../../main/core/rights/retention-classes.ts';
import { deskDatabaseOver } from '../../../main/core/database/desk-database.ts';
import { openEncrypted } from '../../../main/core/database/encrypted-file.ts';
import { aMemoryDesk } from '../support/memory-desk.ts';
import { databaseKeyIn } from '../support/table-digest.ts';
import { aCore, aFolderForThisTest } from '../support/test-core.ts';
import { customerSummary } from '../../../main/core/customers/customer-summary.ts';
import { join } from 'node:path';
import type Sqlite from 'better-sqlite3';
import { threadMs } from '../support/thread-time.ts';

const CONTACTS = 12_000;
const CUSTOMERS = 3_000;
/** Of this thread's own time, so that what else the machine does is not counted. */
const TYPICAL_MS = 25;
const MOST_MS = 100;

function fill(raw: Sqlite.Database): void {
  const many = (count: number) =>
    `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count})`;
  const of = `'u' || (i % ${CUSTOMERS} + 1)`;
  raw.exec(`BEGIN;
    INSERT INTO customers (id, name, sort_name, created_at, changed_at, origin)
      ${many(CUSTOMERS)} SELECT 'u' || i, 'Kunde ' || i, 'kunde ' || i, 0, 0, 'real' FROM n;
    INSERT INTO contacts (id, customer_id, kind, direction, at, zone, note, outcome, agent_id, call_id, origin)
      ${many(CONTACTS)} SELECT 'c' || i, ${of}, 'call', 'inbound', i, 'UTC', 'Notiz ' || i, 'reached', 'a', 'l' || i, 'real' FROM n;
    INSERT INTO calls (call_id, contact_id, customer_id, agent_id, direction, remote_uri, remote_anonymous, internal,
        zone, started_at, answered_at, ended_at, last_seq, last_event_at, origin)
      ${many(CONTACTS)} SELECT 'l' || i, 'c' || i, ${of}, 'a', 'inbound', 'sip:' || i, 0, 0, 'UTC', i, i, i, 3, i, 'real' FROM n;
    INSERT INTO call_events (call_id, seq, at, type, event_json)
      ${many(4 * CONTACTS)} SELECT 'l' || ((i - 1) / 4 + 1), i % 4, i, 'ringing', '{}' FROM n;
    INSERT INTO feelings (id, contact_id, customer_id, part, emotion, intensity, at, agent_id, origin)
      ${many(CONTACTS)} SELECT 'f' || i, 'c' || i, ${of}, 'end', 'joy', 1, i, 'a', 'real' FROM n;
    INSERT INTO wrap_ups (id, contact_id, call_id, agent_id, state, draft_json, opened_at, changed_at, origin)
      ${many(CONTACTS)} SELECT 'w' || i, 'c' || i, 'l' || i, 'a', 'saved', '{"note":"x"}', i, i, 'real' FROM n;
    INSERT INTO customer_changes (change_id, customer_id, field, before_json, after_json, at, agent_id, source)
      ${many(CONTACTS)} SELECT 'h' || i, ${of}, 'city', 'null', '"x"', i, 'a', 'agent' FROM n;
    COMMIT;`);
}

test('each step is short, and all together take exactly what the preview counted', async () => {
  const folder = aFolderForThisTest();
  await (await aCore({ folder })).stop();
  const raw = openEncrypted(join(folder, 'desk.db'), databaseKeyIn(folder));
  onTestFinished(() => void raw.close());
  raw.pragma('foreign_keys = ON');
  raw.pragma('secure_delete = ON');
  fill(raw);
  const database = deskDatabaseOver(raw);
  const summary = customerSummary(database);
  const cut = CONTACTS / 2;
  const cuts: Cuts = { feelings: cut, notes: cut, callDetails: cut, changes: cut };
  const preview = countedFor(database, cuts).map(({ id, sql, before }) => ({
    id,
    ...(raw.prepare(sql).get(before) as { count: number }),
  }));
  const steps = retentionSteps({ database, refreshSummary: summary.refresh }, cuts);
  const took: number[] = [];
  for (;;) {
    const began = threadMs();
    const { done, value } = steps.next();
    took.push(threadMs() - began);
    if (!done) continue;
    expect(value).toEqual(Object.fromEntries(preview.map(({ id, count }) => [id, count])));
    break;
  }
  took.sort((one, other) => one - other);
  const typical = took[Math.floor(took.length / 2)] ?? 0;
  const longest = took.at(-1) ?? 0;
  console.log(
    `${took.length} steps, typically ${typical.toFixed(1)}, at most ${longest.toFixed(1)} ms`,
  );
  expect(typical).toBeLessThan(TYPICAL_MS);
  expect(longest).toBeLessThan(MOST_MS);
  for (const { id } of preview) expect([id, raw.prepare(sqlOf(id)).pluck().get()]).toEqual([id, 0]);
  function sqlOf(id: string): string {
    const counted = countedFor(database, cuts).find((one) => one.id === id);
    return (counted?.sql ?? '').replace('?', String(counted?.before ?? 0));
  }
}, 60_000);

test('a preview of nothing that goes counts nothing', () => {
  const desk = aMemoryDesk();
  onTestFinished(desk.close);
  const counted = countedFor(desk.database, { notes: desk.clock.now, changes: desk.clock.now });
  for (const { sql, before } of counted)
    expect(desk.raw.prepare(sql).get(before)).toEqual({ count: 0, oldestAt: null });
});
