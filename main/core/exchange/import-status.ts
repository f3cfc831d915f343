// An import as it is told to whoever asks.
import type { ImportStatus } from '../../../preload/contract/exchange.ts';
import { sumOf } from './import-run.ts';
import type { StoredImport } from './import-store.ts';

export function statusFrom(stored: StoredImport): ImportStatus {
  const { counts, reading } = stored;
  const rejected = sumOf(counts.rejected);
  return {
    ...{ id: stored.id, kind: reading.kind, format: reading.format, fileName: stored.fileName },
    ...{ dryRun: stored.dryRun, policy: stored.policy, state: stored.state },
    ...{ rows: counts.rows, accepted: counts.rows - rejected, rejected },
    ...{ created: counts.created, updated: counts.updated, skipped: sumOf(counts.skipped) },
    ...{ skippedFor: counts.skipped, rejectedFor: counts.rejected },
    ...{ progress: stored.progress, problem: stored.problem, undone: stored.undone },
    ...{ fileId: stored.fileId, startedAt: stored.startedAt, endedAt: stored.endedAt },
  };
}
