import type { CustomerPromise } from '../../../preload/contract/customers.ts';
import type { Origin } from '../../../preload/contract/vocabulary.ts';
import type { Now } from '../clock.ts';
import type { SubjectHandlers } from '../connection/handlers.ts';
import { PROMISE_SELECT, type PromiseRow, promiseFrom } from '../customers/customer-rows.ts';
import type { DeskDatabase } from '../database/desk-database.ts';
import type { Publish } from '../events/event-bus.ts';
import type { NewId } from '../ids.ts';
import { Refusal } from '../refusal.ts';

interface PromisesDependencies {
  database: DeskDatabase;
  now: Now;
  newId: NewId;
  publish: Publish;
  /** Who settles promises at this desk. */
  agentId: string;
}

export interface NewPromise {
  customerId: string | null;
  contactId: string | null;
  callId: string | null;
  matterId: string | null;
  authorId: string;
  ownerId: string;
  text: string;
  dueAt: number;
  origin: Origin;
}

/** What was promised to customers. Only an agent settles a promise: no contact does it by itself. */
export function createPromises({ database, now, newId, publish, agentId }: PromisesDependencies) {
  const one = database.query<PromiseRow>(`${PROMISE_SELECT} WHERE p.id = ?`);
  const settle = database.query(
    'UPDATE promises SET state = ?, settled_at = ?, settled_by = ? WHERE id = ?',
  );
  const move = database.query('UPDATE promises SET due_at = ? WHERE id = ?');
  const insert = database.query(
    `INSERT INTO promises (id, customer_id, contact_id, call_id, matter_id, agent_id, owner_id, text, made_at,
       due_at, first_due_at, state, origin)
     VALUES ($id, $customerId, $contactId, $callId, $matterId, $authorId, $ownerId, $text, $madeAt, $dueAt,
       $dueAt, 'open', $origin)`,
  );

  function found(id: string): PromiseRow {
    const row = one.get(id);
    if (!row) throw new Refusal('NOT_FOUND', { what: 'promise', id });
    return row;
  }

  function changed(id: string): CustomerPromise {
    const row = found(id);
    publish({ type: 'waiting.changed' });
    if (row.customer_id !== null)
      publish({ type: 'customers.changed', customerId: row.customer_id });
    return promiseFrom(row);
  }

  const handlers: SubjectHandlers<'promises'> = {
    settle({ promiseId, state }) {
      const before = found(promiseId);
      if (before.state === state) return promiseFrom(before);
      const open = state === 'open';
      settle.run(state, open ? null : now(), open ? null : agentId, promiseId);
      return changed(promiseId);
    },
    move({ promiseId, dueAt }) {
      found(promiseId);
      move.run(dueAt, promiseId);
      return changed(promiseId);
    },
  };

  return {
    handlers,
    /** In the transaction of the wrap-up or entry that it was made in; answers its id. */
    make(promise: NewPromise): string {
      const id = newId();
      insert.run({ ...promise, id, madeAt: now() });
      return id;
    },
  };
}
