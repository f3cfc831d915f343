// From the first schema to the newest, with rows as an earlier program left them.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { firstSchema } from '../../../main/core/database/migrations/0001-first-schema.ts';
import { openDatabase } from '../../../main/core/database/open-database.ts';
import { newId } from '../../../main/core/ids.ts';
import { filesVault } from '../../../main/core/secrets/vault.ts';
import { rawDatabaseIn } from '../support/table-digest.ts';
import { aCore, MORNING } from '../support/test-core.ts';
import { contactsOf } from '../support/contacts-of.ts';

const ids = {
  agent: newId(),
  account: newId(),
  customer: newId(),
  contact: newId(),
  call: newId(),
  missedContact: newId(),
  missedCall: newId(),
  wrapUp: newId(),
};
let folder: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'anklang-first-'));
  const options = { folder, vault: filesVault(join(folder, 'secrets')), now: MORNING };
  const { database, close } = await openDatabase({ ...options, migrations: [firstSchema] });
  const write = (sql: string, ...values: (string | number | null)[]) =>
    database.query(sql).run(...values);
  const remote = ['sip:+493023125042@pbx.test', '+493023125042', null, 0] as const;
  const number = ['+493023125042', '+493023125042', 0, 'Europe/Berlin'] as const;
  database.transaction(() => {
    write(`INSERT INTO agents VALUES (?, 'Maria', 1, 0, 'real')`, ids.agent);
    write(
      `INSERT INTO accounts VALUES (?, 'wss://pbx.test/ws', '200', 'pbx.test', NULL, 'Vertrieb', 1, 1, NULL)`,
      ids.account,
    );
    write(
      `INSERT INTO customers (id, name, sort_name, created_at, changed_at, origin)
       VALUES (?, 'Anna Beispiel', 'anna beispiel', 0, 0, 'real')`,
      ids.customer,
    );
    const aContact = `INSERT INTO contacts (id, customer_id, kind, direction, at, zone, note, outcome, agent_id,
      call_id, origin) VALUES (?, ?, 'call', 'inbound', ?, 'Europe/Berlin', ?, ?, ?, ?, 'real')`;
    const aCall = `INSERT INTO calls (call_id, contact_id, customer_id, agent_id, account_id, direction, remote_uri,
      remote_number, remote_display, remote_anonymous, e164, number_key, internal, zone, started_at, answered_at,
      ended_at, ring_ms, talk_ms, hold_ms, cause, ended_by, last_seq, last_event_at, missed, origin)
      VALUES (?, ?, ?, ?, ?, 'inbound', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, 'customer', ?, ?, ?, 'real')`;
    const anEvent = 'INSERT INTO call_events VALUES (?, ?, ?, ?, ?)';
    const tell = (callId: string, events: { at: number; type: string }[]) => {
      for (const [seq, event] of events.entries())
        write(
          anEvent,
          callId,
          seq,
          event.at,
          event.type,
          JSON.stringify({ callId, seq, ...event }),
        );
    };
    const invited = {
      ...{ at: MORNING, type: 'invited', accountId: ids.account, origin: 'real' },
      ...{ calledNumber: null, divertedFrom: null },
      remote: { uri: remote[0], number: remote[1], display: null, anonymous: false },
    };
    write(
      ...[aContact, ids.contact, ids.customer, MORNING, 'Nimmt den Kombi.', 'reached', ids.agent],
      ids.call,
    );
    write(
      ...[aCall, ids.call, ids.contact, ids.customer, ids.agent, ids.account, ...remote, ...number],
      ...[
        MORNING,
        MORNING + 5_000,
        MORNING + 65_000,
        5_000,
        60_000,
        'completed',
        2,
        MORNING + 65_000,
        0,
      ],
    );
    const ended = { type: 'ended', cause: 'completed', sipCode: null, by: 'customer' };
    tell(ids.call, [
      invited,
      { at: MORNING + 5_000, type: 'answered' },
      { at: MORNING + 65_000, ...ended },
    ]);
    write(
      `INSERT INTO wrap_ups VALUES (?, ?, ?, ?, 'saved', 1, '{}', ?, ?, ?, NULL, 'real')`,
      ...[ids.wrapUp, ids.contact, ids.call, ids.agent, MORNING, MORNING, MORNING],
    );
    const missed = { ...ended, cause: 'missed' };
    const missedAt = MORNING + 100_000;
    write(
      aContact,
      ids.missedContact,
      ids.customer,
      missedAt,
      null,
      null,
      ids.agent,
      ids.missedCall,
    );
    write(
      ...[
        aCall,
        ids.missedCall,
        ids.missedContact,
        ids.customer,
        ids.agent,
        ids.account,
        ...remote,
      ],
      ...[...number, missedAt, null, missedAt + 9_000, 9_000, 0, 'missed', 1, missedAt + 9_000, 1],
    );
    tell(ids.missedCall, [
      { ...invited, at: missedAt },
      { ...missed, at: missedAt + 9_000 },
    ]);
    for (const [measure, value] of [
      ['handled', 1],
      ['handledInbound', 1],
      ['talkMs', 60_000],
      ['missed', 1],
    ])
      write(
        `INSERT INTO kpi_measures VALUES (?, ?, ?, 'real', '', ?)`,
        ...[ids.agent, MORNING, measure ?? '', value ?? 0],
      );
  });
  close();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What the first program wrote, column by column. */
