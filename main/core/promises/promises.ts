import type { CustomerPromise } from '../../../preload/contract/customers.ts';
import type { Origin } from '../../../preload/contract/vocabulary.ts';
import type { Now } from '../clock.ts';
import type { SubjectHandlers } from '../connection/handlers.ts';
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

interface PromiseRow {
  id: string;
  customer_id: string | null;
  customer_name: string | null;
  contact_id: string | null;
  text: string;
  due_at: number;
  owner_id: string;
  owner_name: string | null;
  author_name: string | null;
  made_at: number;
  state: CustomerPromise['state'];
  settled_at: number | null;
}

export interface NewPromise {
  customerId: string | null;
  contactId: string;
  callId: string;
  matterId: string | null;
  authorId: string;
  ownerId: string;
  text: string;
  dueAt: number;
  origin: Origin;
}

/** What was promised to customers. Only an agent settles a promise: no contact does it by itself. */
export function createPromises({ database, now, newId, publish, agentId }: PromisesDependencies) {
  const one = database.query<PromiseRow>(
    `SELECT p.id, p.customer_id, c.name AS customer_name, p.contact_id, p.text, p.due_at, p.owner_id,
       o.name AS owner_name, a.name AS author_name, p.made_at, p.state, p.settled_at
     FROM promises p LEFT JOIN customers c ON c.id = p.customer_id
       LEFT JOIN agents o ON o.id = p.owner_id LEFT JOIN agents a ON a.id = p.agent_id
     WHERE p.id = ?`,
  );
  const settle = database.query('UPDATE promises SET state = ?, settled_at = ?, settled_by = ? WHERE id = ?');
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
    if (row.customer_id !== null) publish({ type: 'customers.changed', customerId: row.customer_id });
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
    /** In the transaction of the wrap-up that it was made in. */
    make: (promise: NewPromise): void => void insert.run({ ...promise, id: newId(), madeAt: now() }),
  };
}

function promiseFrom(row: PromiseRow): CustomerPromise {
  return {
    id: row.id,
    customerId: row.customer_id,
    customerName: row.customer_name,
    text: row.text,
    dueAt: row.due_at,
    ownerId: row.owner_id,
    ownerName: row.owner_name ?? '',
    authorName: row.author_name ?? '',
    madeAt: row.made_at,
    state: row.state,
    settledAt: row.settled_at,
    contactId: row.contact_id,
  };
}
