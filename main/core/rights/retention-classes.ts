// What belongs to each class of retention, and how a batch of it goes: whom it is about is taken out,
// what the figures count stays.
import { RETENTION_CLASSES, type RetentionClass } from '../../../preload/contract/vocabulary.ts';
import type { CountedRows } from '../database/copy-jobs.ts';
import type { DeskDatabase } from '../database/desk-database.ts';
import { has } from '../database/person/person.ts';

/** A table of which whole rows go when they are older: the class of another subject. */
interface AgedTable {
  table: string;
  /** Its key, and its time; both indexed or of a small table. */
  key: string;
  at: string;
  /** Which rows may go. */
  only?: string;
}

const AGED_TABLES: Readonly<Partial<Record<RetentionClass, AgedTable>>> = {
  changes: { table: 'customer_changes', key: 'row', at: 'at' },
  accessLog: { table: 'access_log', key: 'row', at: 'at' },
  webhookLog: { table: 'webhook_deliveries', key: 'id', at: 'at', only: "state <> 'waiting'" },
  importReports: {
    table: 'imports',
    key: 'id',
    at: 'started_at',
    only: "state NOT IN ('running', 'undoing', 'interrupted', 'undoInterrupted')",
  },
};

/** Before when each class goes; a class that is kept is left out. */
export type Cuts = Partial<Record<RetentionClass, number>>;
export type Gone = Partial<Record<RetentionClass, number>>;

/** Rows of one step: with their commit well below 50 ms. */
const BATCH = 100;

/** What a preview counts; classes of subjects that this database does not have are left out. */
export function countedFor(database: DeskDatabase, cuts: Cuts): CountedRows[] {
  return RETENTION_CLASSES.flatMap((kind) => {
    const before = cuts[kind];
    if (before === undefined) return [];
    const sql = countSql(database, kind);
    return sql === null ? [] : [{ id: kind, sql, before }];
  });
}

function countSql(database: DeskDatabase, kind: RetentionClass): string | null {
  const counted = (at: string) => `SELECT count(*) AS count, min(${at}) AS oldestAt FROM`;
  switch (kind) {
    case 'feelings':
      return `${counted('at')} feelings WHERE at < ?`;
    case 'notes':
      return `${counted('at')} contacts WHERE at < ? AND note IS NOT NULL`;
    case 'callDetails':
      return `${counted('started_at')} calls WHERE started_at < ? AND ended_at IS NOT NULL AND remote_uri <> ''`;
    default: {
      const aged = AGED_TABLES[kind];
      if (!aged || !has(database, aged.table)) return null;
      return `${counted(aged.at)} ${aged.table} WHERE ${aged.at} < ? AND ${aged.only ?? 'true'}`;
    }
  }
}

interface Dependencies {
  database: DeskDatabase;
  refreshSummary: (customerId: string) => void;
}

/**
 * All that is older than `cuts`, in small transactions: each `next()` is one. Answers how much of each
 * class went.
 */
export function* retentionSteps(
  { database, refreshSummary }: Dependencies,
  cuts: Cuts,
): Generator<undefined, Gone, void> {
  const gone: Gone = {};
  const add = (kind: RetentionClass, count: number) => {
    if (count > 0) gone[kind] = (gone[kind] ?? 0) + count;
  };
  if (cuts.feelings !== undefined || cuts.notes !== undefined)
    yield* contactSteps({ database, refreshSummary }, cuts, add);
  if (cuts.callDetails !== undefined) yield* callSteps(database, cuts.callDetails, add);
  for (const kind of RETENTION_CLASSES) {
    const aged = AGED_TABLES[kind];
    const before = cuts[kind];
    if (!aged || before === undefined || !has(database, aged.table)) continue;
    const remove = database.query(
      `DELETE FROM ${aged.table} WHERE ${aged.key} IN (SELECT ${aged.key} FROM ${aged.table}
         WHERE ${aged.at} < ? AND ${aged.only ?? 'true'} LIMIT ${BATCH})`,
    );
    for (let more = true; more; ) {
      const { changes } = remove.run(before);
      add(kind, changes);
      more = changes === BATCH;
      yield;
    }
  }
  return gone;
}

