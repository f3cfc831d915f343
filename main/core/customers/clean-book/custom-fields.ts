import type { CustomField } from '../../../../preload/contract/clean-book.ts';
import type { CoreEvent } from '../../../../preload/contract/contract.ts';
import type { SubjectHandlers } from '../../connection/handlers.ts';
import type { DeskDatabase } from '../../database/desk-database.ts';
import { badInput } from '../../refusal.ts';
import type { BulkEdit } from './bulk-edit.ts';
import type { CustomFieldStore } from './custom-field-store.ts';

interface FieldsDependencies {
  database: DeskDatabase;
  fields: CustomFieldStore;
  bulk: BulkEdit;
  publish: (event: CoreEvent) => void;
}

/** Rows looked at in one step of a purge; the records are not indexed by their custom values. */
const STEP = 2_000;

/** Defining, removing and purging fields of the organisation's own. */
export function createCustomFields({ database, fields, bulk, publish }: FieldsDependencies) {
  const holders = {
    customer: database.query<{ row: number; id: string; has: number }>(
      `SELECT row, id, json_extract(custom_json, $path) IS NOT NULL AS has FROM customers
       WHERE row > $after ORDER BY row LIMIT ${STEP}`,
    ),
    organisation: database.query<{ id: string; has: number }>(
      `SELECT id, json_extract(custom_json, $path) IS NOT NULL AS has FROM organisations
       WHERE id > $after ORDER BY id LIMIT ${STEP}`,
    ),
  };
  const takeOut = {
    customer: database.query(
      'UPDATE customers SET custom_json = json_remove(custom_json, $path) WHERE id = $id',
    ),
    organisation: database.query(
      'UPDATE organisations SET custom_json = json_remove(custom_json, $path) WHERE id = $id',
    ),
  };
  const forgetHistory = database.query(
    'DELETE FROM customer_changes WHERE customer_id = ? AND field = ?',
  );
  const historyOf = database.query<{ row: number; customer_id: string; field: string }>(
    `SELECT row, customer_id, field FROM customer_changes WHERE row > ? ORDER BY row LIMIT ${STEP}`,
  );

  function changed(): void {
    publish({ type: 'settings.changed' });
    publish({ type: 'customers.changed', customerId: null });
  }

  /** Names the next records that hold a value; looks at a bounded number of rows each time. */
  function walk(appliesTo: CustomField['appliesTo'], path: string) {
    let row: number | string = appliesTo === 'customer' ? 0 : '';
    return (): string[] => {
      for (;;) {
        const rows: { row?: number; id: string; has: number }[] =
          appliesTo === 'customer'
            ? holders.customer.all({ path, after: row })
            : holders.organisation.all({ path, after: row });
        const last = rows.at(-1);
        if (!last) return [];
        row = last.row ?? last.id;
        const ids = rows.filter(({ has }) => has === 1).map(({ id }) => id);
        if (ids.length > 0) return ids;
      }
    };
  }

  /** Records whose history names the field although they hold no value of it any more. */
  function walkHistory(field: string) {
    let row = 0;
    return (): string[] => {
      for (;;) {
        const rows = historyOf.all(row);
        const last = rows.at(-1);
        if (!last) return [];
        row = last.row;
        const ids = rows.filter((each) => each.field === field).map((each) => each.customer_id);
        if (ids.length > 0) return [...new Set(ids)];
      }
    };
  }

  const handlers: SubjectHandlers<'fields'> = {
    list: () => fields.list(),
    create(input) {
      if (input.kind === 'choice' && input.choices.length === 0) {
        throw badInput(['choices'], 'choicesMissing');
      }
      const field = fields.create(input);
      changed();
      return field;
    },
    change({ fieldId, ...changes }) {
      if (changes.choices?.length === 0) throw badInput(['choices'], 'choicesMissing');
      const field = fields.change(fieldId, changes);
      changed();
      return field;
    },
    move({ fieldId, by }) {
      fields.move(fieldId, by);
      changed();
      return fields.list();
    },
    remove({ fieldId }) {
      const field = fields.setRemoved(fieldId, true);
      changed();
      return field;
    },
    restore({ fieldId }) {
      const field = fields.setRemoved(fieldId, false);
      changed();
      return field;
    },
    async purge({ fieldId }) {
      const { key, appliesTo, removedAt } = fields.one(fieldId);
      if (removedAt === null) throw badInput(['fieldId'], 'fieldInUse');
      const path = `$.${key}`;
      const records = await bulk.edit(walk(appliesTo, path), (id) =>
        takeOut[appliesTo].run({ path, id }),
      );
      if (appliesTo === 'customer') {
        const field = `custom.${key}`;
        await bulk.edit(walkHistory(field), (id) => forgetHistory.run(id, field));
      }
      fields.forgetWords(fieldId);
      changed();
      return { records };
    },
  };
  return { handlers };
}
