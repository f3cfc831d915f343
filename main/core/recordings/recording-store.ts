import type { Recording } from '../../../preload/contract/calls.ts';
import type { Origin } from '../../../preload/contract/vocabulary.ts';
import type { DeskDatabase } from '../database/desk-database.ts';

export interface RecordingRow {
  id: string;
  call_id: string;
  contact_id: string;
  state: Recording['state'];
  started_at: number;
  ended_at: number | null;
  recorded_ms: number;
  chunk_count: number;
  bytes: number;
  last_chunk_at: number | null;
  agent_announced_at: number;
  customer_agreed_at: number;
  wrapped_key: Uint8Array | null;
}

export interface ChunkRow {
  position: number;
  first_byte: number;
  bytes: number;
  chain_hash: Uint8Array;
}

interface NewRecording {
  id: string;
  callId: string;
  contactId: string;
  agentId: string;
  startedAt: number;
  agentAnnouncedAt: number;
  customerAgreedAt: number;
  wrappedKey: Uint8Array;
  origin: Origin;
}

const COLUMNS = `id, call_id, contact_id, state, started_at, ended_at, recorded_ms, chunk_count, bytes,
  last_chunk_at, agent_announced_at, customer_agreed_at, wrapped_key`;

export type RecordingStore = ReturnType<typeof createRecordingStore>;

export function createRecordingStore(database: DeskDatabase) {
  const one = database.query<RecordingRow>(`SELECT ${COLUMNS} FROM recordings WHERE id = ?`);
  const ofCall = database.query<RecordingRow>(
    `SELECT ${COLUMNS} FROM recordings WHERE call_id = ? ORDER BY started_at, id LIMIT ?`,
  );
  const open = database.query<RecordingRow>(
    `SELECT ${COLUMNS} FROM recordings WHERE state = 'open' ORDER BY started_at`,
  );
  const overdue = database.query<RecordingRow>(
    `SELECT ${COLUMNS} FROM recordings WHERE state IN ('finished', 'interrupted') AND started_at <= ?`,
  );
  const insert = database.query(
    `INSERT INTO recordings (id, call_id, contact_id, agent_id, state, started_at, agent_announced_at,
       customer_agreed_at, wrapped_key, origin)
     VALUES ($id, $callId, $contactId, $agentId, 'open', $startedAt, $agentAnnouncedAt, $customerAgreedAt,
       $wrappedKey, $origin)`,
  );
  const insertChunk = database.query(
    `INSERT INTO recording_chunks (recording_id, position, first_byte, bytes, at, chain_hash)
     VALUES ($id, $position, $firstByte, $bytes, $at, $chainHash)`,
  );
  // A window that turns out to be alive goes on with what had been closed as interrupted.
  const grow = database.query(
    `UPDATE recordings SET chunk_count = chunk_count + 1, bytes = bytes + $bytes, last_chunk_at = $at,
       state = 'open', ended_at = NULL WHERE id = $id`,
  );
  const close = database.query(
    'UPDATE recordings SET state = $state, ended_at = $endedAt, recorded_ms = $recordedMs WHERE id = $id',
  );
  const erase = database.query(
    `UPDATE recordings SET state = 'erased', wrapped_key = NULL, bytes = 0, chunk_count = 0, erased_at = $at,
       ended_at = coalesce(ended_at, $at), erased_by = $by WHERE id = $id`,
  );
  const eraseChunks = database.query('DELETE FROM recording_chunks WHERE recording_id = ?');
  const chunk = database.query<ChunkRow>(
    `SELECT position, first_byte, bytes, chain_hash FROM recording_chunks WHERE recording_id = ? AND position = ?`,
  );
  const chunks = database.query<ChunkRow>(
    `SELECT position, first_byte, bytes, chain_hash FROM recording_chunks WHERE recording_id = ? ORDER BY position`,
  );
  const chunksFrom = database.query<ChunkRow>(
    `SELECT position, first_byte, bytes, chain_hash FROM recording_chunks
     WHERE recording_id = ? AND first_byte + bytes > ? ORDER BY position LIMIT ?`,
  );

  return {
    one: (id: string): RecordingRow | undefined => one.get(id),
    ofCall: (callId: string, most: number): RecordingRow[] => ofCall.all(callId, most),
    open: (): RecordingRow[] => open.all(),
    /** Closed ones that began at `before` or earlier. */
    overdue: (before: number): RecordingRow[] => overdue.all(before),
    insert: (row: NewRecording): void => void insert.run({ ...row }),
    addChunk(row: {
      id: string;
      position: number;
      firstByte: number;
      bytes: number;
      at: number;
      chainHash: Uint8Array;
    }): void {
      insertChunk.run(row);
      grow.run({ id: row.id, bytes: row.bytes, at: row.at });
    },
    close(row: {
      id: string;
      state: 'finished' | 'interrupted';
      endedAt: number;
      recordedMs: number;
    }): void {
      close.run(row);
    },
    erase(id: string, at: number, by: 'agent' | 'retention'): void {
      eraseChunks.run(id);
      erase.run({ id, at, by });
    },
    chunk: (id: string, position: number): ChunkRow | undefined => chunk.get(id, position),
    chunks: (id: string): ChunkRow[] => chunks.all(id),
    /** The chunk that `byte` lies in, and the next ones. */
    chunksFrom: (id: string, byte: number, most: number): ChunkRow[] =>
      chunksFrom.all(id, byte, most),
  };
}
