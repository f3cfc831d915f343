// What the law gives the customer, and what it wants kept.
import { createHmac } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { Erased, ErasurePreview, RetentionPolicy } from '../../../preload/contract/rights.ts';
import type { Settings } from '../../../preload/contract/settings.ts';
import type { Now, Schedule } from '../clock.ts';
import type { SubjectHandlers } from '../connection/handlers.ts';
import type { CountedRows, JobResults } from '../database/copy-jobs.ts';
import type { DeskDatabase } from '../database/desk-database.ts';
import type { ErasureList } from '../database/erasures/erasure-list.ts';
import { noteErased } from '../database/erasures/replay.ts';
import { erasePerson } from '../database/person/erase-person.ts';
import { noteMentions } from '../database/person/mentions.ts';
import { has, isOnTheLine, personOf } from '../database/person/person.ts';
import type { Publish } from '../events/event-bus.ts';
import type { CoreLog } from '../log/core-log.ts';
import { badInput, Refusal } from '../refusal.ts';
import { accessLog } from './access-log.ts';
import { accessReports, type ReportBeside } from './access-reports.ts';
import { consentProofs } from './consent-proofs.ts';
import { objectionStore } from './objections.ts';
import { createRetention } from './retention.ts';

/** How far the clocks of window and core may be apart. */
const CLOCKS_DIFFER_MS = 60_000;

interface RightsDependencies {
  database: DeskDatabase;
  erasures: ErasureList;
  now: Now;
  schedule: Schedule;
  newId: () => string;
  publish: Publish;
  log: CoreLog;
  agentId: string;
  agentName: (agentId: string) => string | null;
  settings: () => Pick<Settings, 'retentionOn' | 'retentionMonths'>;
  /** What the organisation's policy orders about retention; null when there is none. */
  retentionPolicy: () => RetentionPolicy | null;
  /** A key of 32 bytes for one purpose. */
  deriveKey: (purpose: string) => Buffer;
  customerExists: (customerId: string) => boolean;
  /** What would bring the person back while it goes on; null when nothing does. */
  busyWith: () => string | null;
  refreshSummary: (customerId: string) => void;
  /** Writes what other subjects still hold in memory, so that nothing of it comes afterwards. */
  flush: () => void;
  /** Part of the transaction: other subjects forget what lies outside the tables, or in memory. */
  forget: (person: { customerIds: string[]; recordingIds: string[] }) => void;
  reportBeside: ReportBeside;
  copies: {
    rewriteCopies: () => number;
    cleanSearches: () => void;
    outdated: () => number;
    count: (rows: CountedRows[]) => Promise<JobResults['preview']>;
    copyCount: () => number;
  };
}

export interface Rights {
  handlers: SubjectHandlers<'rights'>;
  /** Everything stored about one customer as JSON, made beside core while it is read. Refused with NOT_FOUND. */
  accessReportAsJson(customerId: string): Readable;
  /** Takes one customer out of everything. Refused with NOT_FOUND, or ERASE_REFUSED while on the line. */
  eraseCustomer(customerId: string): Erased;
  logAccess: ReturnType<typeof accessLog>;
  /** Settings of retention have changed. */
  retentionChanged(): void;
  stop(): Promise<void>;
}

