import type { TagWork } from '../../../../preload/contract/clean-book.ts';
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
  /** Monotonic milliseconds. */
  ticks?: () => number;
}

/** How often progress is told, ms. */
const TELL_EVERY_MS = 150;

/** Tags of customers, known by what customers have: renamed, brought together and deleted everywhere. */
export function createTags(dependencies: TagsDependencies) {
  const { database, store, bulk, publish, ticks = () => performance.now() } = dependencies;
  const mostUsed = database.query<{ tag: string; customers: number }>(
    'SELECT tag, customers FROM tag_counts ORDER BY customers DESC, tag LIMIT 5000',
  );
  const tagged = database.query<{ customer_id: string }>(
    'SELECT customer_id FROM customer_tags WHERE tag = ? LIMIT ?',
  );

  const carriers = database.query<{ customers: number }>(
    'SELECT customers FROM tag_counts WHERE tag = ?',
  );
  let work: TagWork | null = null;
  let ended: Promise<void> = Promise.resolve();
  let told = 0;

  function tell(change: Partial<TagWork>, atLeastMs = 0): void {
    if (work === null) return;
    work = { ...work, ...change };
    if (ticks() - told < atLeastMs) return;
    told = ticks();
    publish({ type: 'tags.changed' });
  }

  /** In the background: a large book takes its time, and a call goes before. */
  function replaceEverywhere(tag: string, to: string | null): TagWork {
    bulk.requireIdle();
    const total = carriers.get(tag)?.customers ?? 0;
    work = { tag, to, state: 'running', done: 0, total };
    ended = bulk
      .edit(
        (limit) => tagged.all(tag, limit).map(({ customer_id }) => customer_id),
        (customerId) => {
          const { tags } = store.find(customerId);
          const replaced = tags.flatMap((each) =>
            each === tag ? (to === null ? [] : [to]) : each,
          );
          store.update(customerId, { tags: [...new Set(replaced)] });
        },
        (done) => tell({ done }, TELL_EVERY_MS),
      )
      .then(
        (done) => {
          const whole = tagged.all(tag, 1).length === 0;
          tell({ done, state: whole ? 'done' : 'stopped' });
        },
        () => tell({ state: 'failed' }),
      )
      .then(() => publish({ type: 'customers.changed', customerId: null }));
    return work;
  }

  const handlers: SubjectHandlers<'tags'> = {
    list({ text, limit }) {
      const begins = foldText(text);
      return mostUsed
        .all()
        .filter(({ tag }) => begins === '' || foldText(tag).startsWith(begins))
        .slice(0, limit);
    },
    rename: ({ from, to }) => (from === to ? work : replaceEverywhere(from, to)),
    remove: ({ tag }) => replaceEverywhere(tag, null),
    work: () => work,
    async stop() {
      if (work?.state === 'running') {
        await bulk.cancel();
        await ended;
      }
      return work;
    },
  };
  return {
    handlers,
    /** Settles when no tag is being changed. */
    finished: (): Promise<void> => ended,
  };
}
