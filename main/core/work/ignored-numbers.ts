import type { IgnoredNumber } from '../../../preload/contract/work.ts';
import type { IgnoreAction } from '../../../preload/contract/vocabulary.ts';
import type { DeskDatabase } from '../database/desk-database.ts';
import { comparableNumber, numberKeyFrom } from '../phone-numbers/number-key.ts';
import { badInput } from '../refusal.ts';

interface IgnoredDependencies {
  database: DeskDatabase;
  country: () => string;
  agentId: string;
  now: () => number;
}

export type IgnoredNumbers = ReturnType<typeof createIgnoredNumbers>;

/** Numbers that may be shown but do not ring, or that hear busy; nothing they do waits for an answer. */
export function createIgnoredNumbers({ database, country, agentId, now }: IgnoredDependencies) {
  const action = database.query<{ action: IgnoreAction }>(
    'SELECT action FROM ignored_numbers WHERE number_key = ?',
  );
  const list = database.query<{
    raw: string;
    action: IgnoreAction;
    note: string | null;
    at: number;
    name: string | null;
  }>(
    `SELECT i.raw, i.action, i.note, i.at, a.name FROM ignored_numbers i LEFT JOIN agents a ON a.id = i.agent_id
     ORDER BY i.at DESC LIMIT 1000`,
  );
  const put = database.query(
    `INSERT INTO ignored_numbers (number_key, raw, action, note, agent_id, at) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (number_key) DO UPDATE SET action = excluded.action, note = excluded.note`,
  );
  const remove = database.query('DELETE FROM ignored_numbers WHERE number_key = ?');

  const keyOf = (number: string): string => {
    const { kind } = numberKeyFrom(number, country());
    const key = comparableNumber(number, country());
    // Emergency and directory codes call back too, and must ring.
    if (key === null || kind === 'service' || kind === 'anonymous')
      throw badInput(['number'], 'not_ignorable');
    return key;
  };

  return {
    /** What happens to calls of this key; null when it is not ignored. */
    actionFor: (numberKey: string | null): IgnoreAction | null =>
      numberKey === null ? null : (action.get(numberKey)?.action ?? null),
    list: (): IgnoredNumber[] =>
      list.all().map((row) => ({
        number: row.raw,
        e164: numberKeyFrom(row.raw, country()).e164,
        action: row.action,
        note: row.note,
        at: row.at,
        agentName: row.name,
      })),
    add(input: { number: string; action: IgnoreAction; note: string | null }): void {
      put.run(keyOf(input.number), input.number, input.action, input.note, agentId, now());
    },
    remove: (number: string): void => void remove.run(keyOf(number)),
  };
}
