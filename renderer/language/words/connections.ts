import type { I18n, MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type {
  ApiScope,
  Delivery,
  DeliveryProblem,
  Webhook,
  WebhookEvent,
} from '../../../preload/contract/api.ts';

const SCOPES: Record<ApiScope, MessageDescriptor> = {
  'customers:read': msg`Read customers and their timelines`,
  'customers:write': msg`Enter and change customers and entries`,
  'calls:read': msg`See calls`,
  'calls:dial': msg`Dial`,
  imports: msg`Bring in files`,
  rights: msg`Erase customers and read everything about one`,
};

/** What a token may do. */
export function scopeInWords(i18n: I18n, scope: ApiScope): string {
  return i18n._(SCOPES[scope]);
}

const EVENTS: Record<WebhookEvent, MessageDescriptor> = {
  'call.ringing': msg`A call rings`,
  'call.ended': msg`A call has ended`,
  'wrapup.saved': msg`A result was saved`,
  'customer.changed': msg`A customer was changed`,
  'promise.due': msg`A promise is due`,
};

export function webhookEventInWords(i18n: I18n, type: Delivery['type']): string {
  return type === 'test' ? i18n._(msg`Test`) : i18n._(EVENTS[type]);
}

const PROBLEMS: Record<DeliveryProblem, MessageDescriptor> = {
  status: msg`the receiver refused it`,
  redirect: msg`the receiver points elsewhere; enter the final address`,
  unreachable: msg`the receiver cannot be reached`,
  timeout: msg`no answer within 10 seconds`,
  tls: msg`the receiver’s certificate is not valid`,
  nameUnknown: msg`the receiver’s name is unknown`,
  targetRefused: msg`private addresses are not allowed`,
  answerTooLarge: msg`the receiver’s answer is too large`,
};

/** Why a delivery did not arrive, with the receiver's status where there is one. */
export function deliveryProblemInWords(
  i18n: I18n,
  { problem, status }: Pick<Delivery, 'problem' | 'status'>,
): string | null {
  if (problem === null) return null;
  const words = i18n._(PROBLEMS[problem]);
  return status === null ? words : `${words} (${status})`;
}

const STATES: Record<Delivery['state'], MessageDescriptor> = {
  waiting: msg`waits`,
  delivered: msg`delivered`,
  failed: msg`failed`,
};

export function deliveryStateInWords(i18n: I18n, state: Delivery['state']): string {
  return i18n._(STATES[state]);
}

const PAUSES: Record<NonNullable<Webhook['pausedReason']>, MessageDescriptor> = {
  agent: msg`Paused by you.`,
  failing: msg`Paused: nothing arrived for a whole day. Check the address, then resume.`,
  gone: msg`Paused: the receiver says that it is no longer there.`,
  tooManyWaiting: msg`Paused: too much was waiting. Check the receiver, then resume.`,
};

export function pauseInWords(i18n: I18n, reason: NonNullable<Webhook['pausedReason']>): string {
  return i18n._(PAUSES[reason]);
}
