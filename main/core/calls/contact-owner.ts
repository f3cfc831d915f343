import type { DeskDatabase } from '../database/desk-database.ts';

export type MoveContact = (contactId: string, customerId: string | null) => void;

/**
 * Gives a contact, with all facts that came from it, to another customer or to none. A matter stays
 * with the customer it was opened for. Both customers' summaries are kept.
 */
export function contactMover(
  database: DeskDatabase,
  refreshSummary: (customerId: string) => void,
): MoveContact {
  const owner = database.query<{ customer_id: string | null }>(
    'SELECT customer_id FROM contacts WHERE id = ?',
  );
  const updates = [
    'UPDATE contacts SET customer_id = ?, matter_id = NULL WHERE id = ?',
    ...['calls', 'feelings', 'promises', 'questions', 'deals'].map(
      (table) => `UPDATE ${table} SET customer_id = ?, matter_id = NULL WHERE contact_id = ?`,
    ),
  ].map((sql) => database.query(sql));

  return (contactId, customerId) => {
    database.transaction(() => {
      const before = owner.get(contactId)?.customer_id ?? null;
      if (before === customerId) return;
      for (const update of updates) update.run(customerId, contactId);
      if (before !== null) refreshSummary(before);
      if (customerId !== null) refreshSummary(customerId);
    });
  };
}
