import type { DeskDatabase } from '../database/desk-database.ts';

interface RemoverDependencies {
  database: DeskDatabase;
  refreshSummary: (customerId: string) => void;
}

/** Tables whose rows an agent may have added to a sample customer. */
const FACTS = [
  'contacts',
  'calls',
  'matters',
  'feelings',
  'promises',
  'questions',
  'deals',
] as const;

/**
 * Removes sample facts. A sample customer about whom the agent stored facts of their own stays with
 * these, as a practice customer (or a real one, when a fact is real); all others go.
 */
export function bookRemover({ database, refreshSummary }: RemoverDependencies) {
  const some = database.query<{ id: string }>(
    "SELECT id FROM customers WHERE origin = 'sample' ORDER BY row LIMIT ?",
  );
  const ownOrigins = FACTS.map((table) =>
    database.query<{ origin: string }>(
      `SELECT DISTINCT origin FROM ${table} WHERE customer_id = ? AND origin <> 'sample'`,
    ),
  );
  // A matter that a fact of the agent's own belongs to stays with that fact.
  const keptMatters = database.query<{ id: string }>(
    `SELECT m.id FROM matters m WHERE m.customer_id = ? AND m.origin = 'sample'
     AND EXISTS (SELECT 1 FROM contacts c WHERE c.matter_id = m.id AND c.origin <> 'sample')`,
  );
  const keepMatter = database.query(
    'UPDATE matters SET origin = ?, contact_id = NULL WHERE id = ?',
  );
  const keepCustomer = database.query('UPDATE customers SET origin = ? WHERE id = ?');
  const keepNumbers = database.query(
    'UPDATE customer_numbers SET origin = ? WHERE customer_id = ?',
  );
  const deleteFrom = [
    'contacts',
    'matters',
    'promises',
    'questions',
    'deals',
    'cue_verdicts',
    'cue_showings',
  ].map((table) =>
    database.query(`DELETE FROM ${table} WHERE customer_id = ? AND origin = 'sample'`),
  );
  const deleteCustomer = database.query('DELETE FROM customers WHERE id = ?');
  // A contact of a sample customer that was moved to another one is still a sample fact.
  const movedTo = database.query<{ customer_id: string }>(
    "SELECT DISTINCT customer_id FROM contacts WHERE origin = 'sample' AND customer_id IS NOT NULL",
  );
  const deleteMoved = database.query("DELETE FROM contacts WHERE origin = 'sample'");
  const deleteMeasures = database.query("DELETE FROM kpi_measures WHERE origin = 'sample'");
  const deleteOutbox = database.query("DELETE FROM outbox WHERE origin = 'sample'");
  const keepAgents = database.query(
    `UPDATE agents SET origin = 'practice' WHERE origin = 'sample' AND EXISTS
       (SELECT 1 FROM promises p WHERE p.owner_id = agents.id OR p.agent_id = agents.id)`,
  );
  const deleteAgents = database.query("DELETE FROM agents WHERE origin = 'sample'");

  function ownOriginOf(customerId: string): 'practice' | 'real' | null {
    const origins = new Set(
      ownOrigins.flatMap((query) => query.all(customerId).map(({ origin }) => origin)),
    );
    if (origins.size === 0) return null;
    return origins.has('real') || origins.has('imported') ? 'real' : 'practice';
  }

  function keep(customerId: string, origin: 'practice' | 'real'): void {
    keepCustomer.run(origin, customerId);
    keepNumbers.run(origin, customerId);
    for (const { id } of keptMatters.all(customerId)) keepMatter.run(origin, id);
    for (const query of deleteFrom) query.run(customerId);
    refreshSummary(customerId);
  }

  return {
    /** Part of the caller's transaction: the next customers, at most `count`; answers how many there were. */
    nextCustomers(count: number): number {
      const customers = some.all(count);
      for (const { id } of customers) {
        const own = ownOriginOf(id);
        if (own) {
          keep(id, own);
          continue;
        }
        deleteCustomer.run(id);
      }
      return customers.length;
    },

    /** Part of the caller's transaction, after the last customer. */
    rest(): void {
      const receivers = movedTo.all();
      deleteMoved.run();
      for (const { customer_id } of receivers) refreshSummary(customer_id);
      deleteMeasures.run();
      deleteOutbox.run();
      keepAgents.run();
      deleteAgents.run();
    },
  };
}
