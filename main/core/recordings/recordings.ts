// Recordings of calls: begun only where the organisation allows it and both sides have agreed, kept
// encrypted beside the database, taken away by the agent or when their time is over.
import type { CallEvent, Recording } from '../../../preload/contract/calls.ts';
import type { Settings } from '../../../preload/contract/settings.ts';
import type { Origin } from '../../../preload/contract/vocabulary.ts';
import type { Now, Schedule } from '../clock.ts';
import type { SubjectHandlers } from '../connection/handlers.ts';
import type { DeskDatabase } from '../database/desk-database.ts';
import type { Publish } from '../events/event-bus.ts';
import type { CoreLog } from '../log/core-log.ts';
import { badInput, Refusal, type RefusalData } from '../refusal.ts';
import { newRecordingKey, unwrappedKey, wrappedKey } from './chunk-cipher.ts';
import { recordedMsFrom } from './recorded-time.ts';
import { recordingFilesIn } from './recording-file.ts';
import { createRecordingStore, type RecordingRow } from './recording-store.ts';
import { storedRecordings } from './stored-recording.ts';

interface RecordedCall {
  contactId: string;
  customerId: string | null;
  startedAt: number;
  endedAt: number | null;
  origin: Origin;
}

interface RecordingsDependencies {
  database: DeskDatabase;
  now: Now;
  schedule: Schedule;
  publish: Publish;
  log: CoreLog;
  agentId: string;
  folder: string;
  /** What the recordings' own keys are wrapped with. */
  wrappingKey: Uint8Array;
  settings: () => Pick<Settings, 'recordingAllowed' | 'recordingDays'>;
  callOf: (callId: string) => RecordedCall | null;
  eventsOf: (callId: string) => CallEvent[];
}

export interface Recordings {
  handlers: SubjectHandlers<'recordings'>;
  /** Closes what was left open in calls that no window holds. */
  closeUnclaimed(held: readonly string[]): void;
  /** Part of the transaction that erases their rows: their files go once that is on disk. */
  removeFiles(recordingIds: readonly string[]): void;
  stop(): void;
}

const DAY_MS = 86_400_000;
/** More often than daily: a desk that sleeps at night would never come to a daily hour. */
const RETENTION_EVERY_MS = 3_600_000;
const MOST_OF_CALL = 20;
/** A clock that is set in mid-call must not make a consent invalid. */
const CLOCKS_DIFFER_MS = 60_000;
/** Half an hour at 64 kbit/s: begun on a fuller disk, a recording would break off. */
const LEAST_FREE_BYTES = 14_400_000;

