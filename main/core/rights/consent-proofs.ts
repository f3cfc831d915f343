// Proofs of consents: entries are only added, each chained to the one before, their contents sealed.
import type { Consent, ConsentInput, SealedProof } from '../../../preload/contract/rights.ts';
import type { ConsentManner } from '../../../preload/contract/vocabulary.ts';
import type { DeskDatabase } from '../database/desk-database.ts';
import { Refusal } from '../refusal.ts';
import { CHAIN_BEGIN, chainedHash, hashOf, sealed, unsealed } from './seal.ts';

interface ProofsDependencies {
  database: DeskDatabase;
  now: () => number;
  newId: () => string;
  agentId: string;
  agentName: (agentId: string) => string | null;
  key: Uint8Array;
}

interface ProofRow {
  seq: number;
  proof_id: string;
  kind: 'given' | 'revoked';
  at: number;
  recorded_at: number;
  agent_id: string;
  body: Uint8Array | null;
  body_hash: Uint8Array;
  hash: Uint8Array;
  customer_id: string | null;
  sealed_at: number | null;
}

type GivenBody = Omit<ConsentInput, 'customerId' | 'givenAt'>;

/** § 7a UWG: five years from when it was given, and from each use. */
const KEPT_MS = 5 * 365.25 * 86_400_000;
const COLUMNS =
  'seq, proof_id, kind, at, recorded_at, agent_id, body, body_hash, hash, customer_id, sealed_at';

export function consentProofs(dependencies: ProofsDependencies) {
  const { database, now, newId, agentId, agentName, key } = dependencies;
  const last = database.query<ProofRow>(
    `SELECT ${COLUMNS} FROM consent_proofs ORDER BY seq DESC LIMIT 1`,
  );
  const insert = database.query(
    `INSERT INTO consent_proofs (seq, proof_id, kind, at, recorded_at, agent_id, body, body_hash, hash, customer_id)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const ofCustomer = database.query<ProofRow>(
    `SELECT ${COLUMNS} FROM consent_proofs WHERE customer_id = ? ORDER BY seq`,
  );
  const ofProof = database.query<ProofRow>(
    `SELECT ${COLUMNS} FROM consent_proofs WHERE proof_id = ? ORDER BY seq`,
  );
  const all = database.query<ProofRow>(`SELECT ${COLUMNS} FROM consent_proofs ORDER BY seq`);
  const sealedOnes = database.query<ProofRow>(
    `SELECT ${COLUMNS} FROM consent_proofs WHERE sealed_at IS NOT NULL ORDER BY seq DESC LIMIT 500`,
  );
  const overdue = database.query<{ seq: number }>(
    `SELECT seq FROM consent_proofs p WHERE sealed_at IS NOT NULL AND body IS NOT NULL
       AND (SELECT max(q.recorded_at) FROM consent_proofs q WHERE q.proof_id = p.proof_id) < ? LIMIT 500`,
  );
  const emptyBody = database.query('UPDATE consent_proofs SET body = NULL WHERE seq = ?');

  function add(entry: {
    proofId: string;
    kind: ProofRow['kind'];
    at: number;
    customerId: string | null;
    body: object;
  }): void {
    database.transaction(() => {
      const before = last.get();
      const seq = (before?.seq ?? 0) + 1;
      const body = sealed(JSON.stringify(entry.body), key, placeOf(seq));
      const bodyHash = hashOf(body);
      const recordedAt = now();
      const { proofId, kind, at } = entry;
      const hash = chainedHash(before?.hash ?? CHAIN_BEGIN, {
        ...{ seq, proofId, kind, at, recordedAt, agentId, bodyHash },
      });
      insert.run(
        ...[seq, proofId, kind, at, recordedAt, agentId, body, bodyHash, hash, entry.customerId],
      );
    });
  }

  function bodyOf(row: ProofRow): unknown {
    const text = row.body === null ? null : unsealed(row.body, key, placeOf(row.seq));
    return text === null ? null : JSON.parse(text);
  }

  function consentsFrom(rows: readonly ProofRow[]): Consent[] {
    return rows
      .filter(({ kind }) => kind === 'given')
      .flatMap((given) => {
        const body = bodyOf(given) as GivenBody | null;
        if (!body) return [];
        const revoked = rows.find(
          (row) => row.kind === 'revoked' && row.proof_id === given.proof_id,
        );
        return [
          {
            ...body,
            proofId: given.proof_id,
            givenAt: given.at,
            agentName: agentName(given.agent_id),
            revokedAt: revoked?.at ?? null,
          },
        ];
      });
  }

  return {
    of: (customerId: string): Consent[] => consentsFrom(ofCustomer.all(customerId)),

    /** Part of the caller's checks: the customer exists. */
    record({ customerId, givenAt, ...body }: ConsentInput): Consent {
      const proofId = newId();
      add({ proofId, kind: 'given', at: givenAt, customerId, body });
      const made = consentsFrom(ofProof.all(proofId))[0];
      if (!made) throw new Error('a consent that cannot be read back');
      return made;
    },

    /** Answers whose consent it was. Harmless when it was revoked before. */
    revoke(proofId: string, at: number, manner: ConsentManner): string | null {
      return database.transaction(() => {
        const rows = ofProof.all(proofId);
        const given = rows.find(({ kind }) => kind === 'given');
        if (!given || given.sealed_at !== null)
          throw new Refusal('NOT_FOUND', { what: 'consent', id: proofId });
        if (rows.some(({ kind }) => kind === 'revoked')) return given.customer_id;
        add({ proofId, kind: 'revoked', at, customerId: given.customer_id, body: { manner } });
        return given.customer_id;
      });
    },

    /** Goes through the whole chain: entries without a gap, each sum right, each body the one that was chained. */
    verify(): { count: number; brokenAt: number | null } {
      let before: Uint8Array = CHAIN_BEGIN;
      let count = 0;
      for (const row of all.iterate()) {
        const hash = chainedHash(before, {
          ...{ seq: row.seq, proofId: row.proof_id, kind: row.kind, at: row.at },
          ...{ recordedAt: row.recorded_at, agentId: row.agent_id, bodyHash: row.body_hash },
        });
        const bodyFits = row.body === null || hashOf(row.body).equals(row.body_hash);
        if (row.seq !== count + 1 || !bodyFits || !hash.equals(row.hash))
          return { count, brokenAt: row.seq };
        before = row.hash;
        count += 1;
      }
      return { count, brokenAt: null };
    },

    sealed: (): SealedProof[] =>
      sealedOnes
        .all()
        .filter(({ body }) => body !== null)
        .map((row) => ({
          ...{ proofId: row.proof_id, kind: row.kind, at: row.at },
          sealedAt: row.sealed_at ?? 0,
          keptUntil: Math.round(row.recorded_at + KEPT_MS),
        })),

    /** What is kept of an erased customer's consent. */
    unseal(proofId: string): Consent[] {
      const rows = ofProof.all(proofId);
      if (!rows.some(({ sealed_at }) => sealed_at !== null))
        throw new Refusal('NOT_FOUND', { what: 'consent', id: proofId });
      return consentsFrom(rows);
    },

    /** Takes the contents of sealed proofs whose time is over; the chain stays whole. Answers how many. */
    dropOverdue(): number {
      return database.transaction(() => {
        const rows = overdue.all(now() - KEPT_MS);
        for (const { seq } of rows) emptyBody.run(seq);
        return rows.length;
      });
    },
  };
}

function placeOf(seq: number): string {
  return `consent ${seq}`;
}
