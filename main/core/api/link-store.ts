import type { OutsideLink } from '../../../preload/contract/api.ts';
import type { Now } from '../clock.ts';
import type { DeskDatabase } from '../database/desk-database.ts';
import type { NewId } from '../ids.ts';
import { badInput, Refusal } from '../refusal.ts';

interface LinkRow {
  id: string;
  label: string;
  url: string;
  open_on_answer: number;
  connection_id: string | null;
}

interface NewLink {
  label: string;
  url: string;
  openOnAnswer: boolean;
  connectionId?: string | null;
}

const MOST = 20;

/** Links into other systems, in the order in which they are shown. */
export function linkStore(database: DeskDatabase, now: Now, newId: NewId) {
  const all = database.query<LinkRow>('SELECT * FROM link_templates ORDER BY position, id');
  const one = database.query<LinkRow>('SELECT * FROM link_templates WHERE id = ?');
  const insert = database.query(
    `INSERT INTO link_templates (id, label, url, open_on_answer, position, connection_id, created_at)
     VALUES (?, ?, ?, ?, (SELECT coalesce(max(position) + 1, 0) FROM link_templates), ?, ?)`,
  );
  const update = database.query(
    'UPDATE link_templates SET label = ?, url = ?, open_on_answer = ? WHERE id = ?',
  );
  const remove = database.query('DELETE FROM link_templates WHERE id = ?');

  function found(linkId: string): OutsideLink {
    const row = one.get(linkId);
    if (!row) throw new Refusal('NOT_FOUND', { what: 'link', id: linkId });
    return linkFrom(row);
  }

  return {
    list: (): OutsideLink[] => all.all().map(linkFrom),
    add({ label, url, openOnAnswer, connectionId }: NewLink): OutsideLink {
      if (all.all().length >= MOST) throw badInput(['url'], 'tooMany');
      const id = newId();
      insert.run(id, label, url, openOnAnswer ? 1 : 0, connectionId ?? null, now());
      return found(id);
    },
    change(linkId: string, changes: { [Field in keyof NewLink]?: NewLink[Field] | undefined }) {
      const before = found(linkId);
      const openOnAnswer = changes.openOnAnswer ?? before.openOnAnswer;
      update.run(
        changes.label ?? before.label,
        changes.url ?? before.url,
        openOnAnswer ? 1 : 0,
        linkId,
      );
      return found(linkId);
    },
    remove(linkId: string): void {
      if (remove.run(linkId).changes === 0) found(linkId);
    },
  };
}
export type LinkStore = ReturnType<typeof linkStore>;

function linkFrom(row: LinkRow): OutsideLink {
  return {
    linkId: row.id,
    label: row.label,
    url: row.url,
    openOnAnswer: row.open_on_answer === 1,
    connectionId: row.connection_id,
  };
}
