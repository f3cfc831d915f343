import type { CoreEvent } from '../../../../preload/contract/contract.ts';
import type { SubjectHandlers } from '../../connection/handlers.ts';
import type { DeskDatabase } from '../../database/desk-database.ts';
import type { CustomerStore } from '../customer-store.ts';
import { foldText } from '../folding.ts';
import type { BulkEdit } from './bulk-edit.ts';

interface TagsDependencies {
  database: DeskDatabase;
  store: CustomerStore;
  bulk: BulkEdit;
  publish: (event: CoreEvent) => void;
}

/** Tags of customers, known by what customers have: renamed, brought together and deleted everywhere. */
export function createTags({ database, store, bulk, publish }: TagsDependencies) {
  const mostUsed = database.query<{ tag: string; customers: number }>(
    'SELECT tag, customers FROM tag_counts ORDER BY customers DESC, tag LIMIT 5000',
  );
  const tagged = database.query<{ customer_id: string }>(
    'SELECT customer_id FROM customer_tags WHERE tag = ? LIMIT ?',
  );

  async function replaceEverywhere(from: string, to: string | null): Promise<number> {
    const count = await bulk.edit(
      (limit) => tagged.all(from, limit).map(({ customer_id }) => customer_id),
      (customerId) => {
        const tags = store.find(customerId).tags;
        const replaced = tags.flatMap((tag) => (tag === from ? (to === null ? [] : [to]) : [tag]));
        store.update(customerId, { tags: [...new Set(replaced)] });
      },
    );
    publish({ type: 'customers.changed', customerId: null });
    return count;
  }

  const handlers: SubjectHandlers<'tags'> = {
    list({ text, limit }) {
      const begins = foldText(text);
      return mostUsed
        .all()
        .filter(({ tag }) => begins === '' || foldText(tag).startsWith(begins))
        .slice(0, limit);
    },
    async rename({ from, to }) {
      return { customers: from === to ? 0 : await replaceEverywhere(from, to) };
    },
    remove: async ({ tag }) => ({ customers: await replaceEverywhere(tag, null) }),
  };
  return { handlers };
}
