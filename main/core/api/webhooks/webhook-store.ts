import { randomBytes } from 'node:crypto';
import type { Delivery, Webhook, WebhookEvent } from '../../../../preload/contract/api.ts';
import type { DeskDatabase } from '../../database/desk-database.ts';
import type { NewId } from '../../ids.ts';

interface WebhookRow {
  id: string;
  name: string;
  url: string;
  events_json: string;
  secret: string;
  connection_id: string | null;
  created_at: number;
  state: Webhook['state'];
  paused_at: number | null;
  paused_reason: Webhook['pausedReason'];
  waiting: number;
  last_delivered_at: number | null;
}

interface DeliveryRow {
  id: string;
  webhook_id: string;
  type: Delivery['type'];
  at: number;
  body_json: string | null;
  state: Delivery['state'];
  attempts: number;
  next_at: number | null;
  last_at: number | null;
  last_status: number | null;
  last_problem: Delivery['problem'];
}

/** One attempt that is due. */
export interface DueDelivery {
  deliveryId: string;
  type: Delivery['type'];
  at: number;
  attempts: number;
  body: string;
}

export interface NewWebhook {
  name: string;
  url: string;
  events: readonly WebhookEvent[];
  /** Left out, one is made. */
  secret?: string | undefined;
  connectionId?: string | null;
}

export interface Attempted {
  at: number;
  status: number | null;
  problem: Delivery['problem'];
  /** null: it arrived or was given up; the body is forgotten. */
  nextAt: number | null;
}

const WEBHOOK_SELECT = `SELECT w.*,
  (SELECT count(*) FROM webhook_deliveries d WHERE d.webhook_id = w.id AND d.state = 'waiting') AS waiting,
  (SELECT max(d.last_at) FROM webhook_deliveries d WHERE d.webhook_id = w.id AND d.state = 'delivered')
    AS last_delivered_at
FROM webhooks w`;

