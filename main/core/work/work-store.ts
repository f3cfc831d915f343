import type { Origin, WorkKind, WorkState } from '../../../preload/contract/vocabulary.ts';
import type { DeskDatabase } from '../database/desk-database.ts';
import { WORK_SELECT, type WorkRow } from './work-rows.ts';

export interface NewWork {
  id: string;
  kind: WorkKind;
  customerId: string | null;
  group: string | null;
  callId: string | null;
  number: string | null;
  e164: string | null;
  numberKey: string | null;
  display: string | null;
  note: string | null;
  ownerId: string | null;
  at: number;
  dueAt: number | null;
  source: 'desk' | 'calls' | 'import' | 'api' | 'mailbox';
  messages: number | null;
  audio: { type: string; bytes: Uint8Array } | null;
  /** How the program that sent it names it; null for all others. */
  externalId?: string | null;
  agentId: string;
  changedAt: number;
  origin: Origin;
}

/** A piece of a voicemail in the database, and of an answer. */
export const AUDIO_PIECE = 256 * 1024;
export const MOST_OPEN = 500;
/** When a voicemail was settled whose sound is not whole yet: never. */
const BEING_WRITTEN = -1;

export function createWorkStore(database: DeskDatabase) {
  const one = database.query<WorkRow>(`${WORK_SELECT} WHERE w.id = ?`);
  const ofExternal = database.query<WorkRow>(
    `${WORK_SELECT} WHERE w.kind = ? AND w.external_id = ?`,
  );
  const openOfGroup = database.query<WorkRow>(
    `${WORK_SELECT} WHERE w.group_key = ? AND w.state = 'open'`,
  );
  const openPlans = database.query<WorkRow>(
    `${WORK_SELECT} WHERE w.state = 'open' AND w.kind = 'missedCall'`,
  );
  const open = database.query<WorkRow>(
    `${WORK_SELECT} WHERE w.state = 'open' AND w.kind <> 'missedCall'
     ORDER BY coalesce(w.due_at, w.at) LIMIT ${MOST_OPEN}`,
  );
  const settled = database.query<WorkRow>(
    `${WORK_SELECT} WHERE w.state <> 'open' AND w.settled_at < ?
       AND w.settled_at <> ${BEING_WRITTEN} ORDER BY w.settled_at DESC LIMIT ?`,
  );
  const counts = database.query<{ n: number }>(
    "SELECT count(*) AS n FROM work_items WHERE state = 'open' AND kind <> 'missedCall'",
  );
  // A voicemail whose sound is still being written: to everybody else it is not there. It belongs to
  // nobody, is in no list, and what a crash leaves of it goes at the next start.
  const hide = database.query(
    `UPDATE work_items SET state = 'cancelled', settled_at = ${BEING_WRITTEN}, customer_id = NULL, number_key = NULL,
       external_id = NULL WHERE id = ?`,
  );
  const reveal = database.query(
    `UPDATE work_items SET state = 'open', settled_at = NULL, customer_id = $customerId, number_key = $numberKey,
       external_id = $externalId WHERE id = $id`,
  );
  const remove = database.query('DELETE FROM work_items WHERE id = ?');
  const removeUnwritten = database.query(
    `DELETE FROM work_items WHERE state = 'cancelled' AND settled_at = ${BEING_WRITTEN}`,
  );
  const insert = database.query(
    `INSERT INTO work_items (id, kind, customer_id, group_key, call_id, number, e164, number_key, display, note,
       owner_id, at, due_at, state, source, messages, audio_type, audio_bytes, agent_id, changed_at, origin,
       external_id)
     VALUES ($id, $kind, $customerId, $group, $callId, $number, $e164, $numberKey, $display, $note, $ownerId, $at,
       $dueAt, 'open', $source, $messages, $audioType, $audioBytes, $agentId, $changedAt, $origin,
       $externalId)`,
  );
  const insertAudio = database.query(
    'INSERT INTO work_audio (work_id, position, chunk) VALUES (?, ?, ?)',
  );
  const audio = database.query<{ chunk: Uint8Array }>(
    'SELECT chunk FROM work_audio WHERE work_id = ? AND position = ?',
  );
  const plan = database.query(
    'UPDATE work_items SET owner_id = ?, due_at = ?, note = ?, changed_at = ? WHERE id = ?',
  );
  const settle = database.query(
    `UPDATE work_items SET state = ?, result = ?, settled_at = ?, settled_by = ?, settled_by_call_id = ?,
       changed_at = ? WHERE id = ? AND state = 'open'`,
  );
  const reopen = database.query(
    `UPDATE work_items SET state = 'open', result = NULL, settled_at = NULL, settled_by = NULL,
       settled_by_call_id = NULL, changed_at = ? WHERE id = ? AND state <> 'open'`,
  );
  const settledByCall = database.query<{ id: string }>(
    'SELECT id FROM work_items WHERE settled_by_call_id = ?',
  );
  // What a talk with somebody settles: their voicemails, and callbacks whose day has come.
  const answeredBy = database.query<{ id: string }>(
    `SELECT id FROM work_items WHERE state = 'open' AND at <= $startedAt
       AND (number_key = $numberKey OR customer_id = $customerId)
       AND (kind = 'voicemail' OR (kind = 'callback' AND (due_at IS NULL OR due_at < $until)))`,
  );
  const openMailbox = database.query<{ id: string }>(
    "SELECT id FROM work_items WHERE source = 'mailbox' AND state = 'open'",
  );
  const setMessages = database.query(
    'UPDATE work_items SET messages = ?, changed_at = ? WHERE id = ?',
  );

  return {
    one: (id: string) => one.get(id),
    ofExternal: (kind: WorkKind, externalId: string) => ofExternal.get(kind, externalId),
    openOfGroup: (group: string) => openOfGroup.get(group),
    openPlans: () => openPlans.all(),
    open: () => open.all(),
    openCount: () => counts.get()?.n ?? 0,
    settledBefore: (before: number, limit: number) => settled.all(before, limit),
    /** Part of the caller's transaction; with a sound nobody sees it until it is revealed. */
    insert(work: NewWork): void {
      const { audio: sound, externalId = null, ...values } = work;
      const audioType = sound?.type ?? null;
      insert.run({ ...values, externalId, audioType, audioBytes: sound?.bytes.length ?? null });
      if (sound !== null) hide.run(work.id);
    },
    addAudioPiece(id: string, position: number, piece: Uint8Array): void {
      insertAudio.run(id, position, piece);
    },
    reveal({ id, customerId, numberKey, externalId = null }: NewWork): void {
      reveal.run({ id, customerId, numberKey, externalId });
    },
    remove: (id: string): void => void remove.run(id),
    removeUnwritten: (): void => void removeUnwritten.run(),
    audioPiece: (id: string, position: number) => audio.get(id, position)?.chunk,
    plan: (row: Pick<WorkRow, 'id' | 'owner_id' | 'due_at' | 'note'>, at: number): void =>
      void plan.run(row.owner_id, row.due_at, row.note, at, row.id),
    settle(
      id: string,
      how: {
        state: Exclude<WorkState, 'open'>;
        result: string | null;
        at: number;
        by: string | null;
        byCallId: string | null;
      },
    ): boolean {
      const { state, result, at, by, byCallId } = how;
      return settle.run(state, result, at, by, byCallId, at, id).changes > 0;
    },
    reopen: (id: string, at: number): boolean => reopen.run(at, id).changes > 0,
    settledByCall: (callId: string) => settledByCall.all(callId).map(({ id }) => id),
    answeredBy: (call: {
      startedAt: number;
      numberKey: string | null;
      customerId: string | null;
      until: number;
    }) => answeredBy.all(call).map(({ id }) => id),
    openMailbox: () => openMailbox.get()?.id ?? null,
    setMessages: (id: string, messages: number, at: number): void =>
      void setMessages.run(messages, at, id),
  };
}
