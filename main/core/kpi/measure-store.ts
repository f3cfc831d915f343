import type { Measure } from '../../../preload/contract/kpi-catalogue.ts';
import type { Origin } from '../../../preload/contract/vocabulary.ts';
import type { DeskDatabase } from '../database/desk-database.ts';
import type { MeasureRow } from './measure-rows.ts';

export interface MeasureStore {
  /** Adds, in the transaction of the fact. */
  add(rows: readonly MeasureRow[]): void;
  all(): MeasureRow[];
  replaceAll(rows: readonly MeasureRow[]): void;
  /** Sums of one agent over [from, to), for the origins that count. */
  sums(
    agentId: string,
    from: number,
    to: number,
    origins: readonly Origin[],
  ): Partial<Record<Measure, number>>;
}

interface StoredRow {
  agent_id: string;
  bucket: number;
  measure: Measure;
  origin: Origin;
  list_id: string;
  value: number;
}

export function createMeasureStore(database: DeskDatabase): MeasureStore {
  const add = database.query(
    `INSERT INTO kpi_measures (agent_id, bucket, measure, origin, list_id, value) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET value = value + excluded.value`,
  );
  const all = database.query<StoredRow>(
    'SELECT agent_id, bucket, measure, origin, list_id, value FROM kpi_measures',
  );
  const clear = database.query('DELETE FROM kpi_measures');
  const sums = database.query<{ measure: Measure; origin: Origin; value: number }>(
    `SELECT measure, origin, sum(value) AS value FROM kpi_measures
     WHERE agent_id = ? AND bucket >= ? AND bucket < ? GROUP BY measure, origin`,
  );

  function addRows(rows: readonly MeasureRow[]): void {
    for (const row of rows)
      add.run(row.agentId, row.bucket, row.measure, row.origin, row.listId, row.value);
  }

  return {
    add: addRows,
    all: () => all.all().map((row) => ({ ...row, agentId: row.agent_id, listId: row.list_id })),
    replaceAll(rows) {
      clear.run();
      addRows(rows);
    },
    sums(agentId, from, to, origins) {
      const totals: Partial<Record<Measure, number>> = {};
      for (const row of sums.all(agentId, from, to)) {
        if (origins.includes(row.origin))
          totals[row.measure] = (totals[row.measure] ?? 0) + row.value;
      }
      return totals;
    },
  };
}
