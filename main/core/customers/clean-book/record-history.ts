import type { FieldChange } from '../../../../preload/contract/clean-book.ts';
import type { CoreEvent } from '../../../../preload/contract/contract.ts';
import { customerChanges } from '../../../../preload/contract/customers.ts';
import type { ChangeSource } from '../../../../preload/contract/vocabulary.ts';
import type { SubjectHandlers } from '../../connection/handlers.ts';
import { cursorFrom, positionFrom } from '../../contacts/keyset-cursor.ts';
import type { DeskDatabase } from '../../database/desk-database.ts';
import { Refusal, badInput } from '../../refusal.ts';
import type { CustomerStore } from '../customer-store.ts';

interface HistoryDependencies {
  database: DeskDatabase;
  store: CustomerStore;
  publish: (event: CoreEvent) => void;
}

interface ChangeRow {
  row: number;
  field: string;
  before_json: string;
  after_json: string;
  at: number;
  agent_name: string | null;
  source: ChangeSource;
  merged_from: string | null;
}

/** Edits that came along with a merged record: whose record it was. */
const MERGED_FROM = `(SELECT m.loser_name FROM customer_merges m, json_each(m.moved_changes_json) k
  WHERE m.customer_id = h.customer_id AND m.undone_at IS NULL AND k.value = h.row ORDER BY m.row LIMIT 1)`;

/** Who changed which field of a record, and setting it back. */
export function createRecordHistory({ database, store, publish }: HistoryDependencies) {
  const columns = `h.row, h.field, h.before_json, h.after_json, h.at, a.name AS agent_name, h.source,
    ${MERGED_FROM} AS merged_from`;
  const source = 'customer_changes h LEFT JOIN agents a ON a.id = h.agent_id';
  const ofAll = database.query<ChangeRow>(
    `SELECT ${columns} FROM ${source} WHERE h.customer_id = $customerId AND (h.at, h.row) < ($at, $row)
     ORDER BY h.at DESC, h.row DESC LIMIT $limit`,
  );
  const ofField = database.query<ChangeRow>(
    `SELECT ${columns} FROM ${source} WHERE h.customer_id = $customerId AND h.field = $field
       AND (h.at, h.row) < ($at, $row) ORDER BY h.at DESC, h.row DESC LIMIT $limit`,
  );
  const one = database.query<ChangeRow>(
    `SELECT ${columns} FROM ${source} WHERE h.customer_id = ? AND h.row = ?`,
  );

  const handlers: SubjectHandlers<'record'> = {
    changes({ customerId, field, cursor, limit }) {
      store.find(customerId);
      const position = cursor ? positionFrom('changes', 'number', cursor) : null;
      const bounds = {
        customerId,
        at: Number(position?.key ?? Number.MAX_SAFE_INTEGER),
        row: position?.row ?? 0,
        limit: limit + 1,
      };
      const rows = field === undefined ? ofAll.all(bounds) : ofField.all({ ...bounds, field });
      const shown = rows.slice(0, limit);
      const last = shown.at(-1);
      const more = rows.length > limit && last;
      return {
        changes: shown.map(changeFrom),
        next: more ? cursorFrom('changes', { key: last.at, row: last.row }) : null,
      };
    },
    setBack({ customerId, row, to }) {
      const found = one.get(customerId, row);
      if (!found) throw new Refusal('NOT_FOUND', { what: 'change', id: String(row) });
      const value: unknown = JSON.parse(to === 'before' ? found.before_json : found.after_json);
      const changes = changesFrom(found.field, value);
      // What was valid once need not be valid now: it is checked like anything that is entered.
      const checked = customerChanges.safeParse(changes);
      if (!checked.success) throw badInput(['row'], 'noLongerFits');
      const customer = store.update(customerId, checked.data);
      publish({ type: 'customers.changed', customerId });
      return customer;
    },
  };
  return { handlers };
}

function changesFrom(field: string, value: unknown): Record<string, unknown> {
  const custom = /^custom\.(.+)$/.exec(field)?.[1];
  return custom === undefined ? { [field]: value } : { custom: { [custom]: value } };
}

function changeFrom(row: ChangeRow): FieldChange {
  return {
    row: row.row,
    field: row.field,
    before: JSON.parse(row.before_json) as FieldChange['before'],
    after: JSON.parse(row.after_json) as FieldChange['after'],
    at: row.at,
    agentName: row.agent_name,
    source: row.source,
    mergedFrom: row.merged_from,
  };
}
