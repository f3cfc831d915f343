import { setImmediate as nextTurn } from 'node:timers/promises';
import type { CoreEvent } from '../../../preload/contract/contract.ts';
import type { DeskDatabase } from '../database/desk-database.ts';
import type { MeasureRow } from '../kpi/measure-rows.ts';
import { Refusal } from '../refusal.ts';
import { sampleBookFrom } from './book.ts';
import { bookRemover } from './book-remover.ts';
import type { InsertCustomer } from './book-shapes.ts';
import { bookWriter } from './book-writer.ts';

export interface SampleDependencies {
  database: DeskDatabase;
  settings: () => { zone: string; country: string; currency: string; language: 'de' | 'en' | null };
  agentId: string;
  now: () => number;
  publish: (event: CoreEvent) => void;
  insertCustomer: InsertCustomer;
  refreshSummary: (customerId: string) => void;
  addMeasures: (rows: readonly MeasureRow[]) => void;
  /** Something was put in or taken out in bulk: counts that were kept are wrong now. */
  forgetCounts: () => void;
  seed?: number;
}

interface SampleStatus {
  installed: boolean;
  running: boolean;
  customers: number;
  contacts: number;
}

/** Customers in one transaction: short enough that a call's events never wait noticeably. */
const BATCH = 10;
const SEED = 20_251_123;

/** The sample book as a whole: put in and taken out in batches, between which calls go on. */
export function createSample(dependencies: SampleDependencies) {
  const { database, settings, agentId, now, publish, forgetCounts, seed = SEED } = dependencies;
  const writer = bookWriter(dependencies);
  const remover = bookRemover(dependencies);
  const customers = database.query<{ n: number }>(
    "SELECT count(*) AS n FROM customers WHERE origin = 'sample'",
  );
  const contacts = database.query<{ n: number }>(
    "SELECT count(*) AS n FROM contacts WHERE origin = 'sample'",
  );
  const state = database.query<{ value: string }>("SELECT value FROM meta WHERE name = 'sample'");
  const setState = database.query(
    "INSERT INTO meta (name, value) VALUES ('sample', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
  );
  const clearState = database.query("DELETE FROM meta WHERE name = 'sample'");

  let work: Promise<void> | null = null;
  let installing = false;
  let cancelled = false;
  let stopped = false;

  function status(): SampleStatus {
    const counted = customers.get()?.n ?? 0;
    return {
      installed: work === null && state.get()?.value === 'installed',
      running: work !== null,
      customers: counted,
      contacts: contacts.get()?.n ?? 0,
    };
  }

  function progress(
    stage: 'running' | 'done' | 'cancelled' | 'failed',
    done: number,
    total: number,
  ): void {
    publish({ type: 'sample.progress', state: stage, done, total });
  }

  function changed(): void {
    forgetCounts();
    publish({ type: 'customers.changed', customerId: null });
    publish({ type: 'waiting.changed' });
    publish({ type: 'kpi.changed' });
  }

  /** Answers whether everything was put in. */
  async function putIn(): Promise<boolean> {
    // What a crash left half done goes first.
    await takeOut();
    const { zone, language } = settings();
    const book = sampleBookFrom({ seed, now: now(), zone, language: language ?? 'de', agentId });
    const total = book.customers.length;
    database.transaction(() => {
      setState.run('installing');
      writer.agents(book.agents, now());
    });
    for (let done = 0; done < total; done += BATCH) {
      if (cancelled || stopped) return false;
      const batch = book.customers.slice(done, done + BATCH);
      database.transaction(() => {
        for (const customer of batch) writer.customer(customer);
      });
      progress('running', Math.min(done + BATCH, total), total);
      await nextTurn();
    }
    database.transaction(() => setState.run('installed'));
    progress('done', total, total);
    return true;
  }

  async function takeOut(): Promise<void> {
    if (state.get() === undefined) return;
    database.transaction(() => setState.run('removing'));
    while (database.transaction(() => remover.nextCustomers(BATCH)) > 0) {
      await nextTurn();
      if (stopped) return;
    }
    database.transaction(() => {
      remover.rest();
      clearState.run();
    });
  }

  async function install(): Promise<void> {
    try {
      // A stop leaves what is there: the next start goes on with it.
      if (!(await putIn()) && !stopped) {
        await takeOut();
        progress('cancelled', 0, 0);
      }
    } catch (error) {
      progress('failed', 0, 0);
      throw error;
    }
  }

  function begin(job: () => Promise<void>): Promise<void> {
    cancelled = false;
    const running = job().finally(() => {
      work = null;
      installing = false;
      if (!stopped) changed();
    });
    work = running;
    return running;
  }

  /** Begins to put the book in, unless it is there. Runs on after the answer; see `finished`. */
  function beginInstall(): SampleStatus {
    if (work !== null && !installing) throw new Refusal('BUSY', { with: 'sample' });
    if (work === null && state.get()?.value !== 'installed') {
      installing = true;
      // A failure was published as progress; who waits for `finished` hears of it as well.
      begin(install).catch(() => undefined);
    }
    return status();
  }

  return {
    /** The handlers of `sample.*`. */
    handlers: {
      status,
      install: beginInstall,
      async cancel(): Promise<SampleStatus> {
        if (installing) cancelled = true;
        await work?.catch(() => undefined);
        return status();
      },
      async remove(): Promise<SampleStatus> {
        if (installing) cancelled = true;
        await work?.catch(() => undefined);
        if (state.get() !== undefined) await begin(takeOut);
        return status();
      },
    },

    /**
     * At a start: finishes what a crash or a stop left half done, and puts the book in when `asked`
     * and there is nobody in the desk's book yet.
     */
    start(asked: boolean): void {
      const left = state.get()?.value;
      const anyone = database.query('SELECT 1 FROM customers LIMIT 1').get() !== undefined;
      if (left === 'installing' || (asked && !anyone)) beginInstall();
      else if (left === 'removing') begin(takeOut).catch(() => undefined);
    },

    /** Settles when nothing is under way any more. */
    finished: async (): Promise<void> => {
      await work;
    },

    /** The same for who can wait only so long (ms), and whatever became of it. */
    settled: async (ms: number): Promise<void> => {
      if (work === null) return;
      let timer: NodeJS.Timeout | undefined;
      const patience = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, ms);
      });
      await Promise.race([work.catch(() => undefined), patience]);
      clearTimeout(timer);
    },

    /** Before the database closes: stops after the batch at hand. */
    async stop(): Promise<void> {
      stopped = true;
      await work?.catch(() => undefined);
    },
  };
}
