import type { DeskDatabase } from '../database/desk-database.ts';

interface Access {
  what: 'accessReport' | 'erasure' | 'unseal' | 'retention' | 'restore';
  customerId?: string;
  reason?: string;
  /** Counts; never contents. */
  detail?: Readonly<Record<string, number>>;
}

/** Notes who looked at, gave out or took away personal data. */
export function accessLog({
  database,
  now,
  agentId,
}: {
  database: DeskDatabase;
  now: () => number;
  agentId: string;
}): (access: Access) => void {
  const insert = database.query(
    'INSERT INTO access_log (at, agent_id, what, customer_id, reason, detail_json) VALUES (?, ?, ?, ?, ?, ?)',
  );
  return ({ what, customerId, reason, detail }) => {
    insert.run(
      now(),
      agentId,
      what,
      customerId ?? null,
      reason ?? null,
      JSON.stringify(detail ?? {}),
    );
  };
}
