// A record with very many facts gives them to another one in steps, so that calls do not wait for it. Both
// records are there meanwhile; who names one of them waits, and what was cut off is put right at the next start.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { DeskDatabase, SqlValue } from '../../database/desk-database.ts';
import { pacedRows } from '../../database/paced-rows.ts';
import type { WriteBack } from '../../database/write-back.ts';
import { Refusal } from '../../refusal.ts';
import { movingTables, primaryKeyOf } from './merge-tables.ts';
import { keyValue, type MovedRows, type rowImages } from './row-images.ts';

/** As many rows of one table move within the transaction of the merge. */
const MOST_AT_ONCE = 500;
const FIRST_ROWS = 250;
const MOST_ROWS = 2_500;

/** What is under way: a merge that is cut off never was, an undoing that is cut off is brought to its end. */
export type Underway =
  | { kind: 'merge'; from: string; to: string }
  | { kind: 'undo'; mergeId: string };

interface LongMovesDependencies {
  database: DeskDatabase;
  images: ReturnType<typeof rowImages>;
  writeBack: WriteBack;
}

type Breathe = () => Promise<void>;

export function longMoves({ database, images, writeBack }: LongMovesDependencies) {
  // Many rows of a table like this never meet a row of the other record that is the same one.
  const tables = movingTables(database).flatMap(({ name }) => {
    const [column, ...more] = primaryKeyOf(database, name);
    return column === undefined || column === 'customer_id' || more.length > 0
      ? []
      : [{ name, column }];
  });
  const underway = database.query<{ value: string }>(
    "SELECT value FROM meta WHERE name = 'merge_moving'",
  );
  const begin = database.query("INSERT INTO meta (name, value) VALUES ('merge_moving', ?)");
  const end = database.query("DELETE FROM meta WHERE name = 'merge_moving'");
  const putPiece = database.query(
    `INSERT INTO meta (name, value) VALUES
       ((SELECT printf('merge_moved:%06d', count(*)) FROM meta WHERE name GLOB 'merge_moved:*'), ?)`,
  );
  const pieces = database.query<{ value: string }>(
    "SELECT value FROM meta WHERE name GLOB 'merge_moved:*' ORDER BY name",
  );
  const lastPiece = database.query<{ name: string; value: string }>(
    "SELECT name, value FROM meta WHERE name GLOB 'merge_moved:*' ORDER BY name DESC LIMIT 1",
  );
  const dropPiece = database.query('DELETE FROM meta WHERE name = ?');

  const isThere = database.query('SELECT 1 FROM customers WHERE id = ?');

  let moving: { ids: readonly string[]; done: Promise<unknown> } | null = null;
  let queue: Promise<unknown> = Promise.resolve();
  let closing = false;

  const hasMany = (customerId: string) => (table: { name: string }) =>
    database
      .query(
        `SELECT 1 FROM "${table.name}" WHERE customer_id = ? LIMIT 1 OFFSET ${MOST_AT_ONCE - 1}`,
      )
      .get(customerId) !== undefined;

  /** Gives so many rows on and notes which; answers how many went. */
  function give(
    { name, column }: { name: string; column: string },
    from: string,
    to: string,
    limit: number,
  ): number {
    const keys = database
      .query<Record<string, SqlValue>>(
        `SELECT "${column}" FROM "${name}" WHERE customer_id = ? LIMIT ?`,
      )
      .all(from, limit);
    if (keys.length === 0) return 0;
    const values = keys.map((row) => keyValue(row, column));
    const moved: MovedRows = { table: name, key: [column], keys: values };
    putPiece.run(JSON.stringify(moved));
    return images.moveNamed(moved, from, to);
  }

  /** One step of giving back what a merge had moved; false when there is none. */
  function giveBack(from: string, to: string): boolean {
    const piece = lastPiece.get();
    if (!piece) return false;
    // Whom somebody took out of the book meanwhile gets nothing back.
    if (isThere.get(from)) images.moveNamed(JSON.parse(piece.value) as MovedRows, to, from);
    dropPiece.run(piece.name);
    return true;
  }

  /** Forgets one piece; false when there is none. */
  function dropped(): boolean {
    const piece = lastPiece.get();
    if (piece) dropPiece.run(piece.name);
    return piece !== undefined;
  }

  /** Until a step, which is told how many rows it may take, says that it was the last one. */
  async function inSteps(step: (rows: number) => boolean, breathe: Breathe): Promise<void> {
    const paced = pacedRows({ first: FIRST_ROWS, most: MOST_ROWS });
    while (paced.step((rows) => database.bulkTransaction(() => step(rows)))) {
      await breathe();
      await nextTurn();
      // The database is about to be closed: the next start puts it right.
      if (closing) throw new Refusal('BUSY', { with: 'book' });
    }
  }

  function isMoving(named: unknown): boolean {
    if (!moving) return false;
    const text = JSON.stringify(named) ?? '';
    return moving.ids.some((id) => text.includes(id));
  }

  async function untilWhole(named: unknown): Promise<void> {
    while (isMoving(named)) await moving?.done.catch(() => undefined);
  }

  return {
    isLong: (customerId: string): boolean => tables.some(hasMany(customerId)),

    /** What was cut off; null when nothing was. */
    underway(): Underway | null {
      const row = underway.get();
      return row ? (JSON.parse(row.value) as Underway) : null;
    },

    /** Part of the transaction that begins it, or ends it. */
    begin: (what: Underway) => void begin.run(JSON.stringify(what)),
    end: () => void end.run(),

    /** What moved so far, as it was written down. */
    moved: (): string[] => pieces.all().map(({ value }) => value),

    /** One at a time; whoever names one of the records waits for its end. */
    run<Result>(
      ids: readonly string[],
      work: (breathe: Breathe) => Promise<Result>,
    ): Promise<Result> {
      const turn = queue.then(() => {
        const done = writeBack.during(work);
        moving = { ids, done };
        return done.finally(() => (moving = null));
      });
      queue = turn.catch(() => undefined);
      return turn;
    },

    async give(from: string, to: string, breathe: Breathe): Promise<void> {
      for (const table of tables.filter(hasMany(from)))
        await inSteps((rows) => give(table, from, to, rows) === rows, breathe);
    },

    giveBack: (from: string, to: string, breathe: Breathe) =>
      inSteps(() => giveBack(from, to), breathe),

    /** What was written down of a merge that is done. */
    forget: (breathe: Breathe) => inSteps(dropped, breathe),

    /** The same at once, at a start: part of the caller's transaction. */
    forgetAll(): void {
      while (dropped());
    },

    /** Gives back all at once, at a start: part of the caller's transaction. */
    giveAllBack(from: string, to: string): void {
      while (giveBack(from, to));
    },

    /** Gives back what an undone merge had moved. */
    restore(moves: readonly MovedRows[], from: string, to: string, breathe: Breathe) {
      const waiting = moves.map((moved) => ({ ...moved, keys: [...moved.keys] }));
      return inSteps((rows) => {
        const moved = waiting.at(-1);
        if (!moved) return false;
        images.moveNamed({ ...moved, keys: moved.keys.splice(-rows) }, from, to);
        if (moved.keys.length === 0) waiting.pop();
        return waiting.length > 0;
      }, breathe);
    },

    /** Resolves when no record that is named here is on its way; null when none is. */
    settled: (named: unknown): Promise<void> | null => (isMoving(named) ? untilWhole(named) : null),

    /** Before the database closes: ends after the step at hand. */
    async stop(): Promise<void> {
      closing = true;
      await queue;
    },
  };
}