function firstRows(): unknown {
  const raw = rawDatabaseIn(folder);
  try {
    const all = (sql: string) => raw.prepare(sql).all();
    return {
      accounts: all('SELECT id, server, user, domain, auth_user, display_name FROM accounts'),
      contacts: all(
        `SELECT row, id, customer_id, kind, direction, at, zone, subject, note, outcome, expectation,
         feeling_unknown, agent_id, call_id, matter_id, list_id, origin FROM contacts ORDER BY id`,
      ),
      calls: all(
        `SELECT call_id, contact_id, customer_id, started_at, answered_at, ended_at, talk_ms, cause, missed,
         last_seq FROM calls ORDER BY call_id`,
      ),
      events: all('SELECT * FROM call_events ORDER BY call_id, seq'),
      wrapUps: all('SELECT * FROM wrap_ups'),
      measures: all('SELECT * FROM kpi_measures ORDER BY measure'),
    };
  } finally {
    raw.close();
  }
}

test('every row is carried forward, and the desk works on with them', async () => {
  const before = firstRows();
  const core = await aCore({ folder, at: MORNING + 3_600_000 });
  expect(firstRows()).toEqual(before);
  const { client } = await core.open();
  expect(await client.account.get({})).toMatchObject({
    ...{ user: '200', displayName: 'Vertrieb', furtherServers: [], iceServers: [] },
    ...{ dtmf: 'rfc4733', earlyMedia: false, mailbox: null },
  });
  expect(await client.calls.get({ callId: ids.call })).toMatchObject({
    ...{ talkMs: 60_000, legOfCallId: null, legKind: 'customer', transfer: null, queue: null },
  });
  expect((await client.calls.missed({})).map(({ callId }) => callId)).toEqual([ids.missedCall]);
  const { entries } = await client.customers.timeline({ customerId: ids.customer });
  expect(
    contactsOf(entries).map(({ call }) => [call?.legs, call?.transfer, call?.recordings]),
  ).toEqual([
    [[], null, 0],
    [[], null, 0],
  ]);
  expect(entries[1]).toMatchObject({ note: 'Nimmt den Kombi.', outcome: 'reached' });
  expect(await client.kpi.rebuild({})).toMatchObject({ differing: 0 });
  await core.stop();
});

test('killed in the middle of it, nothing is half done and the next start does it', async () => {
  const before = firstRows();
  const child = fork(fileURLToPath(new URL('../support/migrate-slowly.ts', import.meta.url)), [
    folder,
  ]);
  onTestFinished(() => void child.kill('SIGKILL'));
  const gone = once(child, 'exit');
  const wal = join(folder, 'desk.db-wal');
  // More than fits SQLite's cache: the transaction has begun and pages of it are in the log.
  await expect
    .poll(() => (existsSync(wal) ? statSync(wal).size : 0), { timeout: 60_000, interval: 20 })
    .toBeGreaterThan(1_000_000);
  child.kill('SIGKILL');
  expect((await gone)[1]).toBe('SIGKILL');
  expect(readdirSync(join(folder, 'backups'))).toHaveLength(1);

  const options = { folder, vault: filesVault(join(folder, 'secrets')), now: MORNING };
  const untouched = await openDatabase({ ...options, migrations: [firstSchema] });
  expect(untouched.recovery).toBeNull();
  expect(untouched.database.query("SELECT 1 FROM meta WHERE name LIKE 'filler%'").all()).toEqual(
    [],
  );
  untouched.close();
  expect(firstRows()).toEqual(before);
  const core = await aCore({ folder, at: MORNING + 3_600_000 });
  expect(firstRows()).toEqual(before);
  expect((await (await core.open()).client.session.ping({})).now).toBe(MORNING + 3_600_000);
  await core.stop();
});
