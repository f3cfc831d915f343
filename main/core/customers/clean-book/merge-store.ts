import type { MergedRecord } from '../../../../preload/contract/clean-book.ts';
import type { Origin } from '../../../../preload/contract/vocabulary.ts';
import type { DeskDatabase } from '../../database/desk-database.ts';
import { Refusal, badInput } from '../../refusal.ts';
import type { CustomerStore } from '../customer-store.ts';
import { sortNameFrom } from '../folding.ts';
import { listWithoutMerge, valuesWithoutMerge } from './merged-lists.ts';
import { type Row, movingTables } from './merge-tables.ts';
import { keyValue, type MovedRows, type RowImage, type rowImages } from './row-images.ts';
import { inOrder } from './pair-store.ts';

interface MergeStoreDependencies {
  database: DeskDatabase;
  images: ReturnType<typeof rowImages>;
  store: CustomerStore;
  refreshSummary: (customerId: string) => void;
  now: () => number;
  newId: () => string;
  agentId: () => string;
}

export interface MergeRow {
  row: number;
  id: string;
  customer_id: string;
  survivor_id: string;
  loser_id: string;
  survivor_name: string;
  loser_name: string;
  at: number;
  agent_name: string | null;
  undone_at: number | null;
  undo_json: string | null;
}

/** All that undoing a merge needs. */
export interface Undo {
  survivor: { before: Row; after: Row };
  loser: Row;
  images: RowImage[];
  moves: MovedRows[];
}

/** A record is as real as the more real of the two: the sample book never takes a real person along. */
const REALNESS: readonly Origin[] = ['sample', 'practice', 'imported', 'real'];
const LISTS = ['emails_json', 'tags_json'] as const;
/** Kinds of facts whose ids say when they came, for naming what stays with the survivor. */
const DATED = [
  'contacts',
  'promises',
  'questions',
  'deals',
  'matters',
  'customer_numbers',
] as const;

