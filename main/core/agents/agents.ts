import type { Agent } from '../../../preload/contract/contract.ts';
import type { Now } from '../clock.ts';
import type { DeskDatabase } from '../database/desk-database.ts';
import type { NewId } from '../ids.ts';

interface AgentsDependencies {
  database: DeskDatabase;
  now: Now;
  newId: NewId;
  /** The name for the agent of this desk when there is none yet. */
  ownName: string;
}

interface AgentRow {
  id: string;
  name: string;
  me: number;
}

const MOST_AGENTS = 500;

/** Who works here: the agent of this desk, colleagues who own promises, authors of imported contacts. */
export function createAgents({ database, now, newId, ownName }: AgentsDependencies) {
  const all = database.query<AgentRow>(
    `SELECT id, name, me FROM agents ORDER BY me DESC, name, id LIMIT ${MOST_AGENTS}`,
  );
  const mine = database.query<AgentRow>('SELECT id, name, me FROM agents WHERE me = 1');
  const one = database.query<AgentRow>('SELECT id, name, me FROM agents WHERE id = ?');
  const insert = database.query(
    `INSERT INTO agents (id, name, me, created_at, origin) VALUES (?, ?, ?, ?, 'real')`,
  );
  const rename = database.query('UPDATE agents SET name = ? WHERE me = 1');

  const me = database.transaction(() => {
    const known = mine.get();
    if (known) return known.id;
    const id = newId();
    insert.run(id, ownName, 1, now());
    return id;
  });

  return {
    /** Id of the agent of this desk; it never changes. */
    me,
    self: (): Agent => agentFrom(mine.get() ?? { id: me, name: ownName, me: 1 }),
    exists: (id: string): boolean => one.get(id) !== undefined,
    nameOf: (id: string): string | null => one.get(id)?.name ?? null,
    renameSelf: (name: string): void => void rename.run(name),
    list: (): Agent[] => all.all().map(agentFrom),
    add({ name }: { name: string }): Agent {
      const id = newId();
      insert.run(id, name, 0, now());
      return { id, name, me: false };
    },
  };
}

function agentFrom(row: AgentRow): Agent {
  return { id: row.id, name: row.name, me: row.me === 1 };
}
