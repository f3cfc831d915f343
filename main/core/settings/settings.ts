import {
  settings as settingsShape,
  type Settings,
  type SettingsPatch,
} from '../../../preload/contract/settings.ts';
import type { Now } from '../clock.ts';
import type { SubjectHandlers } from '../connection/handlers.ts';
import type { DeskDatabase } from '../database/desk-database.ts';
import type { Publish } from '../events/event-bus.ts';
import { badInput } from '../refusal.ts';
import { isZone } from './zone.ts';

interface SettingsDependencies {
  database: DeskDatabase;
  now: Now;
  publish: Publish;
  /** The language that the program was started with: it wins until the agent chooses one in this run. */
  startLanguage: Settings['language'];
}

export interface SettingsService {
  current(): Settings;
  handlers: SubjectHandlers<'settings'>;
  /** For the other subjects of core. */
  change(patch: SettingsPatch): Settings;
  /** Called in the transaction of a change. */
  onChange(listener: (settings: Settings) => void): void;
}

export function createSettings({
  database,
  now,
  publish,
  startLanguage,
}: SettingsDependencies): SettingsService {
  const stored = database.query<{ name: string; value_json: string }>(
    'SELECT name, value_json FROM settings',
  );
  const write = database.query(
    `INSERT INTO settings (name, value_json, changed_at) VALUES (?, ?, ?)
     ON CONFLICT (name) DO UPDATE SET value_json = excluded.value_json, changed_at = excluded.changed_at`,
  );
  const listeners: ((settings: Settings) => void)[] = [];
  let known: Settings | null = null;
  let ordered = startLanguage;

  function current(): Settings {
    known ??= settingsFrom(stored.all(), ordered);
    return known;
  }

  function change(patch: SettingsPatch): Settings {
    if (patch.zone !== undefined && !isZone(patch.zone)) throw badInput(['zone'], 'unknownZone');
    database.transaction(() => {
      const before = current();
      for (const [name, value] of Object.entries(patch)) {
        if (value !== undefined) write.run(name, JSON.stringify(value), now());
      }
      known = null;
      if (patch.language !== undefined) ordered = null;
      try {
        for (const listener of listeners) listener(current());
      } catch (error) {
        known = before;
        throw error;
      }
      database.afterCommit(() => publish({ type: 'settings.changed' }));
    });
    return current();
  }

  return {
    current,
    change,
    onChange: (listener) => void listeners.push(listener),
    handlers: {
      get: () => current(),
      change,
    },
  };
}

/** A value that an older or newer program stored and this one does not understand takes its default. */
function settingsFrom(
  rows: readonly { name: string; value_json: string }[],
  ordered: Settings['language'],
): Settings {
  const values: Record<string, unknown> = {};
  for (const { name, value_json } of rows) {
    const shape = Object.entries(settingsShape.shape).find(([field]) => field === name)?.[1];
    const value: unknown = JSON.parse(value_json);
    if (shape?.safeParse(value).success) values[name] = value;
  }
  const stored = settingsShape.parse(values);
  return { ...stored, language: ordered ?? stored.language };
}
