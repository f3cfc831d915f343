// Reports of what is stored about one customer, made in threads of their own: as one JSON text for other
// programs, section by section for the window.
import { Readable } from 'node:stream';
import type { AccessReport, AccessReportHead, Consent } from '../../../preload/contract/rights.ts';
import type { JobResults, Piece, ReportJob } from '../database/copy-jobs.ts';
import type { RunningJob } from '../database/run-job.ts';
import { Refusal } from '../refusal.ts';

/** Makes a report in a thread. */
export type ReportBeside = (job: ReportJob, piece: Piece) => RunningJob<JobResults['report']>;

interface ReportsDependencies {
  reportBeside: ReportBeside;
  newId: () => string;
  now: () => number;
  /** The customer, and whoever was merged into it. */
  idsOf: (customerId: string) => string[];
  consentsOf: (customerId: string) => Consent[];
}

type Section = AccessReport['sections'][number];

interface RunningReport {
  customerIds: string[];
  pieces: Readable;
  making: RunningJob<unknown>;
}

/** The one that the window takes section by section. */
interface TakenReport {
  reportId: string;
  pieces: Readable;
  next: () => Promise<unknown>;
}

export function accessReports(dependencies: ReportsDependencies) {
  const { reportBeside, newId, now, idsOf, consentsOf } = dependencies;
  const running = new Set<RunningReport>();
  let taken: TakenReport | null = null;

  /** The thread sets the pace: what waits for its reader is no more than the report. */
  function begin(customerId: string, form: ReportJob['form']): Readable {
    const customerIds = idsOf(customerId);
    const pieces = new Readable({ read: () => undefined, objectMode: form === 'sections' });
    const making = reportBeside(
      {
        ...{ kind: 'report', form, now: now() },
        ...{ customerIds, consents: consentsOf(customerId) },
      },
      (piece) => pieces.push(piece),
    );
    const report = { customerIds, pieces, making };
    running.add(report);
    pieces.once('close', () => {
      running.delete(report);
      void making.stop();
    });
    making.result.then(
      ({ found }) => {
        if (found) pieces.push(null);
        else pieces.destroy(new Refusal('NOT_FOUND', { what: 'customer', id: customerId }));
      },
      (error: unknown) => pieces.destroy(error instanceof Error ? error : undefined),
    );
    return pieces;
  }

  function beginSections(customerId: string): TakenReport {
    const reportId = newId();
    const pieces = begin(customerId, 'sections');
    const iterator = pieces.iterator() as AsyncIterator<Uint8Array, undefined>;
    return {
      ...{ reportId, pieces },
      async next() {
        const piece = await iterator.next().catch((error: unknown) => {
          // Whoever asks on would take what is there for the whole.
          if (taken?.reportId === reportId) taken = null;
          throw pieces.errored === null ? gone(reportId) : error;
        });
        return piece.done ? null : JSON.parse(Buffer.from(piece.value).toString());
      },
    };
  }

  return {
    asJson: (customerId: string): Readable => begin(customerId, 'document'),

    /** Begins a report and answers its head; the one before it is over. */
    async head(customerId: string): Promise<{ reportId: string; head: AccessReportHead | null }> {
      const begun = beginSections(customerId);
      taken?.pieces.destroy();
      taken = begun;
      return { reportId: begun.reportId, head: (await begun.next()) as AccessReportHead | null };
    },

    /** Null behind the last one. */
    async section(reportId: string): Promise<Section | null> {
      const report = taken;
      if (report?.reportId !== reportId) throw gone(reportId);
      const section = (await report.next()) as Section | null;
      if (section === null && taken === report) taken = null;
      return section;
    },

    /** Nobody is told of a person who is being erased. */
    drop(customerIds: readonly string[]): void {
      for (const { customerIds: about, pieces } of running)
        if (about.some((id) => customerIds.includes(id))) pieces.destroy();
    },

    async stop(): Promise<void> {
      const threads = [...running].map(({ making }) => making.stop());
      for (const { pieces } of running) pieces.destroy();
      await Promise.all(threads);
    },
  };
}

function gone(reportId: string): Refusal {
  return new Refusal('NOT_FOUND', { what: 'report', id: reportId });
}
