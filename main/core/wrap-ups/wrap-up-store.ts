import type { WrapUpDraft } from '../../../preload/contract/wrap-ups.ts';
import { wrapUpDraft } from '../../../preload/contract/wrap-ups.ts';
import type { Feeling } from '../../../preload/contract/shapes.ts';
import type { Origin } from '../../../preload/contract/vocabulary.ts';
import type { DeskDatabase } from '../database/desk-database.ts';
import type { NewId } from '../ids.ts';

export interface WrapUpRow {
  id: string;
  contact_id: string;
  call_id: string;
  state: 'open' | 'saved';
  revision: number;
  draft_json: string;
  opened_at: number;
  origin: Origin;
}

/** Whose facts a wrap-up writes. */
export interface WrittenContact {
  contactId: string;
  callId: string;
  customerId: string | null;
  matterId: string | null;
  agentId: string;
  origin: Origin;
}

interface MatterRow {
  id: string;
  customer_id: string | null;
}

export function createWrapUpStore(database: DeskDatabase, newId: NewId) {
  const columns = 'id, contact_id, call_id, state, revision, draft_json, opened_at, origin';
  const one = database.query<WrapUpRow>(`SELECT ${columns} FROM wrap_ups WHERE id = ?`);
  const ofCall = database.query<WrapUpRow>(`SELECT ${columns} FROM wrap_ups WHERE call_id = ?`);
  const open = database.query<WrapUpRow>(
    `SELECT ${columns} FROM wrap_ups WHERE state = 'open' ORDER BY opened_at DESC, id DESC LIMIT 100`,
  );
  const insert = database.query(
    `INSERT INTO wrap_ups (id, contact_id, call_id, agent_id, state, draft_json, opened_at, changed_at, origin)
     VALUES ($id, $contactId, $callId, $agentId, 'open', $draft, $at, $at, $origin)
     ON CONFLICT DO NOTHING`,
  );
  const remove = database.query('DELETE FROM wrap_ups WHERE id = ?');
  const writeDraft = database.query(
    'UPDATE wrap_ups SET draft_json = ?, revision = revision + 1, changed_at = ? WHERE id = ?',
  );
  const writeSaved = database.query(
    `UPDATE wrap_ups SET state = 'saved', draft_json = $draft, revision = revision + 1, changed_at = $at,
       saved_at = $at, tag_ms = $tagMs WHERE id = $id`,
  );
  const contact = database.query<{ customer_id: string | null; at: number }>(
    'SELECT customer_id, at FROM contacts WHERE id = ?',
  );
  const writeContact = database.query(
    `UPDATE contacts SET outcome = $outcome, note = $note, expectation = $expectation,
       feeling_unknown = $unknown, matter_id = $matterId WHERE id = $contactId`,
  );
  const writeCallMatter = database.query('UPDATE calls SET matter_id = ? WHERE contact_id = ?');
  const insertFeeling = database.query(
    `INSERT INTO feelings (id, contact_id, customer_id, part, emotion, intensity, sign, at, agent_id, call_id,
       matter_id, origin)
     VALUES ($id, $contactId, $customerId, $part, $emotion, $intensity, $sign, $at, $agentId, $callId, $matterId,
       $origin)`,
  );
  const insertQuestion = database.query(
    `INSERT INTO questions (id, customer_id, contact_id, call_id, matter_id, agent_id, text, asked_at, origin)
     VALUES ($id, $customerId, $contactId, $callId, $matterId, $agentId, $text, $at, $origin)`,
  );
  const matter = database.query<MatterRow>('SELECT id, customer_id FROM matters WHERE id = ?');
  const insertMatter = database.query(
    `INSERT INTO matters (id, customer_id, title, opened_at, agent_id, contact_id, call_id, origin)
     VALUES ($id, $customerId, $title, $at, $agentId, $contactId, $callId, $origin)`,
  );
  const closeMatter = database.query(
    'UPDATE matters SET closed_at = coalesce(closed_at, ?) WHERE id = ?',
  );
  const reopenMatter = database.query('UPDATE matters SET closed_at = NULL WHERE id = ?');
  const answerQuestions = database.query(
    'UPDATE questions SET answered_at = ? WHERE matter_id = ? AND customer_id = ? AND answered_at IS NULL',
  );

  return {
    one: (id: string): WrapUpRow | undefined => one.get(id),
    ofCall: (callId: string): WrapUpRow | undefined => ofCall.get(callId),
    open: (): WrapUpRow[] => open.all(),
    insert(row: {
      callId: string;
      contactId: string;
      agentId: string;
      origin: Origin;
      at: number;
    }): boolean {
      return (
        insert.run({ ...row, id: newId(), draft: JSON.stringify(wrapUpDraft.parse({})) }).changes >
        0
      );
    },
    remove: (id: string): void => void remove.run(id),
    writeDraft: (id: string, draft: WrapUpDraft, at: number): void =>
      void writeDraft.run(JSON.stringify(draft), at, id),
    writeSaved: (id: string, draft: WrapUpDraft, at: number, tagMs: number | null): void =>
      void writeSaved.run({ id, draft: JSON.stringify(draft), at, tagMs }),
    contact: (id: string) => contact.get(id),
    writeContact(written: WrittenContact, draft: WrapUpDraft): void {
      const { outcome, expectation } = draft;
      const { contactId, matterId } = written;
      const note = draft.note.trim() === '' ? null : draft.note;
      const unknown = draft.end === 'unknown' ? 1 : 0;
      writeContact.run({ contactId, matterId, outcome, expectation, note, unknown });
      writeCallMatter.run(matterId, contactId);
    },
    insertFeeling(
      written: WrittenContact,
      part: 'end' | 'peak',
      feeling: Feeling,
      at: number,
    ): void {
      const { emotion, intensity, sign } = feeling;
      insertFeeling.run({ ...written, id: newId(), part, emotion, intensity, sign, at });
    },
    insertQuestion: (written: WrittenContact, text: string, at: number): void =>
      void insertQuestion.run({ ...written, id: newId(), text, at }),
    matter: (id: string): MatterRow | undefined => matter.get(id),
    insertMatter(written: Omit<WrittenContact, 'matterId'>, title: string, at: number): string {
      const { customerId, agentId, contactId, callId, origin } = written;
      const id = newId();
      insertMatter.run({ id, customerId, title, at, agentId, contactId, callId, origin });
      return id;
    },
    /** Closing a matter also answers what was still open in it. */
    closeMatter(id: string, customerId: string | null, at: number): void {
      closeMatter.run(at, id);
      if (customerId !== null) answerQuestions.run(at, id, customerId);
    },
    reopenMatter: (id: string): void => void reopenMatter.run(id),
  };
}
