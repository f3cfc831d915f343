// Webhooks: who is told what. Events are written in the transaction of the fact, so that neither is
// ever without the other, and carried out afterwards.
import type { Delivery, Webhook, WebhookEvent } from '../../../../preload/contract/api.ts';
import type { Origin } from '../../../../preload/contract/vocabulary.ts';
import type { Now, Schedule } from '../../clock.ts';
import type { DeskDatabase } from '../../database/desk-database.ts';
import type { NewId } from '../../ids.ts';
import { badInput, Refusal } from '../../refusal.ts';
import { createDeliveries } from './deliveries.ts';
import type { Send } from './http-sender.ts';
import type { EventData } from './webhook-events.ts';
import { type NewWebhook, webhookStore } from './webhook-store.ts';

interface WebhooksDependencies {
  database: DeskDatabase;
  now: Now;
  newId: NewId;
  random: () => number;
  schedule: Schedule;
  send: Send;
  version: string;
  logKeptMs: () => number;
  countedOrigins: () => readonly Origin[];
  /** http is for private targets, and those only where the policy allows them. */
  allowPrivate: () => boolean;
  changed: () => void;
}

interface DueRow {
  id: string;
  customer_id: string | null;
  text: string;
  due_at: number;
  origin: Origin;
}

/** A receiver that lets so many pile up is told no more. */
const MOST_WAITING = 10_000;
const LOOK_FOR_PROMISES_EVERY_MS = 20_000;
/** A promise that fell due while the desk was closed is told; an old one is history. */
const DUE_WITHIN_MS = 7 * 24 * 3_600_000;
const MOST_WEBHOOKS = 20;

export function createWebhooks(dependencies: WebhooksDependencies) {
  const { database, now, newId, schedule, changed } = dependencies;
  const store = webhookStore(database, newId);
  const deliveries = createDeliveries({ ...dependencies, store });
  const person = database.query<{
    id: string;
    name: string;
    company: string | null;
    externalId: string | null;
  }>('SELECT id, name, company, external_id AS externalId FROM customers WHERE id = ?');
  const fallenDue = database.query<DueRow>(
    `SELECT p.id, p.customer_id, p.text, p.due_at, p.origin FROM promises p
     LEFT JOIN promises_told t ON t.promise_id = p.id AND t.due_at = p.due_at
     WHERE p.state = 'open' AND p.due_at <= ? AND p.due_at > ? AND t.promise_id IS NULL
     ORDER BY p.due_at LIMIT 200`,
  );
  const told = database.query(
    `INSERT INTO promises_told (promise_id, due_at) VALUES (?, ?)
     ON CONFLICT (promise_id) DO UPDATE SET due_at = excluded.due_at`,
  );
  const customerOf = (customerId: string | null) =>
    customerId === null ? null : (person.get(customerId) ?? null);

  function found(webhookId: string): Webhook {
    const webhook = store.find(webhookId);
    if (!webhook) throw new Refusal('NOT_FOUND', { what: 'webhook', id: webhookId });
    return webhook;
  }

  function bodyOf(id: string, type: Delivery['type'], at: number, data: object): string {
    return JSON.stringify({ id, type, at, data });
  }

  /** Part of the caller's transaction. */
  function tell<Type extends WebhookEvent>(
    type: Type,
    data: EventData<Type>,
    { customerId, origin }: { customerId: string | null; origin: Origin | null },
  ): void {
    if (origin !== null && !dependencies.countedOrigins().includes(origin)) return;
    const listeners = store.listeners(type);
    if (listeners.length === 0) return;
    const at = now();
    for (const { id: webhookId, waiting } of listeners) {
      if (waiting >= MOST_WAITING) {
        store.pause(webhookId, 'tooManyWaiting', at);
        continue;
      }
      const id = newId();
      store.insertDelivery(
        webhookId,
        { id, type, at, body: bodyOf(id, type, at, data) },
        customerId,
      );
    }
    database.afterCommit(() => {
      deliveries.wake();
      changed();
    });
  }

  function tellPromises(): void {
    if (store.listeners('promise.due').length === 0) return;
    const at = now();
    const due = fallenDue.all(at, at - DUE_WITHIN_MS);
    if (due.length === 0) return;
    database.transaction(() => {
      for (const { id, customer_id: customerId, text, due_at: dueAt, origin } of due) {
        const customer = customerOf(customerId);
        tell(
          'promise.due',
          { promiseId: id, customer, text, dueAt, origin },
          { customerId, origin },
        );
        told.run(id, dueAt);
      }
    });
  }

  const cancelPromises = schedule.every(LOOK_FOR_PROMISES_EVERY_MS, tellPromises);
  // What was waiting when the desk was closed goes on now.
  const cancelFirst = schedule.after(500, () => {
    deliveries.wake();
    tellPromises();
  });

  return {
    tell,
    /** The customer as events name them. */
    customerOf,
    list: store.list,
    deliveries(input: { webhookId: string; cursor?: string | undefined; limit: number }) {
      found(input.webhookId);
      return store.deliveries(input.webhookId, input.cursor, input.limit);
    },
    /** Answers the secret too; it is shown once. */
    add(input: NewWebhook): { webhook: Webhook; secret: string } {
      if (input.url.startsWith('http:') && !dependencies.allowPrivate()) {
        throw badInput(['url'], 'notHttps');
      }
      if (store.list().length >= MOST_WEBHOOKS) throw badInput(['url'], 'tooMany');
      const { id, secret } = store.insert(input, now());
      changed();
      return { webhook: found(id), secret };
    },
    remove(webhookId: string): void {
      if (!store.remove(webhookId)) found(webhookId);
      changed();
    },
    setState(webhookId: string, state: Webhook['state']): Webhook {
      found(webhookId);
      database.transaction(() => {
        if (state === 'active') store.resume(webhookId, now());
        else store.pause(webhookId, 'agent', now());
      });
      deliveries.wake();
      changed();
      return found(webhookId);
    },
    async test(webhookId: string): Promise<Delivery> {
      found(webhookId);
      const id = newId();
      const at = now();
      const body = bodyOf(id, 'test', at, {});
      // Stored as failed until the outcome is known, so that nothing else takes it up.
      database.transaction(() => {
        store.insertDelivery(webhookId, { id, type: 'test', at, body }, null);
        store.attempted(id, { at, status: null, problem: 'unreachable', nextAt: null });
      });
      const due = { deliveryId: id, type: 'test', at, attempts: 0, body } as const;
      const done = await deliveries.once(webhookId, due);
      if (!done) throw new Refusal('NOT_FOUND', { what: 'webhook', id: webhookId });
      return done;
    },
    stop(): void {
      cancelPromises();
      cancelFirst();
      deliveries.stop();
    },
  };
}
export type Webhooks = ReturnType<typeof createWebhooks>;
