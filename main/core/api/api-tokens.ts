// Tokens of the API: 32 random bytes, of which only the SHA-256 is kept. Whoever asks with one is
// known by its hash; the text itself is shown once and is never stored or logged.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { ApiScope, ApiToken } from '../../../preload/contract/api.ts';
import { API_SCOPES } from '../../../preload/contract/api.ts';
import type { Now } from '../clock.ts';
import type { DeskDatabase } from '../database/desk-database.ts';
import type { NewId } from '../ids.ts';
import { Refusal } from '../refusal.ts';

interface TokenRow {
  id: string;
  name: string;
  scopes_json: string;
  dials_directly: number;
  connection_id: string | null;
  created_at: number;
  expires_at: number | null;
  last_used_at: number | null;
  revoked_at: number | null;
}

interface TokensDependencies {
  database: DeskDatabase;
  now: Now;
  newId: NewId;
  /** SHA-256, in hex, of the token that was made for this start; it may do everything and dials directly. */
  startToken: string | null;
}

/** Who asks. `key` tells tokens apart for the rate limit. */
export interface Bearer {
  key: string;
  name: string;
  scopes: ReadonlySet<ApiScope>;
  dialsDirectly: boolean;
}

interface NewToken {
  name: string;
  scopes: readonly ApiScope[];
  dialsDirectly: boolean;
  expiresAt: number | null;
  connectionId?: string | null;
}

const PREFIX = 'ank_';
const SECRET = /^[\x21-\x7e]{8,200}$/u;
/** The time of use is written at most this often. */
const USE_NOTED_EVERY_MS = 60_000;
const COLUMNS = `id, name, scopes_json, dials_directly, connection_id, created_at, expires_at, last_used_at,
  revoked_at`;

export const newTokenText = (): string => `${PREFIX}${randomBytes(32).toString('base64url')}`;
export const tokenHash = (text: string): Buffer => createHash('sha256').update(text).digest();

export function createApiTokens({ database, now, newId, startToken }: TokensDependencies) {
  const all = database.query<TokenRow>(
    `SELECT ${COLUMNS} FROM api_tokens ORDER BY revoked_at IS NOT NULL, id`,
  );
  const one = database.query<TokenRow>(`SELECT ${COLUMNS} FROM api_tokens WHERE id = ?`);
  const byHash = database.query<TokenRow>(`SELECT ${COLUMNS} FROM api_tokens WHERE hash = ?`);
  const insert = database.query(
    `INSERT INTO api_tokens (id, name, hash, scopes_json, dials_directly, connection_id, created_at, expires_at)
     VALUES ($id, $name, $hash, $scopes, $direct, $connectionId, $at, $expiresAt)`,
  );
  const revoke = database.query(
    'UPDATE api_tokens SET revoked_at = coalesce(revoked_at, ?) WHERE id = ?',
  );
  const noteUse = database.query('UPDATE api_tokens SET last_used_at = ? WHERE id = ?');
  const startHash = startToken === null ? null : Buffer.from(startToken, 'hex');
  const startedAt = now();
  let startUsedAt: number | null = null;

  function write(token: NewToken, hash: Buffer): ApiToken {
    const id = newId();
    insert.run({
      id,
      hash,
      name: token.name,
      scopes: JSON.stringify(token.scopes),
      direct: token.dialsDirectly ? 1 : 0,
      connectionId: token.connectionId ?? null,
      at: now(),
      expiresAt: token.expiresAt,
    });
    return found(id);
  }

  function found(id: string): ApiToken {
    const row = one.get(id);
    if (!row) throw new Refusal('NOT_FOUND', { what: 'token', id });
    return tokenFrom(row);
  }

  function used(row: TokenRow): void {
    const at = now();
    if (row.last_used_at === null || at - row.last_used_at > USE_NOTED_EVERY_MS) {
      noteUse.run(at, row.id);
    }
  }

  return {
    list(): ApiToken[] {
      const stored = all.all().map(tokenFrom);
      if (startHash === null) return stored;
      const ofThisStart: ApiToken = {
        ...{ tokenId: null, name: 'api-token-file', scopes: [...API_SCOPES], dialsDirectly: true },
        ...{ connectionId: null, createdAt: startedAt, expiresAt: null },
        ...{ lastUsedAt: startUsedAt, revokedAt: null },
      };
      return [ofThisStart, ...stored];
    },

    create(token: NewToken): { token: ApiToken; secret: string } {
      const secret = newTokenText();
      return { token: write(token, tokenHash(secret)), secret };
    },

    /** For a token that another program made itself: it tells only the hash. BAD_INPUT when it is known already. */
    admitHash(token: NewToken, hash: Buffer): ApiToken {
      if (byHash.get(hash)) {
        throw new Refusal('BAD_INPUT', { issues: [{ path: ['token', 'sha256'], code: 'known' }] });
      }
      return write(token, hash);
    },

    revoke(tokenId: string): void {
      found(tokenId);
      revoke.run(now(), tokenId);
    },

    /** Who is behind a token, or null when it is unknown, revoked or expired. */
    bearerOf(secret: string): Bearer | null {
      if (!SECRET.test(secret)) return null;
      const hash = tokenHash(secret);
      if (startHash !== null && timingSafeEqual(hash, startHash)) {
        startUsedAt = now();
        return {
          ...{ key: 'start', name: 'api-token-file', dialsDirectly: true },
          scopes: new Set(API_SCOPES),
        };
      }
      const row = byHash.get(hash);
      if (!row || row.revoked_at !== null) return null;
      if (row.expires_at !== null && row.expires_at <= now()) return null;
      used(row);
      const token = tokenFrom(row);
      return {
        ...{ key: row.id, name: row.name, dialsDirectly: token.dialsDirectly },
        scopes: new Set(token.scopes),
      };
    },
  };
}
export type ApiTokens = ReturnType<typeof createApiTokens>;

function tokenFrom(row: TokenRow): ApiToken {
  const scopes = JSON.parse(row.scopes_json) as string[];
  return {
    tokenId: row.id,
    name: row.name,
    scopes: API_SCOPES.filter((scope) => scopes.includes(scope)),
    dialsDirectly: row.dials_directly === 1,
    connectionId: row.connection_id,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    lastUsedAt: row.last_used_at,
    revokedAt: row.revoked_at,
  };
}