export function webhookStore(database: DeskDatabase, newId: NewId) {
  const all = database.query<WebhookRow>(`${WEBHOOK_SELECT} ORDER BY w.id`);
  const one = database.query<WebhookRow>(`${WEBHOOK_SELECT} WHERE w.id = ?`);
  const active = database.query<{ id: string; events_json: string; waiting: number }>(
    `SELECT w.id, w.events_json,
       (SELECT count(*) FROM webhook_deliveries d WHERE d.webhook_id = w.id AND d.state = 'waiting') AS waiting
     FROM webhooks w WHERE w.state = 'active'`,
  );
  const insert = database.query(
    `INSERT INTO webhooks (id, name, url, events_json, secret, connection_id, created_at, state)
     VALUES (?, ?, ?, ?, ?, ?, ?, 'active')`,
  );
  const remove = database.query('DELETE FROM webhooks WHERE id = ?');
  const pause = database.query(
    `UPDATE webhooks SET state = 'paused', paused_at = ?, paused_reason = ? WHERE id = ? AND state = 'active'`,
  );
  const resume = database.query(
    `UPDATE webhooks SET state = 'active', paused_at = NULL, paused_reason = NULL WHERE id = ?`,
  );
  const waitNoLonger = database.query(
    `UPDATE webhook_deliveries SET next_at = ? WHERE webhook_id = ? AND state = 'waiting'`,
  );
  const insertDelivery = database.query(
    `INSERT INTO webhook_deliveries (id, webhook_id, type, at, customer_id, body_json, state, next_at)
     VALUES (?, ?, ?, ?, ?, ?, 'waiting', ?)`,
  );
  const oldestDue = database.query<DeliveryRow>(
    `SELECT * FROM webhook_deliveries WHERE webhook_id = ? AND state = 'waiting' AND next_at <= ?
     ORDER BY id LIMIT 1`,
  );
  const nextDue = database.query<{ at: number | null }>(
    `SELECT min(d.next_at) AS at FROM webhook_deliveries d JOIN webhooks w ON w.id = d.webhook_id
     WHERE d.state = 'waiting' AND d.next_at > ? AND w.state = 'active'`,
  );
  const oneDelivery = database.query<DeliveryRow>('SELECT * FROM webhook_deliveries WHERE id = ?');
  const attempted = database.query(
    `UPDATE webhook_deliveries SET attempts = attempts + 1, last_at = $at, last_status = $status,
       last_problem = $problem, next_at = $nextAt, state = $state,
       body_json = CASE WHEN $state = 'waiting' THEN body_json ELSE NULL END
     WHERE id = $id`,
  );
  const page = database.query<DeliveryRow>(
    `SELECT * FROM webhook_deliveries WHERE webhook_id = ? AND id < ? ORDER BY id DESC LIMIT ?`,
  );
  const forget = database.query(
    `DELETE FROM webhook_deliveries WHERE state <> 'waiting' AND at < ?`,
  );
  const deliveredSince = database.query<{ n: number }>(
    `SELECT count(*) AS n FROM webhook_deliveries WHERE webhook_id = ? AND state = 'delivered' AND last_at >= ?`,
  );

  return {
    list: (): Webhook[] => all.all().map(webhookFrom),
    find(id: string): Webhook | null {
      const row = one.get(id);
      return row ? webhookFrom(row) : null;
    },
    /** For sending: where to and what to sign with. */
    target(id: string): { url: string; secret: string } | null {
      const row = one.get(id);
      return row ? { url: row.url, secret: row.secret } : null;
    },
    activeIds: (): string[] => active.all().map(({ id }) => id),
    /** Active webhooks that want to hear of this, and how much waits for each. */
    listeners: (type: WebhookEvent): { id: string; waiting: number }[] =>
      active
        .all()
        .filter(({ events_json }) => (JSON.parse(events_json) as string[]).includes(type)),
    insert({ name, url, events, secret, connectionId }: NewWebhook, at: number) {
      const id = newId();
      const key = secret ?? `whsec_${randomBytes(32).toString('base64url')}`;
      insert.run(id, name, url, JSON.stringify(events), key, connectionId ?? null, at);
      return { id, secret: key };
    },
    remove: (id: string): boolean => remove.run(id).changes > 0,
    pause: (id: string, reason: NonNullable<Webhook['pausedReason']>, at: number): boolean =>
      pause.run(at, reason, id).changes > 0,
    resume(id: string, at: number): void {
      resume.run(id);
      waitNoLonger.run(at, id);
    },
    insertDelivery(
      webhookId: string,
      delivery: { id: string; type: Delivery['type']; at: number; body: string },
      customerId: string | null,
    ): void {
      const { id, type, at, body } = delivery;
      insertDelivery.run(id, webhookId, type, at, customerId, body, at);
    },
    oldestDue(webhookId: string, now: number): DueDelivery | null {
      const row = oldestDue.get(webhookId, now);
      return row?.body_json == null
        ? null
        : {
            deliveryId: row.id,
            type: row.type,
            at: row.at,
            attempts: row.attempts,
            body: row.body_json,
          };
    },
    /** When something is due after `now`; what is due by now is not meant. */
    nextDue: (now: number): number | null => nextDue.get(now)?.at ?? null,
    attempted(id: string, { at, status, problem, nextAt }: Attempted): void {
      const arrived = problem === null;
      const state = nextAt !== null ? 'waiting' : arrived ? 'delivered' : 'failed';
      attempted.run({ id, at, status, problem, nextAt, state });
    },
    delivery(id: string): Delivery | null {
      const row = oneDelivery.get(id);
      return row ? deliveryFrom(row) : null;
    },
    deliveries(webhookId: string, before: string | undefined, limit: number) {
      const rows = page.all(webhookId, before ?? '~', limit + 1);
      const shown = rows.slice(0, limit);
      return {
        rows: shown.map(deliveryFrom),
        next: rows.length > limit ? (shown.at(-1)?.id ?? null) : null,
      };
    },
    forgetBefore: (at: number): void => void forget.run(at),
    arrivedSince: (webhookId: string, at: number): boolean =>
      (deliveredSince.get(webhookId, at)?.n ?? 0) > 0,
  };
}
export type WebhookStore = ReturnType<typeof webhookStore>;

function webhookFrom(row: WebhookRow): Webhook {
  return {
    webhookId: row.id,
    name: row.name,
    url: row.url,
    events: JSON.parse(row.events_json) as WebhookEvent[],
    connectionId: row.connection_id,
    createdAt: row.created_at,
    state: row.state,
    pausedAt: row.paused_at,
    pausedReason: row.paused_reason,
    waiting: row.waiting,
    lastDeliveredAt: row.last_delivered_at,
  };
}

function deliveryFrom(row: DeliveryRow): Delivery {
  return {
    deliveryId: row.id,
    type: row.type,
    at: row.at,
    state: row.state,
    attempts: row.attempts,
    nextAt: row.next_at,
    lastAt: row.last_at,
    status: row.last_status,
    problem: row.last_problem,
  };
}
