import type {
  Customer,
  CustomerHit,
  CustomerPromise,
  CustomValues,
} from '../../../preload/contract/customers.ts';
import type { Emotion, Origin } from '../../../preload/contract/vocabulary.ts';

export interface CustomerRow {
  row: number;
  id: string;
  name: string;
  company: string | null;
  city: string | null;
  emails_json: string;
  tags_json: string;
  preferred_time: string | null;
  customer_since: number | null;
  street: string | null;
  postal_code: string | null;
  country: string | null;
  external_id: string | null;
  organisation_id: string | null;
  household_id: string | null;
  custom_json: string;
  origin: Origin;
}

export interface NumberRow {
  id: string;
  raw: string;
  e164: string | null;
  label: string | null;
  confirmed_at: number | null;
}

export function customerFrom(row: CustomerRow, numbers: readonly NumberRow[]): Customer {
  return {
    id: row.id,
    name: row.name,
    company: row.company,
    street: row.street,
    postalCode: row.postal_code,
    city: row.city,
    country: row.country,
    emails: JSON.parse(row.emails_json) as string[],
    numbers: numbers.map(({ id, raw, e164, label, confirmed_at }) => ({
      id,
      raw,
      e164,
      label,
      confirmedAt: confirmed_at,
    })),
    tags: JSON.parse(row.tags_json) as string[],
    preferredTime: row.preferred_time,
    customerSince: row.customer_since,
    externalId: row.external_id,
    organisationId: row.organisation_id,
    householdId: row.household_id,
    custom: JSON.parse(row.custom_json) as CustomValues,
    origin: row.origin,
  };
}

export interface HitRow {
  row: number;
  id: string;
  name: string;
  company: string | null;
  city: string | null;
  number: string | null;
  last_contact_at: number | null;
  last_emotion: Emotion | null;
}

/** A customer as lists show it: first number, last contact, last feeling. */
export const HIT_COLUMNS = `u.row, u.id, u.name, u.company, u.city,
  (SELECT n.raw FROM customer_numbers n WHERE n.customer_id = u.id ORDER BY n.position LIMIT 1) AS number,
  s.last_contact_at, s.last_emotion`;
export const HIT_TABLES = 'customers u LEFT JOIN customer_summary s ON s.customer_id = u.id';

export function customerHitFrom(row: HitRow): CustomerHit {
  return {
    id: row.id,
    name: row.name,
    company: row.company,
    city: row.city,
    number: row.number,
    lastContactAt: row.last_contact_at,
    lastFeeling: row.last_emotion,
  };
}

export interface PromiseRow {
  id: string;
  customer_id: string | null;
  customer_name: string | null;
  text: string;
  due_at: number;
  owner_id: string;
  owner_name: string | null;
  author_name: string | null;
  made_at: number;
  state: CustomerPromise['state'];
  settled_at: number | null;
  contact_id: string | null;
}

export const PROMISE_SELECT = `SELECT p.id, p.customer_id, u.name AS customer_name, p.text, p.due_at, p.owner_id,
  o.name AS owner_name, a.name AS author_name, p.made_at, p.state, p.settled_at, p.contact_id
FROM promises p
LEFT JOIN customers u ON u.id = p.customer_id
LEFT JOIN agents o ON o.id = p.owner_id
LEFT JOIN agents a ON a.id = p.agent_id`;

export function promiseFrom(row: PromiseRow): CustomerPromise {
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
