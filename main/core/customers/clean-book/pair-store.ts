import type { LikenessKind } from '../../../../preload/contract/clean-book.ts';
import type { DeskDatabase } from '../../database/desk-database.ts';

export interface PairRow {
  row: number;
  one_id: string;
  other_id: string;
  kind: LikenessKind;
  score: number;
}

export interface ScanRow {
  scan: number;
  state: 'running' | 'done' | 'cancelled' | 'failed';
  started_at: number;
  finished_at: number | null;
  last_row: number;
}

const MOST_COUNTED = 10_000;

/** Pairs of alike records, pairs that are none, and the state of the search. Each pair is kept once. */
export function createPairStore(database: DeskDatabase) {
  const columns = 'row, one_id, other_id, kind, score';
  const page = database.query<PairRow>(
    `SELECT ${columns} FROM duplicate_pairs WHERE kind = ? AND (score, row) < (?, ?)
     ORDER BY score DESC, row DESC LIMIT ?`,
  );
  const count = database.query<{ n: number }>(
    `SELECT count(*) AS n FROM (SELECT 1 FROM duplicate_pairs WHERE kind = ? LIMIT ${MOST_COUNTED})`,
  );
  const put = database.query(
    `INSERT INTO duplicate_pairs (one_id, other_id, kind, score, scan) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (one_id, other_id) DO UPDATE SET kind = excluded.kind, score = excluded.score, scan = excluded.scan
     WHERE kind <> excluded.kind OR score <> excluded.score OR scan <> excluded.scan`,
  );
  const drop = database.query('DELETE FROM duplicate_pairs WHERE one_id = ? AND other_id = ?');
  const partners = database.query<{ id: string }>(
    `SELECT other_id AS id FROM duplicate_pairs WHERE one_id = ? UNION ALL
     SELECT one_id FROM duplicate_pairs WHERE other_id = ?`,
  );
  const dropOld = database.query(
    'DELETE FROM duplicate_pairs WHERE row IN (SELECT row FROM duplicate_pairs WHERE row > ? AND scan < ? LIMIT ?)',
  );
  const isDismissed = database.query(
    'SELECT 1 FROM not_duplicates WHERE one_id = ? AND other_id = ?',
  );
  const dismiss = database.query(
    `INSERT INTO not_duplicates (one_id, other_id, at, agent_id) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  );
  const takeBack = database.query('DELETE FROM not_duplicates WHERE one_id = ? AND other_id = ?');
  const dismissed = database.query<{ row: number; one_id: string; other_id: string; at: number }>(
    `SELECT row, one_id, other_id, at FROM not_duplicates WHERE (at, row) < (?, ?)
     ORDER BY at DESC, row DESC LIMIT ?`,
  );
  const scan = database.query<ScanRow>(
    'SELECT scan, state, started_at, finished_at, last_row FROM duplicate_scan WHERE id = 1',
  );
  const writeScan = database.query(
    `INSERT INTO duplicate_scan (id, scan, state, started_at, finished_at, last_row) VALUES (1, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET scan = excluded.scan, state = excluded.state, started_at = excluded.started_at,
       finished_at = excluded.finished_at, last_row = excluded.last_row`,
  );

  return {
    page: (kind: LikenessKind, score: number, row: number, limit: number): PairRow[] =>
      page.all(kind, score, row, limit),
    count: (kind: LikenessKind): number => count.get(kind)?.n ?? 0,
    put(one: string, other: string, kind: LikenessKind, score: number): void {
      const [first, second] = inOrder(one, other);
      put.run(first, second, kind, score, scan.get()?.scan ?? 0);
    },
    drop: (one: string, other: string): void => void drop.run(...inOrder(one, other)),
    /** With whom a customer makes a stored pair. */
    partnersOf: (customerId: string): string[] =>
      partners.all(customerId, customerId).map(({ id }) => id),
    /** Pairs that the search at hand did not see again, at most `limit`; answers how many went. */
    dropOlderThan: (scanNumber: number, limit: number): number =>
      dropOld.run(0, scanNumber, limit).changes,
    isDismissed: (one: string, other: string): boolean =>
      isDismissed.get(...inOrder(one, other)) !== undefined,
    dismiss(one: string, other: string, at: number, agentId: string): void {
      const [first, second] = inOrder(one, other);
      dismiss.run(first, second, at, agentId);
      drop.run(first, second);
    },
    takeBack: (one: string, other: string): void => void takeBack.run(...inOrder(one, other)),
    dismissed: (at: number, row: number, limit: number) => dismissed.all(at, row, limit),
    scan: (): ScanRow | undefined => scan.get(),
    writeScan: (row: ScanRow): void =>
      void writeScan.run(row.scan, row.state, row.started_at, row.finished_at, row.last_row),
  };
}
export type PairStore = ReturnType<typeof createPairStore>;

/** A pair is one thing, whichever of the two is named first. */
export function inOrder(one: string, other: string): [string, string] {
  return one < other ? [one, other] : [other, one];
}
