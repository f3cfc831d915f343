import type { CustomField } from '../../../../preload/contract/clean-book.ts';
import type { CustomValues } from '../../../../preload/contract/customers.ts';
import type { DeskDatabase } from '../../database/desk-database.ts';
import { Refusal } from '../../refusal.ts';
import { customProblem, keyFrom } from './custom-values.ts';

interface StoreDependencies {
  database: DeskDatabase;
  now: () => number;
  newId: () => string;
}

type AppliesTo = CustomField['appliesTo'];

interface FieldRow {
  id: string;
  key: string;
  applies_to: AppliesTo;
  label: string;
  kind: CustomField['kind'];
  choices_json: string;
  position: number;
  removed_at: number | null;
}

/** Definitions of custom fields. A key is never used a second time, so that old values stay what they were. */
export function customFieldStore({ database, now, newId }: StoreDependencies) {
  const columns = 'id, key, applies_to, label, kind, choices_json, position, removed_at';
  const order = 'ORDER BY applies_to, removed_at IS NOT NULL, position, id';
  const all = database.query<FieldRow>(`SELECT ${columns} FROM custom_fields ${order} LIMIT 400`);
  const ofKind = database.query<FieldRow>(
    `SELECT ${columns} FROM custom_fields WHERE applies_to = ? ${order}`,
  );
  const one = database.query<FieldRow>(`SELECT ${columns} FROM custom_fields WHERE id = ?`);
  const insert = database.query(
    `INSERT INTO custom_fields (id, key, applies_to, label, kind, choices_json, position, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const write = database.query('UPDATE custom_fields SET label = ?, choices_json = ? WHERE id = ?');
  const place = database.query('UPDATE custom_fields SET position = ? WHERE id = ?');
  const setRemoved = database.query('UPDATE custom_fields SET removed_at = ? WHERE id = ?');
  const clearChoices = database.query(
    "UPDATE custom_fields SET choices_json = '[]', label = key WHERE id = ?",
  );

  function found(id: string): FieldRow {
    const row = one.get(id);
    if (!row) throw new Refusal('NOT_FOUND', { what: 'field', id });
    return row;
  }

  return {
    list: (): CustomField[] => all.all().map(fieldFrom),
    ofKind: (appliesTo: AppliesTo): CustomField[] => ofKind.all(appliesTo).map(fieldFrom),
    one: (id: string): CustomField => fieldFrom(found(id)),

    create(input: Pick<CustomField, 'appliesTo' | 'label' | 'kind' | 'choices'>): CustomField {
      const id = newId();
      database.transaction(() => {
        const known = ofKind.all(input.appliesTo);
        const key = keyFrom(input.label, new Set(known.map((row) => row.key)));
        const position = 1 + Math.max(-1, ...known.map((row) => row.position));
        const choices = JSON.stringify(input.kind === 'choice' ? unique(input.choices) : []);
        insert.run(id, key, input.appliesTo, input.label, input.kind, choices, position, now());
      });
      return fieldFrom(found(id));
    },

    /**
     * Other programs name fields by their key: those that nobody defined become text or number fields,
     * called as the key says.
     */
    adopt(appliesTo: AppliesTo, custom: CustomValues): void {
      database.transaction(() => {
        const known = ofKind.all(appliesTo);
        let position = 1 + Math.max(-1, ...known.map((row) => row.position));
        for (const [key, value] of Object.entries(custom)) {
          if (value === null || known.some((row) => row.key === key)) continue;
          const kind = typeof value === 'number' ? 'number' : 'text';
          insert.run(newId(), key, appliesTo, labelOf(key), kind, '[]', position, now());
          position += 1;
        }
      });
    },

    change(id: string, changes: { label?: string | undefined; choices?: string[] | undefined }) {
      const row = found(id);
      const choices =
        changes.choices && row.kind === 'choice'
          ? JSON.stringify(unique(changes.choices))
          : row.choices_json;
      write.run(changes.label ?? row.label, choices, id);
      return fieldFrom(found(id));
    },

    move(id: string, by: -1 | 1): void {
      database.transaction(() => {
        const row = found(id);
        const fields = ofKind.all(row.applies_to).filter(({ removed_at }) => removed_at === null);
        const from = fields.findIndex((field) => field.id === id);
        const to = from + by;
        if (from < 0 || to < 0 || to >= fields.length) return;
        fields.splice(to, 0, ...fields.splice(from, 1));
        for (const [position, field] of fields.entries()) place.run(position, field.id);
      });
    },

    setRemoved(id: string, removed: boolean): CustomField {
      const row = found(id);
      if (removed !== (row.removed_at !== null)) setRemoved.run(removed ? now() : null, id);
      return fieldFrom(found(id));
    },

    /** Its values are gone: only the key stays, so that no later field takes it. */
    forgetWords: (id: string): void => void clearChoices.run(id),

    /** A check for one kind of record: BAD_INPUT with a code per value that does not fit. */
    requireFitting: (appliesTo: AppliesTo) => (custom: CustomValues, path: string[]) => {
      const entries = Object.entries(custom);
      if (entries.length === 0) return;
      const byKey = new Map(
        ofKind.all(appliesTo).map((row): [string, CustomField] => [row.key, fieldFrom(row)]),
      );
      const issues = entries.flatMap(([key, value]) => {
        const code = customProblem(byKey.get(key), value);
        return code === null ? [] : [{ path: [...path, key], code }];
      });
      if (issues.length > 0) throw new Refusal('BAD_INPUT', { issues });
    },
  };
}
export type CustomFieldStore = ReturnType<typeof customFieldStore>;

/** shoe_size → Shoe size */
function labelOf(key: string): string {
  const words = key.replaceAll('_', ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function fieldFrom(row: FieldRow): CustomField {
  return {
    id: row.id,
    key: row.key,
    appliesTo: row.applies_to,
    label: row.label,
    kind: row.kind,
    choices: JSON.parse(row.choices_json) as string[],
    removedAt: row.removed_at,
  };
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts.map((text) => text.trim()))];
}
