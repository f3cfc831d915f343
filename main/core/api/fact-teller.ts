// Turns facts of the desk into events for webhooks, within the transaction of the fact.
import type { WrapUpDraft } from '../../../preload/contract/wrap-ups.ts';
import type { Direction, EndCause, LegKind, Origin } from '../../../preload/contract/vocabulary.ts';
import type { Webhooks } from './webhooks/webhooks.ts';

/** A call as it is stored. */
interface StoredCall {
  call_id: string;
  contact_id: string;
  customer_id: string | null;
  leg_kind: LegKind;
  direction: Direction;
  remote_number: string | null;
  remote_anonymous: number;
  e164: string | null;
  called_number: string | null;
  queue: string | null;
  started_at: number;
  answered_at: number | null;
  ended_at: number | null;
  talk_ms: number;
  hold_ms: number;
  cause: EndCause | null;
  origin: Origin;
}

interface SavedContact {
  contactId: string;
  callId: string;
  customerId: string | null;
  origin: Origin;
}

type RecordChange = 'created' | 'updated' | 'merged' | 'erased';

export function factTeller(webhooks: Pick<Webhooks, 'tell' | 'customerOf'>) {
  const { tell, customerOf } = webhooks;

  return {
    callTurned(what: 'ringing' | 'ended', call: StoredCall): void {
      const { customer_id: customerId, origin } = call;
      const anonymous = call.remote_anonymous === 1;
      const head = {
        callId: call.call_id,
        contactId: call.contact_id,
        legKind: call.leg_kind,
        direction: call.direction,
        number: anonymous ? null : call.remote_number,
        e164: anonymous ? null : call.e164,
        calledNumber: call.called_number,
        queue: call.queue,
        customer: customerOf(customerId),
        startedAt: call.started_at,
        origin,
      };
      if (what === 'ringing') tell('call.ringing', head, { customerId, origin });
      if (what === 'ended' && call.ended_at !== null) {
        const ended = {
          ...head,
          answeredAt: call.answered_at,
          endedAt: call.ended_at,
          talkMs: call.talk_ms,
          holdMs: call.hold_ms,
          cause: call.cause ?? 'failed',
        };
        tell('call.ended', ended, { customerId, origin });
      }
    },

    wrapUpSaved(draft: WrapUpDraft, { contactId, callId, customerId, origin }: SavedContact): void {
      const { outcome, end, peak, expectation, promise, deal } = draft;
      const data = {
        ...{
          callId,
          contactId,
          customer: customerOf(customerId),
          outcome,
          peak,
          expectation,
          origin,
        },
        end: end === 'unknown' ? null : end,
        promise: promise?.dueAt == null ? null : { dueAt: promise.dueAt },
        deal: deal && { state: deal.state, valueCents: deal.valueCents },
      };
      tell('wrapup.saved', data, { customerId, origin });
    },

    /** Of one who is merged away or erased only the id is told: the delivery must outlive the record. */
    customerChanged(customerId: string, change: RecordChange, mergedInto?: string): void {
      const gone = change === 'erased' || change === 'merged';
      const customer = gone ? null : customerOf(customerId);
      const whose = { customerId: gone ? null : customerId, origin: null };
      const into = mergedInto === undefined ? {} : { mergedInto };
      tell('customer.changed', { change, customerId, customer, ...into }, whose);
    },
  };
}
