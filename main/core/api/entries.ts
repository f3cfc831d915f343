// What another program adds to a customer's timeline.
import type { Origin } from '../../../preload/contract/vocabulary.ts';
import type { Now } from '../clock.ts';
import type { DeskDatabase } from '../database/desk-database.ts';
import type { NewId } from '../ids.ts';
import type { NewEntry } from './public-shapes.ts';
import type { WorkEntry } from './work-shapes.ts';

interface EntriesDependencies {
  database: DeskDatabase;
  now: Now;
  newId: NewId;
  agentId: string;
  zone: () => string;
  currency: () => string;
  refreshSummary: (customerId: string) => void;
  /** Both in the transaction of the entry; they answer the id of what was stored. */
  makePromise: (promise: {
    customerId: string;
    contactId: null;
    callId: null;
    matterId: null;
    authorId: string;
    ownerId: string;
    text: string;
    dueAt: number;
    origin: Origin;
  }) => string;
  recordDeal: (
    deal: {
      state: 'open' | 'won' | 'lost';
      title: string | null;
      valueCents: number | null;
      lostReason: string | null;
    },
    contact: {
      contactId: null;
      callId: null;
      customerId: string;
      matterId: null;
      agentId: string;
      origin: Origin;
      at: number;
    },
  ) => string;
  /** A callback or voicemail, which waits to be dealt with; answers its id, and tells of it itself. */
  addWork: (customerId: string, entry: WorkEntry) => string;
  /** After the entry is on disk. */
  changed: (customerId: string, what: 'contact' | 'promise' | 'deal') => void;
}

export interface StoredEntry {
  id: string;
  customerId: string;
  kind: NewEntry['kind'];
  at: number;
}

export interface EntryWriter {
  /** Of a customer who is there. */
  add(customerId: string, entry: NewEntry): StoredEntry;
}

type ContactEntry = Exclude<NewEntry, { kind: 'promise' } | { kind: 'deal' } | WorkEntry>;

export function entryWriter(dependencies: EntriesDependencies): EntryWriter {
  const { database, now, newId, agentId } = dependencies;
  const known = database.query<{ id: string; at: number }>(
    'SELECT id, at FROM contacts WHERE external_id = ? AND customer_id = ? AND kind = ?',
  );
  const insert = database.query(
    `INSERT INTO contacts (id, customer_id, kind, direction, at, zone, subject, note, outcome, agent_id, origin,
       external_id, amount_cents, currency)
     VALUES ($id, $customerId, $kind, $direction, $at, $zone, $subject, $note, $outcome, $agentId, 'real',
       $externalId, $amountCents, $currency)`,
  );
  const update = database.query(
    `UPDATE contacts SET direction = $direction, at = $at, subject = $subject, note = $note, outcome = $outcome,
       amount_cents = $amountCents, currency = $currency WHERE id = $id`,
  );

  function writeContact(customerId: string, entry: ContactEntry): StoredEntry {
    const { kind, subject, note, externalId } = entry;
    const before = externalId === null ? undefined : known.get(externalId, customerId, kind);
    const isOrder = entry.kind === 'order' || entry.kind === 'delivery';
    const amountCents = isOrder ? entry.amountCents : null;
    const values = {
      id: before?.id ?? newId(),
      at: entry.at ?? before?.at ?? now(),
      direction: isOrder ? null : entry.direction,
      outcome: isOrder ? null : entry.outcome,
      subject,
      note,
      amountCents,
      currency:
        isOrder && amountCents !== null ? (entry.currency ?? dependencies.currency()) : null,
    };
    if (before) update.run(values);
    else
      insert.run({ ...values, customerId, kind, zone: dependencies.zone(), agentId, externalId });
    dependencies.refreshSummary(customerId);
    return { id: values.id, customerId, kind, at: values.at };
  }

  return {
    add(customerId, entry) {
      if (entry.kind === 'callback' || entry.kind === 'voicemail') {
        const { kind, at = now() } = entry;
        return { id: dependencies.addWork(customerId, entry), customerId, kind, at };
      }
      return database.transaction(() => {
        const what =
          entry.kind === 'promise' ? 'promise' : entry.kind === 'deal' ? 'deal' : 'contact';
        database.afterCommit(() => dependencies.changed(customerId, what));
        const whose = { customerId, contactId: null, callId: null, matterId: null } as const;
        if (entry.kind === 'promise') {
          const { text, dueAt } = entry;
          const id = dependencies.makePromise({
            ...whose,
            ...{ authorId: agentId, ownerId: agentId, text, dueAt, origin: 'real' },
          });
          return { id, customerId, kind: entry.kind, at: dueAt };
        }
        if (entry.kind === 'deal') {
          const at = entry.at ?? now();
          const id = dependencies.recordDeal(entry, { ...whose, agentId, origin: 'real', at });
          return { id, customerId, kind: entry.kind, at };
        }
        return writeContact(customerId, entry);
      });
    },
  };
}
