// Connection files and links: read without any effect, connected in one transaction, taken away in one.
import {
  type Connection,
  type ConnectionFile,
  connectionFile,
  type ImportMapping,
} from '../../../preload/contract/api.ts';
import type { Now } from '../clock.ts';
import type { DeskDatabase } from '../database/desk-database.ts';
import type { NewId } from '../ids.ts';
import { Refusal } from '../refusal.ts';
import type { ApiTokens } from './api-tokens.ts';
import type { LinkStore } from './link-store.ts';
import { pathInWords } from './problem.ts';
import type { Webhooks } from './webhooks/webhooks.ts';

/** Mappings of the import; null where this desk has no such part. */
export interface ApiMappings {
  /** Stores it under a name that is free, and answers that. Part of the caller's transaction. */
  save(mapping: ImportMapping): string;
  /** Part of the caller's transaction; what is gone already is fine. */
  remove(name: string): void;
}

export type Preview =
  | { fits: true; file: ConnectionFile }
  | { fits: false; reason: 'notJson' | 'newerVersion' | 'badShape' | 'empty'; paths: string[] };

const LINK = /^anklang:\/*connect\/?\?(.*)$/isu;

/** @param text of a file, or a link `anklang://connect?data=<base64url of the file>` */
export function previewOf(text: string): Preview {
  const content = contentOf(text.trim());
  if (content === undefined) return unfit('notJson');
  const version: unknown =
    typeof content === 'object' && content !== null && 'anklangConnection' in content
      ? content.anklangConnection
      : undefined;
  if (typeof version === 'number' && version > 1) return unfit('newerVersion');
  const result = connectionFile.safeParse(content);
  if (!result.success) {
    const paths = result.error.issues.map(({ path }) => pathInWords(path)).slice(0, 10);
    return unfit('badShape', [...new Set(paths.filter((path) => path !== ''))]);
  }
  const { token, webhook, links, imports } = result.data;
  const brings = token ?? webhook ?? links[0] ?? imports[0];
  return brings === undefined ? unfit('empty') : { fits: true, file: result.data };
}

function unfit(reason: Exclude<Preview, { fits: true }>['reason'], paths: string[] = []): Preview {
  return { fits: false, reason, paths };
}

function contentOf(text: string): unknown {
  const query = LINK.exec(text)?.[1];
  try {
    if (query === undefined) return JSON.parse(text.replace(/^\uFEFF/u, ''));
    const data = new URLSearchParams(query).get('data') ?? '';
    return JSON.parse(Buffer.from(data, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}

interface ConnectionRow {
  id: string;
  name: string;
  created_at: number;
  mappings_json: string;
}

interface ConnectorDependencies {
  database: DeskDatabase;
  now: Now;
  newId: NewId;
  tokens: ApiTokens;
  webhooks: Webhooks;
  links: LinkStore;
  mappings: ApiMappings | null;
}

const DAY_MS = 24 * 3_600_000;

export function connector(dependencies: ConnectorDependencies) {
  const { database, now, newId, tokens, webhooks, links, mappings } = dependencies;
  const all = database.query<ConnectionRow>('SELECT * FROM connections ORDER BY id');
  const one = database.query<ConnectionRow>('SELECT * FROM connections WHERE id = ?');
  const insert = database.query(
    "INSERT INTO connections (id, name, created_at, mappings_json) VALUES (?, ?, ?, '[]')",
  );
  const setMappings = database.query('UPDATE connections SET mappings_json = ? WHERE id = ?');
  const remove = database.query('DELETE FROM connections WHERE id = ?');

  function addToken(file: ConnectionFile, connectionId: string): string | null {
    if (!file.token) return null;
    const { scopes, sha256, expiresInDays } = file.token;
    const token = {
      ...{ name: file.name, scopes, dialsDirectly: false, connectionId },
      expiresAt: expiresInDays === undefined ? null : now() + expiresInDays * DAY_MS,
    };
    if (sha256 === undefined) return tokens.create(token).secret;
    tokens.admitHash(token, Buffer.from(sha256, 'hex'));
    return null;
  }

  return {
    list: (): Connection[] => all.all().map(connectionFrom),

    /** All of it or nothing. Refused with BAD_INPUT when the text is no connection. */
    connect(text: string) {
      const preview = previewOf(text);
      if (!preview.fits) {
        const issues = [{ path: ['text'], code: preview.reason }];
        throw new Refusal('BAD_INPUT', { issues });
      }
      const { file } = preview;
      return database.transaction(() => {
        const connectionId = newId();
        insert.run(connectionId, file.name, now());
        const tokenSecret = addToken(file, connectionId);
        const webhook = file.webhook
          ? webhooks.add({ name: file.name, ...file.webhook, connectionId })
          : null;
        for (const link of file.links) links.add({ ...link, connectionId });
        if (mappings !== null) {
          const names = file.imports.map((mapping) => mappings.save(mapping));
          setMappings.run(JSON.stringify(names), connectionId);
        }
        return {
          connection: connectionFrom(one.get(connectionId) as ConnectionRow),
          tokenSecret,
          webhookSecret: file.webhook?.secret === undefined ? (webhook?.secret ?? null) : null,
        };
      });
    },

    disconnect(connectionId: string): void {
      database.transaction(() => {
        const row = one.get(connectionId);
        if (!row) throw new Refusal('NOT_FOUND', { what: 'connection', id: connectionId });
        for (const name of connectionFrom(row).mappings) mappings?.remove(name);
        // Token, webhook with its deliveries, and links go with it.
        remove.run(connectionId);
      });
    },
  };
}

function connectionFrom(row: ConnectionRow): Connection {
  return {
    connectionId: row.id,
    name: row.name,
    createdAt: row.created_at,
    mappings: JSON.parse(row.mappings_json) as string[],
  };
}