function* contactSteps(
  { database, refreshSummary }: Dependencies,
  cuts: Cuts,
  add: (kind: RetentionClass, count: number) => void,
): Generator<undefined, void, void> {
  const next = database.query<{ row: number; id: string; customer_id: string | null; at: number }>(
    `SELECT row, id, customer_id, at FROM contacts WHERE row > ? ORDER BY row LIMIT ${BATCH}`,
  );
  const among = 'IN (SELECT value FROM json_each(?))';
  const removeFeelings = database.query(
    `DELETE FROM feelings WHERE contact_id ${among} AND at < ?`,
  );
  const emptyNotes = database.query(
    `UPDATE contacts SET note = NULL WHERE note IS NOT NULL AND id ${among}`,
  );
  // Taken out of the index at once: cleaning it follows, and would not find what waits to be indexed.
  const forgetNotes = database.query(`DELETE FROM contact_search WHERE rowid ${among}`);
  // A saved result holds the note once more, as it was typed.
  const emptyDrafts = database.query(
    `UPDATE wrap_ups SET draft_json = '{}' WHERE state = 'saved' AND draft_json <> '{}' AND contact_id ${among}`,
  );
  for (let from = 0; ; ) {
    const contacts = next.all(from);
    const last = contacts.at(-1);
    if (!last) return;
    from = last.row;
    const before = (cut: number | undefined) =>
      cut === undefined ? [] : contacts.filter(({ at }) => at < cut);
    database.transaction(() => {
      const felt = before(cuts.feelings);
      if (cuts.feelings !== undefined && felt.length > 0) {
        const { changes } = removeFeelings.run(idsOf(felt), cuts.feelings);
        add('feelings', changes);
        if (changes > 0) for (const id of ownersOf(felt)) refreshSummary(id);
      }
      const noted = before(cuts.notes);
      if (noted.length > 0) {
        add('notes', emptyNotes.run(idsOf(noted)).changes);
        forgetNotes.run(JSON.stringify(noted.map(({ row }) => row)));
        emptyDrafts.run(idsOf(noted));
      }
    });
    yield;
  }
}

function* callSteps(
  database: DeskDatabase,
  before: number,
  add: (kind: RetentionClass, count: number) => void,
): Generator<undefined, void, void> {
  const next = database.query<{ call_id: string; started_at: number }>(
    `SELECT call_id, started_at FROM calls WHERE started_at >= ? AND started_at < ?
       AND ended_at IS NOT NULL AND remote_uri <> '' ORDER BY started_at LIMIT ${BATCH}`,
  );
  const among = 'IN (SELECT value FROM json_each(?))';
  const statements = [
    `UPDATE calls SET remote_uri = '', remote_number = NULL, remote_display = NULL, called_number = NULL,
       diverted_from = NULL, e164 = NULL, number_key = NULL, transferred_to = NULL, quality_json = NULL
     WHERE call_id ${among}`,
    `DELETE FROM call_events WHERE call_id ${among}`,
    `DELETE FROM outbox WHERE fact_id ${among}`,
  ].map((sql) => database.query(sql));
  for (let from = 0; ; ) {
    const calls = next.all(from, before);
    const last = calls.at(-1);
    if (!last) return;
    from = last.started_at;
    database.transaction(() => {
      const ids = JSON.stringify(calls.map(({ call_id }) => call_id));
      for (const statement of statements) statement.run(ids);
      add('callDetails', calls.length);
    });
    yield;
  }
}

function idsOf(contacts: readonly { id: string }[]): string {
  return JSON.stringify(contacts.map(({ id }) => id));
}

function ownersOf(contacts: readonly { customer_id: string | null }[]): Set<string> {
  return new Set(contacts.flatMap(({ customer_id }) => customer_id ?? []));
}
