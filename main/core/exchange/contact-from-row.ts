// What a row says about something that happened: an order, a call, a visit. Rules only.
import type { ImportKind } from '../../../preload/contract/exchange-words.ts';
import type {
  ContactKind,
  Direction,
  Emotion,
  Outcome,
} from '../../../preload/contract/vocabulary.ts';
import { emailsOf, numbersOf, type ReadingContext } from './customer-from-row.ts';
import { dateFrom, instantOf, timeOfDay } from './dates.ts';
import { Rejection, type RowValues } from './row-values.ts';
import {
  amountFrom,
  currencyFrom,
  directionFrom,
  feelingFrom,
  kindFrom,
  outcomeFrom,
} from './value-words.ts';

export interface ContactDraft {
  /** By what the customer is found. */
  customer: { externalId: string | null; numbers: string[]; emails: string[]; name: string | null };
  kind: ContactKind;
  externalId: string | null;
  at: number;
  direction: Direction | null;
  subject: string | null;
  note: string | null;
  outcome: Outcome | null;
  feeling: Emotion | null;
  amountCents: number | null;
  /** Null where the row names none: then it is the desk's. */
  currency: string | null;
}

const ORDER_KINDS: readonly ContactKind[] = ['order', 'delivery', 'complaint'];

/** Throws a Rejection. */
export function contactFromRow(
  values: RowValues,
  kind: Exclude<ImportKind, 'customers'>,
  context: ReadingContext,
): ContactDraft {
  const customer = {
    externalId: values.text('externalId'),
    numbers: numbersOf(values, null, context.home),
    emails: emailsOf(values),
    name: values.text('name') ?? joined(values.text('firstName'), values.text('lastName')),
  };
  if (customer.externalId === null && customer.numbers.length + customer.emails.length === 0) {
    throw new Rejection('customerMissing', 'externalId');
  }
  const amount = amountOf(values);
  return {
    customer,
    kind: contactKindOf(values, kind),
    externalId: values.text('contactExternalId'),
    at: instantIn(values, context),
    direction: wordIn(values.text('direction'), directionFrom, 'valueMalformed', 'direction'),
    subject: values.text('subject'),
    note: values.longText('note', 20_000),
    outcome: wordIn(values.text('outcome'), outcomeFrom, 'outcomeUnknown', 'outcome'),
    feeling: wordIn(values.text('feeling'), feelingFrom, 'feelingUnknown', 'feeling'),
    amountCents: amount?.cents ?? null,
    currency: amount?.currency ?? null,
  };
}

function joined(first: string | null, last: string | null): string | null {
  return first === null || last === null ? (first ?? last) : `${first} ${last}`;
}

function contactKindOf(values: RowValues, kind: 'orders' | 'contacts'): ContactKind {
  const text = values.text('contactKind');
  if (text === null) return kind === 'orders' ? 'order' : 'note';
  const found = kindFrom(text);
  if (found === null || (kind === 'orders' && !ORDER_KINDS.includes(found))) {
    throw new Rejection('kindUnknown', 'contactKind');
  }
  return found;
}

function instantIn(values: RowValues, { zone, dayFirst }: ReadingContext): number {
  const text = values.text('at');
  if (text === null) throw new Rejection('dateMissing', 'at');
  const date = dateFrom(text, dayFirst);
  if (!date) throw new Rejection('dateMalformed', 'at');
  const timeText = date.time === null ? values.text('time') : null;
  const time = timeText === null ? date.time : timeOfDay(timeText);
  if (Number.isNaN(time) || (timeText !== null && time === null))
    throw new Rejection('dateMalformed', 'time');
  const at = instantOf({ ...date, time }, zone);
  if (at < 0) throw new Rejection('dateMalformed', 'at');
  return at;
}

function amountOf(values: RowValues): { cents: number; currency: string | null } | null {
  const text = values.text('amount');
  const named = values.text('currency');
  if (text === null) return null;
  const amount = amountFrom(text);
  if (!amount) throw new Rejection('amountMalformed', 'amount');
  const currency = named === null ? amount.currency : currencyFrom(named);
  if (named !== null && currency === null) throw new Rejection('valueMalformed', 'currency');
  return { cents: amount.cents, currency };
}

function wordIn<Value>(
  text: string | null,
  from: (text: string) => Value | null,
  reason: 'valueMalformed' | 'outcomeUnknown' | 'feelingUnknown',
  field: string,
): Value | null {
  if (text === null) return null;
  const value = from(text);
  if (value === null) throw new Rejection(reason, field);
  return value;
}