/** Merges two records and undoes it; each is one transaction, or part of the caller's. */
export function createMergeStore(dependencies: MergeStoreDependencies) {
  const { database, images, store, refreshSummary, now, newId, agentId } = dependencies;
  const record = database.query<Row & { row: number; origin: Origin; name: string }>(
    'SELECT * FROM customers WHERE id = ?',
  );
  const moveNumber = database.query(
    'UPDATE customer_numbers SET customer_id = ?, position = ?, confirmed_at = ? WHERE id = ?',
  );
  const deleteNumber = database.query('DELETE FROM customer_numbers WHERE id = ?');
  const choice = database.query<Row & { times: number; chosen_at: number }>(
    'SELECT * FROM number_choices WHERE number_key = ? AND customer_id = ?',
  );
  const deleteChoice = database.query(
    'DELETE FROM number_choices WHERE number_key = ? AND customer_id = ?',
  );
  const putChoice = database.query(
    `INSERT INTO number_choices (number_key, customer_id, agent_id, times, chosen_at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (number_key, customer_id) DO UPDATE SET times = excluded.times, chosen_at = excluded.chosen_at`,
  );
  const notDuplicates = database.query<Row & { one_id: string; other_id: string }>(
    'SELECT * FROM not_duplicates WHERE one_id = $id OR other_id = $id',
  );
  const notDuplicate = database.query<Row>(
    'SELECT * FROM not_duplicates WHERE one_id = ? AND other_id = ?',
  );
  const deleteNotDuplicate = database.query('DELETE FROM not_duplicates WHERE row = ?');
  const putNotDuplicate = database.query(
    'INSERT INTO not_duplicates (one_id, other_id, at, agent_id) VALUES (?, ?, ?, ?)',
  );
  const writeRest = database.query(
    'UPDATE customers SET customer_since = ?, origin = ? WHERE id = ?',
  );
  const deleteCustomer = database.query('DELETE FROM customers WHERE id = ?');
  const newestChange = database.query<{ row: number | null }>(
    'SELECT max(row) AS row FROM customer_changes',
  );
  const changesSince = database.query<Row>(
    'SELECT * FROM customer_changes WHERE row > ? AND customer_id = ?',
  );
  const insertMerge = database.query(
    `INSERT INTO customer_merges (id, customer_id, survivor_id, loser_id, survivor_name, loser_name, at, agent_id,
       undo_json, moved_changes_json) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const mergeColumns = `m.row, m.id, m.customer_id, m.survivor_id, m.loser_id, m.survivor_name, m.loser_name, m.at,
    a.name AS agent_name, m.undone_at`;
  const one = database.query<MergeRow>(
    `SELECT ${mergeColumns}, m.undo_json FROM customer_merges m LEFT JOIN agents a ON a.id = m.agent_id
     WHERE m.id = ?`,
  );
  const page = database.query<Omit<MergeRow, 'undo_json'>>(
    `SELECT ${mergeColumns} FROM customer_merges m LEFT JOIN agents a ON a.id = m.agent_id
     WHERE (m.at, m.row) < (?, ?) ORDER BY m.at DESC, m.row DESC LIMIT ?`,
  );
  const holder = database.query<{ id: string; customer_id: string }>(
    `SELECT id, customer_id FROM customer_merges WHERE loser_id = ? AND undone_at IS NULL
     ORDER BY row DESC LIMIT 1`,
  );
  const markUndone = database.query(
    "UPDATE customer_merges SET undone_at = ?, undone_by = ?, undo_json = NULL, moved_changes_json = '[]' WHERE id = ?",
  );
  const writeLists = database.query(
    'UPDATE customers SET emails_json = ?, tags_json = ?, custom_json = ? WHERE id = ?',
  );
  const writeSortName = database.query('UPDATE customers SET sort_name = ? WHERE id = ?');

  function rowOf(customerId: string) {
    const row = record.get(customerId);
    if (!row) throw new Refusal('NOT_FOUND', { what: 'customer', id: customerId });
    return row;
  }

  /** Numbers in the order that was chosen; those left out are put aside. */
  function uniteNumbers(
    survivorId: string,
    loserId: string,
    chosen: readonly string[],
  ): RowImage[] {
    const rows = [survivorId, loserId].flatMap((id) => images.ofCustomer('customer_numbers', id));
    const byId = new Map(rows.map((row) => [String(row['id']), row]));
    const seen = new Set<unknown>();
    const wanted = [...new Set(chosen)].flatMap((id, index) => {
      const row = byId.get(id);
      if (!row) throw badInput(['record', 'numberIds', index], 'unknownNumber');
      if (seen.has(row['number_key'])) return [];
      seen.add(row['number_key']);
      return [row];
    });
    for (const [position, row] of wanted.entries()) {
      // Confirmed in either record is confirmed.
      const confirmed = rows
        .filter((each) => each['number_key'] === row['number_key'])
        .map((each) => Number(each['confirmed_at'] ?? 0));
      const at = Math.max(...confirmed);
      moveNumber.run(survivorId, position, at === 0 ? null : at, String(row['id']));
    }
    for (const row of rows) if (!wanted.includes(row)) deleteNumber.run(String(row['id']));
    return rows.map((before) => ({
      table: 'customer_numbers',
      before,
      after: images.read('customer_numbers', before),
    }));
  }

  function uniteChoices(survivorId: string, loserId: string): RowImage[] {
    return images.ofCustomer('number_choices', loserId).flatMap((before): RowImage[] => {
      const key = String(before['number_key']);
      const own = choice.get(key, survivorId) ?? null;
      deleteChoice.run(key, loserId);
      putChoice.run(
        key,
        survivorId,
        before['agent_id'] ?? null,
        Number(before['times']) + (own?.times ?? 0),
        Math.max(Number(before['chosen_at']), own?.chosen_at ?? 0),
      );
      const after = choice.get(key, survivorId) ?? null;
      return [
        { table: 'number_choices', before, after: null },
        { table: 'number_choices', before: own, after },
      ];
    });
  }

  /** Whoever is not the loser is not the survivor either. */
  function carryVerdicts(survivorId: string, loserId: string): RowImage[] {
    return notDuplicates.all({ id: loserId }).flatMap((before): RowImage[] => {
      deleteNotDuplicate.run(before['row'] ?? null);
      const gone: RowImage = { table: 'not_duplicates', before, after: null };
      const partner = before.one_id === loserId ? before.other_id : before.one_id;
      if (partner === survivorId) return [gone];
      const [first, second] = inOrder(survivorId, partner);
      if (notDuplicate.get(first, second)) return [gone];
      putNotDuplicate.run(first, second, before['at'] ?? null, before['agent_id'] ?? null);
      return [
        gone,
        { table: 'not_duplicates', before: null, after: notDuplicate.get(first, second) ?? null },
      ];
    });
  }

  /** `moved`: what went to the survivor before, as JSON of MovedRows. */
  function merge(
    survivorId: string,
    loserId: string,
    wanted: MergedRecord,
    moved: readonly string[] = [],
  ): string {
    const survivor = rowOf(survivorId);
    const loser = rowOf(loserId);
    const moves: MovedRows[] = [];
    const undone: RowImage[] = [];
    for (const { name, key } of movingTables(database)) {
      const { went, aside } = images.move(name, key, loserId, survivorId);
      const [column = '', ...more] = key;
      const keys = more.length > 0 ? went : went.map((row) => keyValue(row, column));
      if (keys.length > 0) moves.push({ table: name, key, keys });
      undone.push(...aside);
    }
    undone.push(...uniteChoices(survivorId, loserId), ...carryVerdicts(survivorId, loserId));
    const lastChange = newestChange.get()?.row ?? 0;
    const { numberIds, customerSince, custom, ...fields } = wanted;
    const former = JSON.parse(String(survivor['custom_json'])) as Record<string, unknown>;
    // A change of custom fields names what goes as well as what stays.
    const cleared = Object.fromEntries(Object.keys(former).map((key) => [key, null]));
    store.changeRows(survivorId, 'merge', { ...fields, custom: { ...cleared, ...custom } }, () => {
      undone.push(...uniteNumbers(survivorId, loserId, numberIds));
    });
    writeRest.run(customerSince, moreReal(survivor.origin, loser.origin), survivorId);
    for (const after of changesSince.all(lastChange, survivorId)) {
      undone.push({ table: 'customer_changes', before: null, after });
    }
    deleteCustomer.run(loserId);
    refreshSummary(survivorId);
    const undo: Omit<Undo, 'moves'> = {
      survivor: { before: survivor, after: rowOf(survivorId) },
      loser,
      images: undone,
    };
    const allMoves = [...moved, ...moves.map((each) => JSON.stringify(each))];
    const changeKeys = [...changesAmong(moved), ...moves]
      .filter(({ table }) => table === 'customer_changes')
      .flatMap(({ keys }) => keys.map((each) => keyValue(each, 'row')));
    const id = newId();
    insertMerge.run(
      ...[id, survivorId, survivorId, loserId, wanted.name, loser.name, now(), agentId()],
      // Put together as text: of very many rows reading their keys would take its time.
      `${JSON.stringify(undo).slice(0, -1)},"moves":[${allMoves.join()}]}`,
      JSON.stringify(changeKeys),
    );
    return id;
  }

  /** Puts the survivor's own row back, but for what was changed since; answers the fields that stay. */
  function restoreSurvivor(survivorId: string, { before, after }: Undo['survivor']): string[] {
    const current = rowOf(survivorId);
    const without = (row: Row): Row =>
      Object.fromEntries(
        Object.entries(row).filter(
          ([column]) => column !== 'custom_json' && !LISTS.some((list) => list === column),
        ),
      );
    const kept = images.restore({
      table: 'customers',
      before: without(before),
      after: without(after),
    });
    const [emails, tags] = LISTS.map((column) => {
      const [was, merged, is] = [before, after, current].map(
        (row) => JSON.parse(String(row[column])) as string[],
      );
      return JSON.stringify(listWithoutMerge(was ?? [], merged ?? [], is ?? []));
    });
    const [was, merged, is] = [before, after, current].map(
      (row) => JSON.parse(String(row['custom_json'])) as Record<string, string | number>,
    );
    const custom = valuesWithoutMerge(was ?? {}, merged ?? {}, is ?? {});
    writeLists.run(emails ?? '[]', tags ?? '[]', JSON.stringify(custom.values), survivorId);
    if (kept.includes('name')) writeSortName.run(sortNameFrom(rowOf(survivorId).name), survivorId);
    return [
      ...kept.filter((column) => column !== 'changed_at' && column !== 'sort_name'),
      ...custom.kept.map((key) => `custom.${key}`),
    ];
  }

  function storedUndo(merged: MergeRow): Undo {
    const stored = JSON.parse(merged.undo_json ?? 'null') as Undo | null;
    if (!stored) throw new Refusal('MERGE_REFUSED', { reason: 'undoneAlready' });
    return stored;
  }

  /** The merged record is there again, so that its rows can come back before the rest is undone. */
  function bringBack({ loser }: Undo): void {
    images.restore({ table: 'customers', before: loser, after: null });
  }

  function undo(
    merged: MergeRow,
    stored = storedUndo(merged),
  ): { stayed: { kind: string; count: number }[]; kept: string[] } {
    const { survivor_id: survivorId, loser_id: loserId } = merged;
    bringBack(stored);
    const kept = restoreSurvivor(survivorId, stored.survivor);
    for (const image of stored.images.toReversed()) images.restore(image);
    for (const moved of stored.moves) images.moveNamed(moved, survivorId, loserId);
    for (const customerId of [survivorId, loserId]) {
      store.rewriteDerived(customerId);
      refreshSummary(customerId);
    }
    const stayed = DATED.flatMap((table) => {
      const rows = database
        .query<{ n: number }>(`SELECT count(*) AS n FROM ${table} WHERE customer_id = ? AND id > ?`)
        .get(survivorId, merged.id);
      return rows && rows.n > 0 ? [{ kind: table, count: rows.n }] : [];
    });
    markUndone.run(now(), agentId(), merged.id);
    return { stayed, kept };
  }

  return {
    merge,
    storedUndo,
    bringBack,
    undo,
    one: (id: string): MergeRow | undefined => one.get(id),
    page: (at: number, row: number, limit: number) => page.all(at, row, limit),
    /** The merge that took a record in, and where that is now; undefined when none did. */
    holderOf: (customerId: string) => holder.get(customerId),
  };
}

/** Pieces that hold edits, read. */
function changesAmong(moved: readonly string[]): MovedRows[] {
  return moved
    .filter((piece) => piece.startsWith('{"table":"customer_changes"'))
    .map((piece) => JSON.parse(piece) as MovedRows);
}

function moreReal(one: Origin, other: Origin): Origin {
  return REALNESS.indexOf(one) >= REALNESS.indexOf(other) ? one : other;
}
