// Long work on the database and its copies, made for a thread of its own: it opens the database once
// more beside the one that is served, and only reads there, or writes the log back.
import { copyFileSync, existsSync, renameSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import {
  backUp,
  backupsIn,
  faultOfFile,
  putCopy,
  quarantinedIn,
  removeDatabase,
  requireDiskSpace,
} from './backups.ts';
import type { Consent } from '../../../preload/contract/rights.ts';
import type { DataFolder } from './data-folder.ts';
import { deskDatabaseOver } from './desk-database.ts';
import { type DatabaseKey, faultOf, openEncrypted, schemaVersionOf } from './encrypted-file.ts';
import { openErasureList } from './erasures/erasure-list.ts';
import { erasedThrough, replayErasures } from './erasures/replay.ts';
import { accessReportOf, reportAsJson, reportInSections } from './person/access-report.ts';
import { cleanSearches } from './search-residue.ts';

export interface JobContext {
  paths: DataFolder;
  key: DatabaseKey;
  /** Opens the list of erasures. */
  erasuresKey: DatabaseKey;
}

/** What is counted before retention is switched on: rows of a table that are older. */
export interface CountedRows {
  id: string;
  /** SELECT of `count` and `oldestAt`, with the time as its one parameter. */
  sql: string;
  before: number;
}

/** Everything stored about one customer, as JSON in pieces. */
export interface ReportJob {
  kind: 'report';
  /** The customer first, then whoever was merged into it. */
  customerIds: string[];
  now: number;
  consents: Consent[];
  /** One JSON text, or the head and each section as JSON texts of their own. */
  form: 'document' | 'sections';
}

export type Job =
  | { kind: 'backup'; now: number; mostBytes: number }
  | { kind: 'check' }
  | { kind: 'rewrite' }
  | { kind: 'verify'; name: string }
  | { kind: 'preview'; rows: CountedRows[] }
  | ReportJob
  | { kind: 'writeBack' };

export interface JobResults {
  backup: { name: string };
  /** What SQLite found; null when all is sound. */
  check: { fault: string | null };
  rewrite: {
    rewritten: string[];
    /** Copies that could not be opened: they still named the person, so they went. */
    removed: string[];
  };
  verify: { fault: string | null };
  preview: { id: string; count: number; oldestAt: number | null }[];
  /** False when there is no such customer any more. */
  report: { found: boolean };
  /** Whether all of the log is in the file. */
  writeBack: { whole: boolean };
}
export type JobKind = Job['kind'];
export type ResultOf<J extends Job> = JobResults[J['kind']];
export type Progress = (done: number, total: number) => void;
/** What a job hands over before its end. */
export type Piece = (bytes: Uint8Array<ArrayBuffer>) => void;

export function performJob<J extends Job>(
  job: J,
  context: JobContext,
  progress: Progress,
  piece: Piece,
): ResultOf<J> {
  return jobs[job.kind](job as never, context, progress, piece) as ResultOf<J>;
}

const jobs: {
  [K in JobKind]: (
    job: Extract<Job, { kind: K }>,
    context: JobContext,
    progress: Progress,
    piece: Piece,
  ) => JobResults[K];
} = {
  backup({ now, mostBytes }, { paths, key }) {
    const raw = openToRead(paths, key);
    try {
      const { page_count, page_size } = raw
        .prepare('SELECT * FROM pragma_page_count, pragma_page_size')
        .get() as { page_count: number; page_size: number };
      requireDiskSpace(paths, 1.1 * page_count * page_size + 16 * 1024 * 1024);
      return { name: backUp(raw, paths, key, now, mostBytes).name };
    } finally {
      raw.close();
    }
  },

  check(_job, { paths, key }) {
    const raw = openToRead(paths, key);
    try {
      return { fault: faultOf(raw) };
    } finally {
      raw.close();
    }
  },

  verify({ name }, { paths, key }) {
    const copy = backupsIn(paths).find((known) => known.name === name);
    return { fault: copy ? faultOfFile(copy.file, key, copy.version) : 'no such copy' };
  },

  preview({ rows }, { paths, key }, progress) {
    const raw = openToRead(paths, key);
    try {
      return rows.map(({ id, sql, before }, index) => {
        progress(index, rows.length);
        const found = raw.prepare(sql).get(before) as { count: number; oldestAt: number | null };
        return { id, ...found };
      });
    } finally {
      raw.close();
    }
  },

  report({ customerIds, now, consents, form }, { paths, key }, _progress, piece) {
    const raw = openToRead(paths, key);
    try {
      const report = accessReportOf(deskDatabaseOver(raw), customerIds, now, consents);
      if (!report) return { found: false };
      const encoder = new TextEncoder();
      const texts = form === 'document' ? reportAsJson(report) : reportInSections(report);
      for (const text of texts) piece(encoder.encode(text));
      return { found: true };
    } finally {
      raw.close();
    }
  },

  rewrite: (_job, context, progress) => rewriteOldCopies(context, progress),

  writeBack(_job, { paths, key }) {
    const raw = openToRead(paths, key);
    try {
      // It waits for nobody, and nobody for it.
      const [log] = raw.pragma('wal_checkpoint(PASSIVE)') as {
        log: number;
        checkpointed: number;
      }[];
      return { whole: log !== undefined && log.log === log.checkpointed };
    } finally {
      raw.close();
    }
  },
};

/** Copies that still know someone who was erased since. */
export function outdatedCopies({ paths, key, erasuresKey }: JobContext): string[] {
  const erasures = openErasureList(paths.erasures, erasuresKey, 0);
  try {
    const latest = erasures.latest();
    if (latest === 0) return [];
    return [...backupsIn(paths).map(({ file }) => file), ...quarantinedIn(paths)].filter(
      (file) => (erasedIn(file, key) ?? -1) < latest,
    );
  } finally {
    erasures.close();
  }
}

/** Every older copy is written anew without the people who were erased since; each is replaced as a whole. */
function rewriteOldCopies(context: JobContext, progress: Progress): JobResults['rewrite'] {
  const { paths, key, erasuresKey } = context;
  const outdated = outdatedCopies(context);
  const rewritten: string[] = [];
  const removed: string[] = [];
  const erasures = openErasureList(paths.erasures, erasuresKey, 0);
  try {
    for (const [index, file] of outdated.entries()) {
      progress(index, outdated.length);
      const through = erasedIn(file, key);
      const readable =
        through !== null &&
        couldBeRewritten(() =>
          rewriteCopy(file, context, (draft) => replayErasures(draft, erasures.after(through))),
        );
      if (!readable) removeDatabase(file);
      (readable ? rewritten : removed).push(basename(file));
    }
  } finally {
    erasures.close();
  }
  progress(outdated.length, outdated.length);
  return { rewritten, removed };
}

/** False when the file turned out to be damaged; any other trouble leaves it for another try. */
function couldBeRewritten(rewrite: () => void): boolean {
  try {
    rewrite();
    return true;
  } catch (error) {
    if (isUnreadable(error)) return false;
    throw error;
  }
}

type Draft = ReturnType<typeof deskDatabaseOver>;

function rewriteCopy(
  file: string,
  { paths, key }: JobContext,
  erase: (draft: Draft) => void,
): void {
  const draft = join(dirname(file), `rewriting-${basename(file)}`);
  removeDatabase(draft);
  try {
    copyFileSync(file, draft);
    if (existsSync(`${file}-wal`)) copyFileSync(`${file}-wal`, `${draft}-wal`);
    const raw = openEncrypted(draft, key);
    try {
      raw.pragma('secure_delete = ON');
      raw.pragma('foreign_keys = ON');
      const database = deskDatabaseOver(raw);
      erase(database);
      cleanSearches(database);
      const rewritten = `${draft}.new`;
      putCopy(raw, paths, key, rewritten, schemaVersionOf(raw));
      removeDatabase(`${file}-wal`);
      removeDatabase(`${file}-shm`);
      renameSync(rewritten, file);
    } finally {
      raw.close();
    }
  } finally {
    removeDatabase(draft);
  }
}

/** The last erasure that the file has seen; null when it cannot be read. */
function erasedIn(file: string, key: DatabaseKey): number | null {
  try {
    const raw = openEncrypted(file, key);
    try {
      return erasedThrough(deskDatabaseOver(raw));
    } finally {
      raw.close();
    }
  } catch (error) {
    // Nor is what lacks the table that every version has.
    if (isUnreadable(error) || (error instanceof Error && error.message.includes('no such table')))
      return null;
    throw error;
  }
}

/** Damage, or not one of our databases at all. */
function isUnreadable(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return (
    /^SQLITE_(CORRUPT|NOTADB)/.test(code) ||
    (error instanceof Error && error.message.includes('not sound'))
  );
}

/** `query_only` would refuse VACUUM INTO as well: nothing here writes to the database. */
function openToRead(paths: DataFolder, key: DatabaseKey) {
  const raw = openEncrypted(paths.database, key);
  raw.pragma('busy_timeout = 10000');
  return raw;
}
