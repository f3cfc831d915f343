import type { CoreEvent } from '../../../preload/contract/contract.ts';
import type { CustomerList } from '../../../preload/contract/customer-search.ts';
import type { SubjectHandlers } from '../connection/handlers.ts';
import type { DeskDatabase } from '../database/desk-database.ts';
import { Refusal } from '../refusal.ts';
import { foldText } from './folding.ts';

interface SavedSearchesDependencies {
  database: DeskDatabase;
  agentId: () => string;
  now: () => number;
  newId: () => string;
  publish: (event: CoreEvent) => void;
  /** How many customers fit a query. */
  count: (query: string) => number;
}

interface ListRow {
  id: string;
  name: string;
  query: string;
  created_at: number;
}

const MOST_LISTS = 100;

/** Searches that are kept as lists: their members are who fits now. */
export function savedSearches(
  dependencies: SavedSearchesDependencies,
): SubjectHandlers<'customerLists'> {
  const { database, agentId, now, newId, publish, count } = dependencies;
  const columns = 'id, name, query, created_at';
  const all = database.query<ListRow>(
    `SELECT ${columns} FROM lists WHERE query IS NOT NULL ORDER BY created_at LIMIT ${MOST_LISTS}`,
  );
  const one = database.query<ListRow>(
    `SELECT ${columns} FROM lists WHERE id = ? AND query IS NOT NULL`,
  );
  const insert = database.query(
    "INSERT INTO lists (id, name, query, agent_id, created_at, origin) VALUES (?, ?, ?, ?, ?, 'real')",
  );
  const rename = database.query('UPDATE lists SET name = ? WHERE id = ?');
  const remove = database.query('DELETE FROM lists WHERE id = ?');

  function find(id: string): ListRow {
    const row = one.get(id);
    if (!row) throw new Refusal('NOT_FOUND', { what: 'list', id });
    return row;
  }

  function changed(id: string): CustomerList {
    publish({ type: 'customers.changed', customerId: null });
    return listFrom(find(id));
  }

  function listFrom({ id, name, query, created_at }: ListRow): CustomerList {
    return { id, name, query, createdAt: created_at };
  }

  return {
    all: () =>
      all
        .all()
        .map(listFrom)
        .sort((a, b) => (foldText(a.name) < foldText(b.name) ? -1 : 1)),
    save({ name, query }) {
      if (all.all().length >= MOST_LISTS) throw new Refusal('BUSY', { with: 'lists' });
      const id = newId();
      insert.run(id, name, query, agentId(), now());
      return changed(id);
    },
    rename({ listId, name }) {
      find(listId);
      rename.run(name, listId);
      return changed(listId);
    },
    remove({ listId }) {
      find(listId);
      remove.run(listId);
      publish({ type: 'customers.changed', customerId: null });
      return {};
    },
    count: ({ listId }) => ({ count: count(find(listId).query) }),
  };
}
