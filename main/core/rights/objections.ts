import type { DisputedFeeling, Objection } from '../../../preload/contract/rights.ts';
import type { Feeling } from '../../../preload/contract/shapes.ts';
import type { ConsentManner, ObjectionKind } from '../../../preload/contract/vocabulary.ts';
import type { DeskDatabase } from '../database/desk-database.ts';
import { Refusal } from '../refusal.ts';

interface ObjectionsDependencies {
  database: DeskDatabase;
  now: () => number;
  newId: () => string;
  agentId: string;
}

interface ObjectionRow {
  id: string;
  kind: ObjectionKind;
  at: number;
  manner: ConsentManner;
  note: string | null;
  agent_name: string | null;
  withdrawn_at: number | null;
}

interface DisputedRow extends Feeling {
  contact_id: string;
  part: 'end' | 'peak';
  disputed_at: number;
}

const MOST = 100;
const MOST_DISPUTED = 400;

/** What customers object to, and which tags they disagree with. */
export function objectionStore({ database, now, newId, agentId }: ObjectionsDependencies) {
  const select = `SELECT o.id, o.kind, o.at, o.manner, o.note, o.withdrawn_at, a.name AS agent_name
    FROM objections o LEFT JOIN agents a ON a.id = o.agent_id`;
  const ofCustomer = database.query<ObjectionRow>(
    `${select} WHERE o.customer_id = ? ORDER BY o.withdrawn_at IS NOT NULL, o.at DESC, o.id LIMIT ${MOST}`,
  );
  const one = database.query<ObjectionRow>(`${select} WHERE o.id = ?`);
  const owner = database.query<{ customer_id: string; withdrawn_at: number | null }>(
    'SELECT customer_id, withdrawn_at FROM objections WHERE id = ?',
  );
  const insert = database.query(
    `INSERT INTO objections (id, customer_id, kind, at, manner, note, recorded_at, agent_id)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const withdraw = database.query(
    'UPDATE objections SET withdrawn_at = ?, withdrawn_by = ? WHERE id = ?',
  );
  const feeling = database.query<{ customer_id: string | null }>(
    'SELECT customer_id FROM feelings WHERE contact_id = ? AND part = ?',
  );
  const setDisputed = database.query(
    'UPDATE feelings SET disputed_at = ? WHERE contact_id = ? AND part = ?',
  );
  const disputed = database.query<DisputedRow>(
    `SELECT contact_id, part, emotion, intensity, sign, disputed_at FROM feelings
     WHERE customer_id = ? AND disputed_at IS NOT NULL ORDER BY at DESC LIMIT ${MOST_DISPUTED}`,
  );

  return {
    of: (customerId: string): Objection[] => ofCustomer.all(customerId).map(objectionFrom),

    add(input: {
      customerId: string;
      kind: ObjectionKind;
      at: number;
      manner: ConsentManner;
      note: string | null;
    }): Objection {
      const id = newId();
      const { customerId, kind, at, manner, note } = input;
      insert.run(id, customerId, kind, at, manner, note, now(), agentId);
      const row = one.get(id);
      if (!row) throw new Error('a stored objection cannot be read');
      return objectionFrom(row);
    },

    /** Answers whose it was. Harmless when it was withdrawn before. */
    withdraw(objectionId: string): string {
      const row = owner.get(objectionId);
      if (!row) throw new Refusal('NOT_FOUND', { what: 'objection', id: objectionId });
      if (row.withdrawn_at === null) withdraw.run(now(), agentId, objectionId);
      return row.customer_id;
    },

    /** Part of the caller's transaction. Answers whose tag it is. */
    dispute(contactId: string, part: 'end' | 'peak', is: boolean): string | null {
      const row = feeling.get(contactId, part);
      if (!row) throw new Refusal('NOT_FOUND', { what: 'feeling', id: contactId });
      setDisputed.run(is ? now() : null, contactId, part);
      return row.customer_id;
    },

    disputed: (customerId: string): DisputedFeeling[] =>
      disputed
        .all(customerId)
        .map(({ contact_id, part, emotion, intensity, sign, disputed_at }) => ({
          ...{ contactId: contact_id, part, disputedAt: disputed_at },
          feeling: { emotion, intensity, sign },
        })),
  };
}

function objectionFrom(row: ObjectionRow): Objection {
  const { id, kind, at, manner, note } = row;
  return { id, kind, at, manner, note, agentName: row.agent_name, withdrawnAt: row.withdrawn_at };
}
