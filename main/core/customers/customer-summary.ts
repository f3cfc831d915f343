import type { Feeling } from '../../../preload/contract/shapes.ts';
import type { Emotion } from '../../../preload/contract/vocabulary.ts';
import { feelingFrom } from '../contacts/timeline-rows.ts';
import type { DeskDatabase } from '../database/desk-database.ts';
import { feelingValue } from '../emotions/contact-feeling.ts';
import { openRecoveries } from '../emotions/recovery.ts';

interface FeltRow {
  contact_id: string;
  at: number;
  matter_id: string | null;
  closed_at: number | null;
  emotion: Emotion;
  intensity: Feeling['intensity'];
  sign: Feeling['sign'];
}

const NEWEST_FEELINGS = 200;

/**
 * Keeps `customer_summary`, from which lists read. Call it within the transaction of every fact that
 * changes a customer's contacts, feelings or matters.
 */
export function customerSummary(database: DeskDatabase) {
  const count = database.query<{ n: number }>(
    'SELECT count(*) AS n FROM contacts WHERE customer_id = ?',
  );
  // A note is no contact, and neither is a call that nobody took up.
  const lastContact = database.query<{ at: number }>(
    `SELECT c.at FROM contacts c LEFT JOIN calls l ON l.call_id = c.call_id
     WHERE c.customer_id = ? AND c.kind <> 'note'
       AND (c.outcome IS NULL OR c.outcome NOT IN ('noAnswer', 'voicemail', 'wrongNumber'))
       AND (l.call_id IS NULL OR l.answered_at IS NOT NULL)
     ORDER BY c.at DESC LIMIT 1`,
  );
  const ends = database.query<FeltRow>(
    `SELECT f.contact_id, f.at, c.matter_id, m.closed_at, f.emotion, f.intensity, f.sign
     FROM feelings f JOIN contacts c ON c.id = f.contact_id LEFT JOIN matters m ON m.id = c.matter_id
     WHERE f.customer_id = ? AND f.part = 'end' AND f.disputed_at IS NULL
     ORDER BY f.at DESC LIMIT ${NEWEST_FEELINGS}`,
  );
  const write = database.query(
    `INSERT INTO customer_summary (customer_id, contact_count, last_contact_at, last_felt_contact_id, last_felt_at,
       last_emotion, last_intensity, last_sign, last_value, recovery_contact_id, recovery_since)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (customer_id) DO UPDATE SET contact_count = excluded.contact_count,
       last_contact_at = excluded.last_contact_at, last_felt_contact_id = excluded.last_felt_contact_id,
       last_felt_at = excluded.last_felt_at, last_emotion = excluded.last_emotion,
       last_intensity = excluded.last_intensity, last_sign = excluded.last_sign, last_value = excluded.last_value,
       recovery_contact_id = excluded.recovery_contact_id, recovery_since = excluded.recovery_since`,
  );

  return {
    refresh(customerId: string): void {
      const felt = ends.all(customerId).map((row) => ({
        contactId: row.contact_id,
        at: row.at,
        matterId: row.matter_id,
        matterClosedAt: row.closed_at,
        end: feelingFrom(row.emotion, row.intensity, row.sign),
        peak: null,
      }));
      const last = felt[0];
      const recovery = openRecoveries(felt)[0];
      write.run(
        customerId,
        count.get(customerId)?.n ?? 0,
        lastContact.get(customerId)?.at ?? null,
        last?.contactId ?? null,
        last?.at ?? null,
        last?.end?.emotion ?? null,
        last?.end?.intensity ?? null,
        last?.end?.sign ?? null,
        last?.end ? feelingValue(last.end) : null,
        recovery?.contactId ?? null,
        recovery?.at ?? null,
      );
    },
  };
}
