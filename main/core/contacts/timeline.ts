import type {
  ContactEntry,
  TimelineChoice,
  TimelineEntry,
} from '../../../preload/contract/customers.ts';
import type { DealState, Origin, WorkState } from '../../../preload/contract/vocabulary.ts';
import type { DeskDatabase, SqlValue } from '../database/desk-database.ts';
import { Refusal } from '../refusal.ts';
import { cursorParts, invalidCursor } from './keyset-cursor.ts';
import { RANK, type TimelineKey, timelineKeys } from './timeline-keys.ts';
import { TIMELINE_SELECT, type TimelineRow, timelineEntryFrom } from './timeline-rows.ts';

export interface TimelinePage {
  entries: TimelineEntry[];
  next: string | null;
}

export interface TimelineWindow {
  entries: TimelineEntry[];
  total: number;
}

interface HeadRow {
  id: string;
  customer_id: string | null;
  at: number;
  agent_name: string | null;
  matter_id: string | null;
  matter_title: string | null;
  origin: Origin;
}

interface DealRow extends HeadRow {
  title: string | null;
  state: DealState;
  value_cents: number | null;
  currency: string;
  lost_reason: string | null;
}

interface PromiseRow extends HeadRow {
  text: string;
  due_at: number;
  state: 'open' | 'kept' | 'cancelled';
}

interface WorkRow extends HeadRow {
  kind: 'callback' | 'voicemail';
  note: string | null;
  due_at: number | null;
  state: WorkState;
  result: string | null;
  audio_type: string | null;
  audio_bytes: number | null;
}

const BY_NEWEST = 'ORDER BY at DESC, rank DESC, row DESC, id DESC';
const HEAD = `x.id, x.customer_id, a.name AS agent_name, x.origin`;

/** What happened with a customer, newest first: page by page, or from any place on. */
export function timelineReader(database: DeskDatabase) {
  const contacts = database.query<TimelineRow>(
    `${TIMELINE_SELECT} WHERE c.row IN (SELECT value FROM json_each(?))`,
  );
  const deals = database.query<DealRow>(
    `SELECT ${HEAD}, coalesce(x.decided_at, x.created_at) AS at, x.matter_id, m.title AS matter_title,
       x.title, x.state, x.value_cents, x.currency, x.lost_reason
     FROM deals x LEFT JOIN agents a ON a.id = x.agent_id LEFT JOIN matters m ON m.id = x.matter_id
     WHERE x.id IN (SELECT value FROM json_each(?))`,
  );
  const promises = database.query<PromiseRow>(
    `SELECT ${HEAD}, x.made_at AS at, x.matter_id, m.title AS matter_title, x.text, x.due_at, x.state
     FROM promises x LEFT JOIN agents a ON a.id = x.agent_id LEFT JOIN matters m ON m.id = x.matter_id
     WHERE x.id IN (SELECT value FROM json_each(?))`,
  );
  const works = database.query<WorkRow>(
    `SELECT ${HEAD}, x.at, NULL AS matter_id, NULL AS matter_title, x.kind, x.note, x.due_at, x.state,
       x.result, x.audio_type, x.audio_bytes
     FROM work_items x LEFT JOIN agents a ON a.id = x.agent_id
     WHERE x.id IN (SELECT value FROM json_each(?))`,
  );
  const place = database.query<{ at: number; row: number }>(
    'SELECT at, row FROM contacts WHERE id = ? AND customer_id = ?',
  );
  const matters = database.query<{
    id: string;
    title: string;
    openedAt: number;
    closedAt: number | null;
    entries: number;
    lastAt: number | null;
  }>(
    `SELECT m.id, m.title, m.opened_at AS openedAt, m.closed_at AS closedAt, count(c.row) AS entries,
       max(c.at) AS lastAt
     FROM matters m LEFT JOIN contacts c ON c.matter_id = m.id AND c.customer_id = m.customer_id
     WHERE m.customer_id = ? GROUP BY m.id
     ORDER BY coalesce(max(c.at), m.opened_at) DESC, m.id DESC LIMIT 500`,
  );

  function keysOf(choice: TimelineChoice, where: string, tail: string, values: SqlValue[]) {
    const keys = timelineKeys(choice);
    return database
      .query<TimelineKey>(`SELECT * FROM (${keys.sql}) ${where} ${BY_NEWEST} ${tail}`)
      .all(...keys.values, ...values);
  }

  function countOf(choice: TimelineChoice, where: string, values: SqlValue[]): number {
    const keys = timelineKeys(choice);
    const count = `SELECT count(*) AS n FROM (${keys.sql}) ${where}`;
    return database.query<{ n: number }>(count).get(...keys.values, ...values)?.n ?? 0;
  }

  function entriesOf(keys: readonly TimelineKey[]): TimelineEntry[] {
    const found = new Map<string, TimelineEntry>();
    const of = (rank: number) => keys.filter((key) => key.rank === rank);
    const ids = (rank: number) => JSON.stringify(of(rank).map(({ id }) => id));
    for (const row of contacts.all(JSON.stringify(of(RANK.contact).map(({ row: one }) => one))))
      found.set(`${RANK.contact} ${row.row}`, timelineEntryFrom(row));
    if (of(RANK.deal).length > 0)
      for (const row of deals.all(ids(RANK.deal))) found.set(row.id, dealFrom(row));
    if (of(RANK.promise).length > 0)
      for (const row of promises.all(ids(RANK.promise))) found.set(row.id, promiseFrom(row));
    if (of(RANK.work).length > 0)
      for (const row of works.all(ids(RANK.work))) found.set(row.id, workFrom(row));
    return keys.flatMap((key) => {
      const entry = found.get(key.id === '' ? `${RANK.contact} ${key.row}` : key.id);
      return entry ? [entry] : [];
    });
  }

  return {
    /** At most `limit` entries behind the cursor; refused with BAD_INPUT when it is not a timeline's. */
    page(choice: TimelineChoice, cursor: string | undefined, limit: number): TimelinePage {
      const after = cursor === undefined ? null : keyFrom(cursor);
      const keys = after
        ? keysOf(choice, 'WHERE (at, rank, row, id) < (?, ?, ?, ?)', 'LIMIT ?', [
            ...[after.at, after.rank, after.row, after.id],
            limit + 1,
          ])
        : keysOf(choice, '', 'LIMIT ?', [limit + 1]);
      const shown = keys.slice(0, limit);
      const last = shown.at(-1);
      return {
        entries: entriesOf(shown),
        next: keys.length > limit && last ? cursorOf(last) : null,
      };
    },

    window(choice: TimelineChoice, offset: number, limit: number): TimelineWindow {
      return {
        entries: entriesOf(keysOf(choice, '', 'LIMIT ? OFFSET ?', [limit, offset])),
        total: countOf(choice, '', []),
      };
    },

    /** How many entries come before the first one that is not newer than `until`. */
    placeOfInstant: (choice: TimelineChoice, until: number): number =>
      countOf(choice, 'WHERE at > ?', [until]),

    /** How many entries come before that contact; refused with NOT_FOUND when it is not the customer's. */
    placeOfContact(choice: TimelineChoice, contactId: string): number {
      const found = place.get(contactId, choice.customerId);
      if (!found) throw new Refusal('NOT_FOUND', { what: 'contact', id: contactId });
      return countOf(choice, "WHERE (at, rank, row, id) > (?, ?, ?, '')", [
        ...[found.at, RANK.contact, found.row],
      ]);
    },

    matters(customerId: string) {
      return {
        matters: matters.all(customerId),
        loose: countOf({ customerId, only: [], matterId: null }, '', []),
      };
    },
  };
}

