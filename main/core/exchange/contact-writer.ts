// Writes what happened, as a file tells it, into a customer's timeline, within the transaction of its batch.
import type { DeskDatabase } from '../database/desk-database.ts';
import type { ContactDraft } from './contact-from-row.ts';

interface WriterDependencies {
  database: DeskDatabase;
  agentId: string;
  newId: () => string;
  zone: () => string;
  currency: () => string;
}

export function contactWriter({ database, agentId, newId, zone, currency }: WriterDependencies) {
  const insert = database.query(
    `INSERT INTO contacts (id, customer_id, kind, direction, at, zone, subject, note, outcome, agent_id, external_id,
       amount_cents, currency, origin) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'imported')`,
  );
  const insertFeeling = database.query(
    `INSERT INTO feelings (id, contact_id, customer_id, part, emotion, intensity, at, agent_id, origin)
     VALUES (?, ?, ?, 'end', ?, 1, ?, ?, 'imported')`,
  );
  const byExternalId = database.query(
    'SELECT 1 FROM contacts WHERE external_id = ? AND customer_id = ? AND kind = ? LIMIT 1',
  );
  const sameMoment = database.query(
    `SELECT 1 FROM contacts WHERE customer_id = ? AND at = ? AND kind = ? AND subject IS ? AND note IS ?
       AND external_id IS NULL LIMIT 1`,
  );

  return {
    /** By the other system's number, else by moment, kind and words. */
    isKnown(customerId: string, { externalId, at, kind, subject, note }: ContactDraft): boolean {
      return externalId === null
        ? sameMoment.get(customerId, at, kind, subject, note) !== undefined
        : byExternalId.get(externalId, customerId, kind) !== undefined;
    },

    keyOf: (customerId: string, { externalId, at, kind, subject, note }: ContactDraft): string =>
      externalId === null
        ? JSON.stringify([customerId, at, kind, subject, note])
        : JSON.stringify([customerId, kind, externalId]),

    /** The customer's summary is the caller's to refresh. */
    create(customerId: string, draft: ContactDraft): void {
      const id = newId();
      const { kind, direction, at, subject, note, outcome, externalId, amountCents } = draft;
      insert.run(
        ...[
          id,
          customerId,
          kind,
          direction,
          at,
          zone(),
          subject,
          note,
          outcome,
          agentId,
          externalId,
        ],
        ...[amountCents, amountCents === null ? null : (draft.currency ?? currency())],
      );
      if (draft.feeling !== null)
        insertFeeling.run(newId(), id, customerId, draft.feeling, at, agentId);
    },
  };
}
