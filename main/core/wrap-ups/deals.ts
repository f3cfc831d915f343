import type { DealState, Origin } from '../../../preload/contract/vocabulary.ts';
import type { WrapUpDraft } from '../../../preload/contract/wrap-ups.ts';
import type { DeskDatabase } from '../database/desk-database.ts';
import type { NewId } from '../ids.ts';
import {
  type CountedDeal,
  differenceOf,
  type MeasureRow,
  measuresOfDeal,
} from '../kpi/measure-rows.ts';

interface DealRow {
  id: string;
  agent_id: string;
  decided_by: string | null;
  list_id: string | null;
  origin: Origin;
  state: DealState;
  value_cents: number | null;
  title: string | null;
  decided_at: number | null;
  cancelled_at: number | null;
  customer_id: string | null;
}

interface DealsDependencies {
  database: DeskDatabase;
  newId: NewId;
  currency: () => string;
  addMeasures: (rows: readonly MeasureRow[]) => void;
}

export interface DealContact {
  contactId: string | null;
  callId: string | null;
  customerId: string | null;
  matterId: string | null;
  agentId: string;
  origin: Origin;
  /** When the talk was over: the deal is created or decided then. */
  at: number;
}

const COLUMNS = `id, agent_id, decided_by, list_id, origin, state, value_cents, title, decided_at, cancelled_at,
  customer_id`;

/** Deals as wrap-ups create and decide them. */
export function createDeals({ database, newId, currency, addMeasures }: DealsDependencies) {
  const one = database.query<DealRow>(`SELECT ${COLUMNS} FROM deals WHERE id = ?`);
  // A deal in the matter of this contact is meant before any other that is open.
  const openOf = database.query<DealRow>(
    `SELECT ${COLUMNS} FROM deals WHERE customer_id = ? AND state = 'open' AND cancelled_at IS NULL
     ORDER BY matter_id IS ? DESC, created_at DESC, id DESC LIMIT 1`,
  );
  const insert = database.query(
    `INSERT INTO deals (id, customer_id, contact_id, call_id, matter_id, agent_id, title, state, value_cents,
       currency, created_at, origin)
     VALUES ($id, $customerId, $contactId, $callId, $matterId, $agentId, NULL, 'open', NULL, $currency, $at,
       $origin)`,
  );
  const takeOver = database.query(
    'UPDATE deals SET origin = $origin, contact_id = $contactId WHERE id = $id',
  );
  const update = database.query(
    `UPDATE deals SET state = $state, title = $title, value_cents = $valueCents, lost_reason = $lostReason,
       decided_at = $decidedAt, decided_by = $decidedBy, decided_contact_id = $decidedContactId
     WHERE id = $id`,
  );
  const every = database.query<DealRow>(`SELECT ${COLUMNS} FROM deals`);

  /** The open deal that this talk was about, or a new one. */
  function dealFor(contact: DealContact): DealRow {
    const open =
      contact.customerId === null ? undefined : openOf.get(contact.customerId, contact.matterId);
    if (open && open.origin === contact.origin) return open;
    if (open?.origin === 'sample' && contact.origin === 'practice') {
      // What the agent did in practice stays when the sample book is removed.
      takeOver.run({ id: open.id, origin: contact.origin, contactId: contact.contactId });
      return one.get(open.id) ?? open;
    }
    const id = newId();
    const { contactId, callId, customerId, matterId, agentId, origin, at } = contact;
    insert.run({
      id,
      contactId,
      callId,
      customerId,
      matterId,
      agentId,
      origin,
      at,
      currency: currency(),
    });
    const made = one.get(id);
    if (!made) throw new Error('a deal without its row');
    return made;
  }

  return {
    /** In the transaction of the wrap-up or entry; answers the deal's id. */
    record(deal: NonNullable<WrapUpDraft['deal']>, contact: DealContact): string {
      const before = dealFor(contact);
      const decided = deal.state !== 'open';
      update.run({
        id: before.id,
        state: deal.state,
        title: deal.title ?? before.title,
        valueCents: deal.valueCents ?? before.value_cents,
        lostReason: deal.state === 'lost' ? deal.lostReason : null,
        decidedAt: decided ? contact.at : null,
        decidedBy: decided ? contact.agentId : null,
        decidedContactId: decided ? contact.contactId : null,
      });
      const after = one.get(before.id) ?? before;
      addMeasures(
        differenceOf(measuresOfDeal(countedFrom(before)), measuresOfDeal(countedFrom(after))),
      );
      return before.id;
    },
    /** For counting again. */
    *eachMeasure(): Iterable<{ rows: MeasureRow[]; withoutPerson: boolean }> {
      for (const row of every.iterate()) {
        yield { rows: measuresOfDeal(countedFrom(row)), withoutPerson: row.customer_id === null };
      }
    },
  };
}

function countedFrom(row: DealRow): CountedDeal {
  return {
    agentId: row.decided_by ?? row.agent_id,
    listId: row.list_id,
    origin: row.origin,
    state: row.state,
    valueCents: row.value_cents,
    decidedAt: row.decided_at,
    cancelledAt: row.cancelled_at,
  };
}
