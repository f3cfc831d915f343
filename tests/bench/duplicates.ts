// Comparing the whole book with itself: how long it takes, how long a call may have to wait meanwhile,
// and a plain tool beside it: one SQL join for each key that two records may share.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { comparableRecords } from '../../main/core/customers/clean-book/comparable-records.ts';
import { createDuplicateScan } from '../../main/core/customers/clean-book/duplicate-scan.ts';
import { createPairStore } from '../../main/core/customers/clean-book/pair-store.ts';
import { writeBackByJobs } from '../../main/core/database/run-job.ts';
import type { Section } from './section.ts';
import { openBook } from './the-book.ts';

export interface DuplicatesFigures {
  customers: number;
  /** Of the whole comparison, slips of the pen included. */
  seconds: number;
  customersPerSecond: number;
  pairs: { duplicate: number; household: number };
  /** The longest time for which nothing else had its turn, ms. */
  longestBlock: number;
  blockP99: number;
  /** The same of a loop that works as long at a stretch and touches no database: what the machine adds. */
  machineBlock: number;
  /** Pairs that share a number, an e-mail or a name, without any rule, place or company. */
  joins: { seconds: number; pairs: number };
  peakMegabytes: number;
}

const MB = 1024 * 1024;

export const duplicates: Section<DuplicatesFigures> = {
  name: 'duplicates',
  title: 'Duplicates in the whole large book',
  measure: async (bench) => {
    const { folder, size } = await bench.book();
    bench.say('comparing the whole book');
    const opened = await openBook(folder);
    const { database } = opened;
    const clear = () => {
      database.query('DELETE FROM duplicate_pairs').run();
      database.query('DELETE FROM duplicate_scan').run();
    };
    // The thread that writes back keeps no process alive; core has its window for that.
    const awake = setInterval(() => undefined, 1_000);
    try {
      clear();
      const pairs = createPairStore(database);
      const newest = database.query<{ row: number }>('SELECT max(row) AS row FROM customers').get();
      const head = { scan: 1, started_at: Date.now(), last_row: newest?.row ?? 0 };
      pairs.writeScan({ ...head, state: 'running', finished_at: null });
      let told = 0;
      let peak = process.memoryUsage().rss;
      const context = { paths: opened.paths, key: opened.key, erasuresKey: '' };
      const writeBack = writeBackByJobs(database, context);
      const scan = createDuplicateScan({
        ...{ database, pairs, writeBack, records: comparableRecords(database, () => 'DE') },
        ticks: () => performance.now(),
        onProgress(done, total) {
          peak = Math.max(peak, process.memoryUsage().rss);
          const tenth = Math.floor((done / total) * 10);
          if (tenth > told) bench.say(`compared ${tenth * 10} %`);
          told = Math.max(told, tenth);
        },
        stopped: () => false,
      });
      const machineBlock = await blockOfTheMachine();
      const delay = monitorEventLoopDelay({ resolution: 1 });
      delay.enable();
      const began = performance.now();
      await scan.run();
      const seconds = (performance.now() - began) / 1000;
      delay.disable();
      bench.say('joining by single keys');
      const joinsBegan = performance.now();
      const joined = JOINS.map((sql) => database.query<{ n: number }>(sql).get()?.n ?? 0);
      const joinSeconds = (performance.now() - joinsBegan) / 1000;
      const round = (value: number) => Math.round(value * 10) / 10;
      return {
        customers: size.customers,
        seconds: round(seconds),
        customersPerSecond: Math.round(size.customers / seconds),
        pairs: { duplicate: pairs.count('duplicate'), household: pairs.count('household') },
        longestBlock: round(delay.max / 1e6),
        machineBlock: round(machineBlock),
        blockP99: round(delay.percentile(99) / 1e6),
        joins: { seconds: round(joinSeconds), pairs: joined.reduce((sum, n) => sum + n, 0) },
        peakMegabytes: Math.round(peak / MB),
      };
    } finally {
      clearInterval(awake);
      clear();
      opened.close();
    }
  },
  rows: (figures) => [
    {
      name: 'comparing the whole book (s)',
      words: `${figures.seconds} · ${figures.customersPerSecond} customers/s`,
    },
    { name: '  pairs: one person, a household', words: pairsInWords(figures.pairs) },
    {
      name: '  longest block, p99 (ms)',
      words: `${figures.longestBlock} · ${figures.blockP99}`,
      budget: '≤ 50',
    },
    { name: '  longest block without the book (ms)', words: String(figures.machineBlock) },
    {
      name: '  three bare SQL joins, in one block (s)',
      words: `${figures.joins.seconds} · ${figures.joins.pairs} pairs`,
    },
    { name: '  peak memory of the process (MB)', words: String(figures.peakMegabytes) },
  ],
};

/** Works for 12 ms and gives way, for three seconds. */
async function blockOfTheMachine(): Promise<number> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const until = performance.now() + 3_000;
  while (performance.now() < until) {
    const turn = performance.now() + 12;
    while (performance.now() < turn);
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
  delay.disable();
  return delay.max / 1e6;
}

/** Counted up to ten thousand, as the desk shows them. */
const pairsInWords = ({ duplicate, household }: DuplicatesFigures['pairs']): string =>
  [duplicate, household].map((n) => (n >= 10_000 ? '10000+' : String(n))).join(' · ');

const JOINS = [
  `SELECT count(*) AS n FROM customer_numbers a JOIN customer_numbers b
   ON a.number_key = b.number_key AND a.customer_id < b.customer_id`,
  `SELECT count(*) AS n FROM customer_emails a JOIN customer_emails b
   ON a.email_key = b.email_key AND a.customer_id < b.customer_id`,
  `SELECT count(*) AS n FROM (
     SELECT row FROM customers a WHERE EXISTS
       (SELECT 1 FROM customers b WHERE b.sort_name = a.sort_name AND b.row < a.row))`,
];
