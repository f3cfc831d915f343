// The access report over the API: made beside core, sent piece by piece, whole or cut off.
import { request } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type Sqlite from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { newId } from '../../../main/core/ids.ts';
import type { AccessReport } from '../../../preload/contract/rights.ts';
import { rawDatabaseIn } from '../support/table-digest.ts';
import { anApiDesk, START_TOKEN } from './api-desk.ts';
import { watchTurns } from '../support/thread-time.ts';
import { wholeReport } from '../../../renderer/screens/desk/rights/report-file.ts';

const CONTACTS = 20_000;
/** 50 ms are aimed at; who asks works in this thread as well, and machines differ. */
const MOST_BLOCKED_MS = 120;

async function aStory(contacts: number) {
  const desk = await anApiDesk();
  const { client } = await desk.open();
  const { id: customerId } = await client.customers.create({
    ...{ name: 'Zarah Quxotenbaum', numbers: ['+491715559876'], emails: ['zarah@quxobaum.test'] },
  });
  const raw = rawDatabaseIn(desk.folder);
  raw.exec('BEGIN');
  fill(raw, customerId, contacts);
  raw.exec('COMMIT');
  raw.close();
  return { desk, client, customerId, path: `/v1/customers/${customerId}/access-report` };
}

function fill(raw: Sqlite.Database, customerId: string, contacts: number): void {
  raw.function('new_id', { deterministic: false }, () => newId());
  const of = { id: customerId, agent: newId() };
  raw
    .prepare(
      `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${contacts})
       INSERT INTO contacts (id, customer_id, kind, direction, at, zone, note, outcome, agent_id, call_id, origin)
       SELECT new_id(), $id, 'call', 'inbound', i, 'UTC', 'Notiz "' || i || '" äöü', 'reached', $agent, new_id(), 'real'
       FROM n`,
    )
    .run(of);
  raw
    .prepare(
      `INSERT INTO calls (call_id, contact_id, customer_id, agent_id, direction, remote_uri, remote_anonymous, internal,
         zone, started_at, last_seq, last_event_at, ended_at, origin)
       SELECT call_id, id, $id, $agent, 'inbound', 'sip:x', 0, 0, 'UTC', at, 3, at, at, 'real' FROM contacts
       WHERE customer_id = $id`,
    )
    .run(of);
  raw
    .prepare(
      `INSERT INTO feelings (id, contact_id, customer_id, part, emotion, intensity, at, agent_id, origin)
       SELECT new_id(), id, $id, 'end', 'joy', 1, at, $agent, 'real' FROM contacts WHERE customer_id = $id`,
    )
    .run(of);
}

/** Asks and takes the pieces as they come, without looking at them. */
function taken(url: string, path: string, onPiece: () => void = () => undefined) {
  return new Promise<{ status: number; pieces: Buffer[] }>((resolve, reject) => {
    const headers = { authorization: `Bearer ${START_TOKEN}` };
    const sent = request(`${url}${path}`, { headers, agent: false }, (answer) => {
      const pieces: Buffer[] = [];
      answer.on('data', (piece: Buffer) => {
        pieces.push(piece);
        onPiece();
      });
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, pieces }));
      answer.on('error', reject);
    });
    sent.on('error', reject).end();
  });
}

const reportIn = (pieces: Buffer[]) => JSON.parse(Buffer.concat(pieces).toString()) as AccessReport;

test('twenty thousand contacts: every row once, in many pieces, and nothing waits meanwhile', async () => {
  const { desk, path } = await aStory(CONTACTS);
  const turns = watchTurns();
  const { status, pieces } = await taken(desk.url, path);
  turns.stop();
  const longest = turns.take();
  console.log(`${pieces.length} pieces, longest turn ${Math.round(longest)} ms`);
  expect(status).toBe(200);
  const { name, sections } = reportIn(pieces);
  expect(name).toBe('Zarah Quxotenbaum');
  const tables = sections.map(({ table }) => table);
  expect(new Set(tables).size).toBe(tables.length);
  for (const table of ['contacts', 'calls', 'feelings']) {
    const rows = sections.find((section) => section.table === table)?.rows ?? [];
    expect(new Set(rows.map((row) => row['id'] ?? row['call_id'])).size).toBe(CONTACTS);
    expect(rows).toHaveLength(CONTACTS);
  }
  expect(longest).toBeLessThan(MOST_BLOCKED_MS);
}, 60_000);

test('it says what the window says, and is noted as an access', async () => {
  const { desk, client, customerId, path } = await aStory(600);
  await client.rights.recordConsent({
    ...{ customerId, purpose: 'salesCalls', scope: 'Angebote', manner: 'call', name: 'Zarah' },
    ...{ number: '+491715559876', givenAt: desk.clock.now() },
  });
  const whole = await wholeReport(client, customerId);
  const { pieces } = await taken(desk.url, path);
  const told = ({ sections, ...head }: AccessReport) => ({
    ...head,
    sections: sections.filter(({ table }) => table !== 'access_log'),
  });
  const report = reportIn(pieces);
  expect(told(report)).toEqual(told(whole));
  expect(report.consents).toHaveLength(1);
  const log = report.sections.find(({ table }) => table === 'access_log');
  expect(log?.rows.map(({ what }) => what)).toEqual(['accessReport', 'accessReport']);
});

test('who goes in the middle ends the work, and the next one is answered', async () => {
  const { desk, path } = await aStory(3_000);
  const headers = { authorization: `Bearer ${START_TOKEN}` };
  await new Promise<void>((resolve) => {
    const sent = request(`${desk.url}${path}`, { headers, agent: false }, (answer) => {
      answer.once('data', () => {
        answer.destroy();
        resolve();
      });
    });
    sent.on('error', () => undefined).end();
  });
  await wait(50);
  const { status, pieces } = await taken(desk.url, path);
  expect(status).toBe(200);
  expect(reportIn(pieces).sections.length).toBeGreaterThan(3);
});

test('nobody of that name: a problem, no report', async () => {
  const desk = await anApiDesk();
  onTestFinished(desk.stop);
  const answer = await desk.ask(`/v1/customers/${newId()}/access-report`);
  expect(answer.status).toBe(404);
  expect(answer.json).toMatchObject({ status: 404 });
});
