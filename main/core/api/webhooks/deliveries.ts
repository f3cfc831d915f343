// Carries deliveries out: at least once, each webhook one at a time, a few webhooks side by side,
// again with growing pauses for a day. Core never waits for any of it.
import type { Delivery } from '../../../../preload/contract/api.ts';
import type { Cancel, Now, Schedule } from '../../clock.ts';
import type { Send } from './http-sender.ts';
import { SIGNATURE_HEADER, signatureOf } from './webhook-events.ts';
import type { DueDelivery, WebhookStore } from './webhook-store.ts';

interface DeliveriesDependencies {
  store: WebhookStore;
  now: Now;
  /** In 0 … 1. */
  random: () => number;
  schedule: Schedule;
  send: Send;
  version: string;
  /** How long arrived and failed deliveries stay in the log, ms. */
  logKeptMs: () => number;
  /** Something about a webhook is to be shown anew. */
  changed: () => void;
}

const AT_ONCE = 4;
const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 3_600_000;
const GIVE_UP_AFTER_MS = 24 * 3_600_000;
const TIDY_EVERY_MS = 6 * 3_600_000;
const GONE = 410;

/** How long to wait after the nth failed attempt: doubling, at most an hour, with half of it by chance. */
export function pauseAfter(attempts: number, random: number): number {
  const full = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.max(0, attempts - 1));
  return Math.round(full / 2 + (full / 2) * random);
}

export function createDeliveries(dependencies: DeliveriesDependencies) {
  const { store, now, random, schedule, send, changed } = dependencies;
  const busy = new Set<string>();
  let stopped = false;
  let cancelNext: Cancel = () => undefined;
  const cancelTidying = schedule.every(TIDY_EVERY_MS, () =>
    store.forgetBefore(now() - dependencies.logKeptMs()),
  );

  function wake(): void {
    if (stopped) return;
    for (const webhookId of store.activeIds()) {
      if (busy.size >= AT_ONCE) break;
      if (busy.has(webhookId)) continue;
      const due = store.oldestDue(webhookId, now());
      if (due) void carryOut(webhookId, due).then(wake, wake);
    }
    cancelNext();
    const next = store.nextDue(now());
    cancelNext = next === null ? () => undefined : schedule.after(Math.max(1, next - now()), wake);
  }

  async function carryOut(webhookId: string, due: DueDelivery): Promise<void> {
    busy.add(webhookId);
    try {
      const sent = await attempt(webhookId, due);
      // The data folder may be closed, or the webhook gone, since the attempt began.
      if (stopped || sent === null) return;
      const at = now();
      const { status, problem } = sent;
      if (problem === null) {
        store.attempted(due.deliveryId, { at, status, problem, nextAt: null });
      } else {
        const over = status === GONE || at - due.at >= GIVE_UP_AFTER_MS;
        const nextAt = over ? null : at + pauseAfter(due.attempts + 1, random());
        store.attempted(due.deliveryId, { at, status, problem, nextAt });
        if (status === GONE) store.pause(webhookId, 'gone', at);
        else if (over && !store.arrivedSince(webhookId, at - GIVE_UP_AFTER_MS)) {
          store.pause(webhookId, 'failing', at);
        }
      }
      changed();
    } finally {
      busy.delete(webhookId);
    }
  }

  async function attempt(
    webhookId: string,
    due: Pick<DueDelivery, 'deliveryId' | 'type' | 'body'>,
  ) {
    const target = store.target(webhookId);
    if (!target) return null;
    return send({
      url: target.url,
      body: due.body,
      headers: {
        'user-agent': `Anklang/${dependencies.version}`,
        'anklang-event': due.type,
        'anklang-delivery': due.deliveryId,
        [SIGNATURE_HEADER.toLowerCase()]: signatureOf(target.secret, due.body, now()),
      },
    });
  }

  return {
    /** Looks for what is due; to be called after something was stored. */
    wake,
    /** One attempt of a stored delivery, whose outcome is final. Answers null when it is gone. */
    async once(webhookId: string, delivery: DueDelivery): Promise<Delivery | null> {
      const sent = await attempt(webhookId, delivery);
      if (stopped || sent === null) return null;
      store.attempted(delivery.deliveryId, { at: now(), ...sent, nextAt: null });
      changed();
      return store.delivery(delivery.deliveryId);
    },
    stop(): void {
      stopped = true;
      cancelNext();
      cancelTidying();
    },
  };
}