/** A key as opaque text. */
function cursorOf({ at, rank, row, id }: TimelineKey): string {
  return Buffer.from(JSON.stringify(['timeline', at, rank, row, id])).toString('base64url');
}

function keyFrom(cursor: string): TimelineKey {
  const parts = cursorParts(cursor);
  if (Array.isArray(parts) && parts.length === 5 && parts[0] === 'timeline') {
    const [, at, rank, row, id] = parts as unknown[];
    const whole = (value: unknown): value is number => Number.isSafeInteger(value);
    if (whole(at) && whole(rank) && whole(row) && typeof id === 'string')
      return { at, rank, row, id };
  }
  throw invalidCursor();
}

function headOf(
  row: HeadRow,
): Pick<
  ContactEntry,
  'id' | 'customerId' | 'at' | 'agentName' | 'matterId' | 'matterTitle' | 'origin'
> {
  return {
    id: row.id,
    customerId: row.customer_id,
    at: row.at,
    agentName: row.agent_name,
    matterId: row.matter_id,
    matterTitle: row.matter_title,
    origin: row.origin,
  };
}

function dealFrom(row: DealRow): TimelineEntry {
  return {
    ...headOf(row),
    type: 'deal',
    title: row.title,
    state: row.state,
    valueCents: row.value_cents,
    currency: row.currency,
    lostReason: row.lost_reason,
  };
}

function promiseFrom(row: PromiseRow): TimelineEntry {
  const { text, due_at, state } = row;
  return { ...headOf(row), type: 'promise', text, dueAt: due_at, state };
}

function workFrom(row: WorkRow): TimelineEntry {
  const { kind, note, state, result, audio_type, audio_bytes } = row;
  return {
    ...headOf(row),
    ...{ type: 'work', workId: row.id, kind, note, dueAt: row.due_at, state, result },
    audio: audio_type === null ? null : { type: audio_type, bytes: audio_bytes ?? 0 },
  };
}
