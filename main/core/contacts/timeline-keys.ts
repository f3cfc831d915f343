// Which entries a timeline has, in which order: contacts, and what belongs to no contact. Only keys
// are read here, from indexes, so that a place among ten thousand entries is found without reading them.
import type { TimelineChoice } from '../../../preload/contract/customers.ts';
import type { TimelinePart } from '../../../preload/contract/vocabulary.ts';
import type { SqlValue } from '../database/desk-database.ts';

/** Where an entry stands: newer first; within one instant by rank, then row, then id. */
export interface TimelineKey {
  at: number;
  rank: number;
  row: number;
  /** '' for contacts, whose row names them. */
  id: string;
}

/** Contacts have the highest rank: what hangs on an instant comes after the talk. */
export const RANK = { work: 0, promise: 1, deal: 2, contact: 3 } as const;

const CONTACT_PARTS = ['call', 'note', 'order', 'delivery', 'complaint', 'email', 'visit'] as const;
type ContactPart = (typeof CONTACT_PARTS)[number];

const isContactPart = (part: TimelinePart): part is ContactPart =>
  (CONTACT_PARTS as readonly TimelinePart[]).includes(part);

interface KeysQuery {
  /** A SELECT of at, rank, row and id, without order. */
  sql: string;
  values: SqlValue[];
}

/** The keys of a choice. With several parts an entry fits that is one of them or carries one. */
export function timelineKeys({ customerId, only, matterId }: TimelineChoice): KeysQuery {
  const sources = [contactKeys(only), dealKeys(only), promiseKeys(only), workKeys(only)].filter(
    (sql) => sql !== null,
  );
  // What has no matter of its own kind cannot be asked by matter.
  const byMatter =
    matterId === undefined
      ? ''
      : matterId === null
        ? ' AND x.matter_id IS NULL'
        : ' AND x.matter_id = ?';
  const values: SqlValue[] = [];
  const sql = sources
    .map((source) => {
      values.push(customerId);
      if (typeof matterId === 'string') values.push(matterId);
      return source.replace('%MATTER%', byMatter);
    })
    .join(' UNION ALL ');
  return { sql, values };
}

function contactKeys(only: readonly TimelinePart[]): string | null {
  const kinds = only.filter(isContactPart);
  const carried = [
    only.includes('deal') &&
      'x.id IN (SELECT contact_id FROM deals WHERE customer_id = x.customer_id UNION ALL SELECT decided_contact_id FROM deals WHERE customer_id = x.customer_id)',
    only.includes('promise') &&
      'x.id IN (SELECT contact_id FROM promises WHERE customer_id = x.customer_id)',
    only.includes('feeling') &&
      'x.id IN (SELECT contact_id FROM feelings WHERE customer_id = x.customer_id)',
  ].filter((sql) => sql !== false);
  const conditions = [
    ...(kinds.length === 0 ? [] : [`x.kind IN (${kinds.map((kind) => `'${kind}'`).join(',')})`]),
    ...carried,
  ];
  if (only.length > 0 && conditions.length === 0) return null;
  const narrowed = conditions.length === 0 ? '' : ` AND (${conditions.join(' OR ')})`;
  return `SELECT x.at AS at, ${RANK.contact} AS rank, x.row AS row, '' AS id FROM contacts x
    WHERE x.customer_id = ?%MATTER%${narrowed}`;
}

function dealKeys(only: readonly TimelinePart[]): string | null {
  if (only.length > 0 && !only.includes('deal')) return null;
  return `SELECT coalesce(x.decided_at, x.created_at) AS at, ${RANK.deal} AS rank, 0 AS row, x.id AS id FROM deals x
    WHERE x.customer_id = ?%MATTER% AND x.contact_id IS NULL AND x.decided_contact_id IS NULL
      AND x.cancelled_at IS NULL`;
}

function promiseKeys(only: readonly TimelinePart[]): string | null {
  if (only.length > 0 && !only.includes('promise')) return null;
  return `SELECT x.made_at AS at, ${RANK.promise} AS rank, 0 AS row, x.id AS id FROM promises x
    WHERE x.customer_id = ?%MATTER% AND x.contact_id IS NULL`;
}

function workKeys(only: readonly TimelinePart[]): string | null {
  const kinds = (['callback', 'voicemail'] as const).filter(
    (kind) => only.length === 0 || only.includes(kind),
  );
  if (kinds.length === 0) return null;
  // Work has no matter: it belongs to what has none.
  return `SELECT x.at AS at, ${RANK.work} AS rank, 0 AS row, x.id AS id FROM (SELECT at, id, kind, customer_id, NULL AS matter_id FROM work_items) x
    WHERE x.customer_id = ?%MATTER% AND x.kind IN (${kinds.map((kind) => `'${kind}'`).join(',')})`;
}