export function createRights(dependencies: RightsDependencies): Rights {
  const { database, erasures, now, publish, log } = dependencies;
  const proofs = consentProofs({ ...dependencies, key: dependencies.deriveKey('consent proofs') });
  const objections = objectionStore(dependencies);
  const logAccess = accessLog(dependencies);
  const markKey = dependencies.deriveKey('erasure marks');
  const reports = accessReports({ ...dependencies, idsOf, consentsOf: proofs.of });
  const retention = createRetention({
    ...dependencies,
    policy: dependencies.retentionPolicy,
    count: dependencies.copies.count,
    dropProofs: proofs.dropOverdue,
    done(gone) {
      logAccess({ what: 'retention', detail: gone });
      log.info(gone, 'retention took what was over');
      dependencies.copies.cleanSearches();
      publish({ type: 'customers.changed', customerId: null });
    },
  });

  function require(customerId: string): void {
    if (!dependencies.customerExists(customerId))
      throw new Refusal('NOT_FOUND', { what: 'customer', id: customerId });
  }

  /** What a customer is to have said tomorrow was said by nobody. */
  function requirePast(at: number, field: string): void {
    if (at > now() + CLOCKS_DIFFER_MS) throw badInput([field], 'future');
  }

  function changed(customerId: string | null): void {
    database.afterCommit(() => publish({ type: 'customers.changed', customerId }));
  }

  /** The customer, and whoever was merged into it: an older copy knows them by their own ids. */
  function idsOf(customerId: string): string[] {
    if (!has(database, 'customer_merges')) return [customerId];
    const merged = database
      .query<{ loser_id: string }>(
        'SELECT loser_id FROM customer_merges WHERE customer_id = ? AND undone_at IS NULL',
      )
      .all(customerId);
    return [...new Set([customerId, ...merged.map(({ loser_id }) => loser_id)])];
  }

  function noteReport(customerId: string): void {
    require(customerId);
    logAccess({ what: 'accessReport', customerId });
  }

  function accessReportAsJson(customerId: string): Readable {
    noteReport(customerId);
    return reports.asJson(customerId);
  }

  async function accessReportPiece(customerId: string, reportId: string | undefined) {
    if (reportId !== undefined)
      return { reportId, head: null, section: await reports.section(reportId) };
    noteReport(customerId);
    return { ...(await reports.head(customerId)), section: null };
  }

  function preview(customerId: string): ErasurePreview {
    const person = personOf(database, idsOf(customerId));
    if (!person) throw new Refusal('NOT_FOUND', { what: 'customer', id: customerId });
    return {
      name: person.name,
      contacts: person.contactIds.length,
      calls: person.callIds.length,
      recordings: person.recordingIds.length,
      proofs: proofs.of(customerId).length,
      copies: dependencies.copies.copyCount(),
      onTheLine: isOnTheLine(database, customerId),
    };
  }

  function eraseCustomer(customerId: string): Erased {
    require(customerId);
    if (isOnTheLine(database, customerId))
      throw new Refusal('ERASE_REFUSED', { reason: 'onTheLine' });
    const busy = dependencies.busyWith();
    if (busy !== null) throw new Refusal('BUSY', { with: busy });
    dependencies.flush();
    const customerIds = idsOf(customerId);
    reports.drop(customerIds);
    const proofsKept = proofs.of(customerId).length;
    const mark = createHmac('sha256', markKey).update(markOf(customerIds)).digest();
    // Noted before it is done: whatever happens in between, the next start carries it out.
    const seq = erasures.add({ customerIds, at: now(), mark });
    const erased = erasedOrNot(customerIds, seq);
    const copies = dependencies.copies.rewriteCopies();
    dependencies.copies.cleanSearches();
    publish({ type: 'customers.changed', customerId });
    publish({ type: 'customers.changed', customerId: null });
    for (const type of ['wrapUps.changed', 'waiting.changed', 'data.changed'] as const)
      publish({ type });
    return { rows: erased.rows, recordings: erased.recordingIds.length, proofsKept, copies };
  }

  function erasedOrNot(customerIds: string[], seq: number) {
    try {
      return database.transaction(() => {
        const erased = erasePerson(database, customerIds, now());
        if (!erased) throw new Refusal('NOT_FOUND', { what: 'customer', id: customerIds[0] ?? '' });
        noteErased(database, seq);
        noteMentions(database, erased.named);
        dependencies.forget({ customerIds, recordingIds: erased.recordingIds });
        logAccess({ what: 'erasure', detail: erased.rows });
        return erased;
      });
    } catch (error) {
      // Nothing was changed, and nobody is to find it done later.
      erasures.takeBack(seq);
      throw error;
    }
  }

  /** The name and numbers, of which only a keyed hash is kept: it tells whether somebody was erased. */
  function markOf(customerIds: string[]): string {
    const person = personOf(database, customerIds);
    return JSON.stringify([person?.name.toLowerCase(), person?.digits.toSorted()]);
  }

  return {
    accessReportAsJson,
    eraseCustomer,
    logAccess,
    retentionChanged: retention.changed,
    async stop() {
      retention.stop();
      await reports.stop();
    },
    handlers: {
      ofCustomer({ customerId }) {
        require(customerId);
        return {
          objections: objections.of(customerId),
          consents: proofs.of(customerId).slice(0, 100),
          disputed: objections.disputed(customerId),
        };
      },
      object: (input) =>
        database.transaction(() => {
          require(input.customerId);
          requirePast(input.at, 'at');
          changed(input.customerId);
          return objections.add(input);
        }),
      withdrawObjection({ objectionId }) {
        database.transaction(() => changed(objections.withdraw(objectionId)));
        return {};
      },
      dispute({ contactId, part, disputed }) {
        database.transaction(() => {
          const customerId = objections.dispute(contactId, part, disputed);
          if (customerId === null) return;
          dependencies.refreshSummary(customerId);
          changed(customerId);
          database.afterCommit(() => publish({ type: 'waiting.changed' }));
        });
        return {};
      },
      recordConsent: (input) =>
        database.transaction(() => {
          require(input.customerId);
          requirePast(input.givenAt, 'givenAt');
          changed(input.customerId);
          return proofs.record(input);
        }),
      revokeConsent({ proofId, at, manner }) {
        requirePast(at, 'at');
        database.transaction(() => {
          const customerId = proofs.revoke(proofId, at, manner);
          if (customerId !== null) changed(customerId);
        });
        return {};
      },
      verifyProofs: () => proofs.verify(),
      sealedProofs: () => proofs.sealed(),
      unseal: ({ proofId, reason }) =>
        database.transaction(() => {
          logAccess({ what: 'unseal', reason, detail: {} });
          return proofs.unseal(proofId);
        }),
      accessReportPiece: ({ customerId, reportId }) => accessReportPiece(customerId, reportId),
      erasurePreview: ({ customerId }) => preview(customerId),
      erase: ({ customerId }) => eraseCustomer(customerId),
      retention: () => retention.inForce(),
      async previewRetention({ months }) {
        const classes = await retention.preview(months);
        return { ready: classes !== null, classes: classes ?? [] };
      },
    },
  };
}