export function createRecordings(dependencies: RecordingsDependencies): Recordings {
  const { database, now, publish, log, settings, wrappingKey } = dependencies;
  const store = createRecordingStore(database);
  const files = recordingFilesIn(dependencies.folder);
  const stored = storedRecordings(store, files);

  function found(recordingId: string): RecordingRow {
    const row = store.one(recordingId);
    if (!row) throw new Refusal('NOT_FOUND', { what: 'recording', id: recordingId });
    return row;
  }

  function callFor(callId: string): RecordedCall {
    const call = dependencies.callOf(callId);
    if (!call) throw new Refusal('NOT_FOUND', { what: 'call', id: callId });
    return call;
  }

  function keyOf(row: RecordingRow): Buffer {
    if (row.wrapped_key === null) throw refused('closed');
    const key = unwrappedKey(row.wrapped_key, wrappingKey, row.id);
    if (!key) throw new Refusal('STORAGE', { reason: 'damaged' });
    return key;
  }

  function changed({ call_id: callId }: RecordingRow): void {
    const customerId = dependencies.callOf(callId)?.customerId ?? null;
    database.afterCommit(() => publish({ type: 'calls.changed', callId, customerId }));
  }

  function close(row: RecordingRow, state: 'finished' | 'interrupted', endedAt: number): void {
    const recorded = recordedMsFrom(dependencies.eventsOf(row.call_id), row.id, endedAt);
    const recordedMs = recorded ?? Math.max(0, endedAt - row.started_at);
    database.transaction(() => {
      store.close({ id: row.id, state, endedAt, recordedMs });
      changed(row);
    });
  }

  function erase(row: RecordingRow, by: 'agent' | 'retention'): void {
    database.transaction(() => {
      store.erase(row.id, now(), by);
      changed(row);
    });
    // Without its key the file is noise already.
    files.remove(row.id);
  }

  function recordingFrom(row: RecordingRow): Recording {
    const open = row.state === 'open';
    const kept = row.started_at + settings().recordingDays * DAY_MS;
    return {
      recordingId: row.id,
      callId: row.call_id,
      startedAt: row.started_at,
      endedAt: row.ended_at,
      durationMs: open ? Math.max(0, (row.last_chunk_at ?? 0) - row.started_at) : row.recorded_ms,
      bytes: row.bytes,
      state: row.state,
      agentAnnouncedAt: row.agent_announced_at,
      customerAgreedAt: row.customer_agreed_at,
      keptUntil: row.state === 'erased' ? null : kept,
    };
  }

  const handlers: SubjectHandlers<'recordings'> = {
    begin({ callId, recordingId, agentAnnouncedAt, customerAgreedAt }) {
      const known = store.one(recordingId);
      if (known) {
        if (known.call_id !== callId || !goesOn(known)) throw refused('closed');
        return recordingFrom(known);
      }
      if (!settings().recordingAllowed) throw refused('notAllowed');
      if (agentAnnouncedAt === null || customerAgreedAt === null) throw refused('consentMissing');
      const call = callFor(callId);
      if (call.endedAt !== null) throw refused('callOver');
      // What was agreed in an earlier call does not hold for this one, and what is yet to come is none.
      const consents = [agentAnnouncedAt, customerAgreedAt];
      const latest = now() + CLOCKS_DIFFER_MS;
      if (consents.some((at) => at < call.startedAt || at > latest))
        throw refused('consentMissing');
      if (files.free() < LEAST_FREE_BYTES) throw new Refusal('STORAGE', { reason: 'diskFull' });
      files.create(recordingId);
      const { contactId, origin } = call;
      database.transaction(() => {
        store.insert({
          ...{ id: recordingId, callId, contactId, origin, agentId: dependencies.agentId },
          ...{ startedAt: now(), agentAnnouncedAt, customerAgreedAt },
          wrappedKey: wrappedKey(newRecordingKey(), wrappingKey, recordingId),
        });
      });
      return recordingFrom(found(recordingId));
    },

    append({ recordingId, index, chunk }) {
      const row = found(recordingId);
      const key = keyOf(row);
      const plain = Buffer.from(chunk, 'base64');
      if (index < row.chunk_count) {
        if (stored.holds(row, key, index, plain) === false)
          throw badInput(['chunk'], 'contradiction');
        return { bytes: row.bytes };
      }
      if (!goesOn(row)) throw refused('closed');
      if (index > row.chunk_count) throw refused('gap');
      const chainHash = stored.append(row, key, plain);
      const { bytes: firstByte } = row;
      database.transaction(() => {
        store.addChunk({
          ...{ id: recordingId, position: index, firstByte, bytes: plain.length },
          ...{ at: now(), chainHash },
        });
      });
      return { bytes: firstByte + plain.length };
    },

    finish({ recordingId }) {
      const row = found(recordingId);
      if (row.state === 'erased') throw refused('closed');
      if (row.state !== 'finished') close(row, 'finished', row.ended_at ?? now());
      return recordingFrom(found(recordingId));
    },

    ofCall({ callId }) {
      callFor(callId);
      return store.ofCall(callId, MOST_OF_CALL).map(recordingFrom);
    },

    read({ recordingId, offset }) {
      const row = found(recordingId);
      const { bytes, next, whole, damaged } = stored.read(row, keyOf(row), offset);
      if (damaged) log.warn({ recordingId, whole }, 'a recording is not whole');
      return { chunk: bytes.toString('base64'), next, bytes: whole };
    },

    erase({ recordingId }) {
      const row = found(recordingId);
      if (row.state !== 'erased') erase(row, 'agent');
      return recordingFrom(found(recordingId));
    },
  };

  function eraseOverdue(): void {
    const overdue = store.overdue(now() - settings().recordingDays * DAY_MS);
    for (const row of overdue) erase(row, 'retention');
    const recordings = overdue.map(({ id }) => id);
    if (recordings.length > 0)
      log.info({ removed: recordings.length, recordings }, 'recordings whose time is over erased');
  }

  /** A crash between the row and the file leaves a file without a key. */
  function removeErasedFiles(): void {
    for (const id of files.list()) {
      if (store.one(id)?.state === 'erased') files.remove(id);
    }
  }

  /** What storage refuses now is tried again the next time; the desk works without. */
  function attempt(failure: string, work: () => void): void {
    try {
      work();
    } catch (error) {
      log.error({ problem: error instanceof Error ? error.message : 'unknown' }, failure);
    }
  }

  function keepHouse(): void {
    attempt('removing erased recordings failed', removeErasedFiles);
    attempt('retention failed', eraseOverdue);
  }

  keepHouse();
  const cancel = dependencies.schedule.every(RETENTION_EVERY_MS, keepHouse);

  return {
    handlers,
    closeUnclaimed(held) {
      for (const row of store.open()) {
        if (held.includes(row.call_id)) continue;
        attempt('cutting a recording failed', () => stored.cutTail(row));
        close(row, 'interrupted', row.last_chunk_at ?? row.started_at);
      }
    },
    removeFiles(recordingIds) {
      database.afterCommit(() =>
        // What cannot be removed now goes with the next keeping house; its key is gone already.
        attempt('removing erased recordings failed', () => {
          for (const id of recordingIds) files.remove(id);
        }),
      );
    },
    stop: cancel,
  };
}

/** An interrupted one goes on when its window turns out to be alive. */
function goesOn({ state }: RecordingRow): boolean {
  return state === 'open' || state === 'interrupted';
}

function refused(reason: RefusalData<'RECORDING_REFUSED'>['reason']): Refusal {
  return new Refusal('RECORDING_REFUSED', { reason });
}
