// Search as you type and the list's pages, beside the same raw FTS5 query: the same expression, as many
// candidates, and the rows of the finds, without marks and notes; once with the newest rows as the finds,
// once with the best by their ranks, as the desk shows them.
import { customerSearch } from '../../main/core/customers/customer-search.ts';
import { searchIndex } from '../../main/core/customers/search-index.ts';
import { matchExpressionsFrom, searchQueryFrom } from '../../main/core/customers/search-query.ts';
import { customerOf } from '../book/book-people.ts';
import type { BookSize } from '../book/book-shape.ts';
import { openBook, SEED } from './the-book.ts';
import type { Section } from './section.ts';
import { type Series, seriesOf, timed } from './statistics.ts';

export interface SearchFigures {
  search: Series;
  raw: Series;
  ranked: Series;
  page: Series;
  allPage: Series;
  ratio: Ratio;
  rankedRatio: Ratio;
  slowest: { typed: string; ms: number }[];
  megabytes: number;
  indexMegabytes: { customers: number; contacts: number };
}

interface Ratio {
  p50: number;
  p99: number;
}

const ROUNDS = 400;
const FOUND = 8;
/** What is dear for an index, besides what people type. */
const HARD = [
  'a',
  'm',
  's',
  'a b c',
  'ma',
  'sch',
  '493',
  '030',
  '4930',
  'gmbh',
  'example',
  'ber',
  'be ma',
  'er',
  'angebot',
  'winterreifen',
  'tag:vip',
  'ort:berlin',
  'promise:open',
  'feeling:anger',
  'm feeling:anger',
  'promise:overdue sch',
];

export const search: Section<SearchFigures> = {
  name: 'search',
  title: 'Search in the large book',
  measure: async (bench) => {
    const { folder, size } = await bench.book();
    bench.say('measuring the search');
    return measureSearch(folder, size);
  },
  rows: ({ search: series, raw, ranked, ratio, rankedRatio, ...others }) => [
    { name: 'a key typed into the search', series, budget: 'p99 ≤ 25' },
    { name: '  the same raw FTS5 query', series: raw },
    { name: '  times it, p50 and p99', words: wordsOf(ratio), budget: '≤ 2' },
    { name: '  the same raw query, with its ranks', series: ranked },
    { name: '  times it, p50 and p99', words: wordsOf(rankedRatio), budget: '≤ 2' },
    { name: 'first page of the finds', series: others.page },
    { name: 'first page of the whole book', series: others.allPage },
    {
      name: 'file, index of customers, of notes (MB)',
      words: `${others.megabytes} · ${others.indexMegabytes.customers} · ${others.indexMegabytes.contacts}`,
    },
  ],
};

const wordsOf = ({ p50, p99 }: Ratio) => `${p50} · ${p99}`;

/** On the book of that size in the folder, which stays as it is. */
export async function measureSearch(
  folder: string,
  { customers }: BookSize,
): Promise<SearchFigures> {
  const opened = await openBook(folder);
  try {
    const { database } = opened;
    const found = customerSearch(database, searchIndex(database), Date.now);
    const rawSearch = database.query<{ rowid: number }>(
      'SELECT rowid FROM customer_search WHERE customer_search MATCH ? ORDER BY rowid DESC LIMIT 2000',
    );
    const rankedSearch = database.query<{ rowid: number }>(
      `SELECT f.rowid FROM (SELECT rowid FROM customer_search WHERE customer_search MATCH ?
         ORDER BY rowid DESC LIMIT 2000) f CROSS JOIN customer_rank r ON r.row = f.rowid
       ORDER BY r.standing DESC, r.row DESC LIMIT ${FOUND}`,
    );
    const row = database.query('SELECT * FROM customers WHERE row = ?');
    const times = {
      search: [] as number[],
      raw: [] as number[],
      ranked: [] as number[],
      page: [] as number[],
      all: [] as number[],
    };
    const keys: { typed: string; ms: number }[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const typed of keystrokes(round, customers)) {
        const expression = matchExpressionsFrom(searchQueryFrom(typed)).at(-1);
        const bare = (query: typeof rawSearch) => () => {
          if (expression === undefined) return;
          for (const { rowid } of query.all(expression).slice(0, FOUND)) row.get(rowid);
        };
        const runs = [() => void found.search(typed, FOUND), bare(rawSearch), bare(rankedSearch)];
        const ms = [0, 0, 0];
        // Who goes later finds the pages in the cache: they take turns.
        for (const turn of runs.keys()) {
          const which = (round + turn) % runs.length;
          ms[which] = timed(runs[which] ?? (() => undefined));
        }
        const [searchMs = 0, rawMs = 0, rankedMs = 0] = ms;
        times.search.push(searchMs);
        keys.push({ typed, ms: searchMs });
        if (expression === undefined) continue;
        times.raw.push(rawMs);
        times.ranked.push(rankedMs);
      }
      const whole = keystrokes(round, customers).at(-1) ?? '';
      times.page.push(timed(() => void found.list(whole, undefined, 100)));
      times.all.push(timed(() => void found.list('', undefined, 100)));
    }
    const series = seriesOf(times.search);
    const raw = seriesOf(times.raw);
    const ranked = seriesOf(times.ranked);
    const rounded = (one: number, other: number) => Math.round((one / other) * 100) / 100;
    const ratioTo = (other: Series): Ratio => ({
      p50: rounded(series.p50, other.p50),
      p99: rounded(series.p99, other.p99),
    });
    const bytes = (table: string) =>
      Math.round(
        (database.query<{ n: number }>(`SELECT sum(length(block)) AS n FROM ${table}_data`).get()
          ?.n ?? 0) / 1e6,
      );
    const pages = database.query<{ n: number }>(
      'SELECT page_count * page_size AS n FROM pragma_page_count, pragma_page_size',
    );
    return {
      ...{ search: series, raw, ranked, ratio: ratioTo(raw), rankedRatio: ratioTo(ranked) },
      ...{ page: seriesOf(times.page), allPage: seriesOf(times.all) },
      slowest: keys.sort((one, other) => other.ms - one.ms).slice(0, 12),
      megabytes: Math.round((pages.get()?.n ?? 0) / 1e6),
      indexMegabytes: { customers: bytes('customer_search'), contacts: bytes('contact_search') },
    };
  } finally {
    opened.close();
  }
}

/** What stands in the field after each key: a name, a firm, part of a number, or something dear. */
function keystrokes(round: number, customers: number): string[] {
  const customer = customerOf(SEED, (round * 7919) % customers);
  const digits = customer.numbers[0]?.e164.slice(3) ?? '';
  const ways = [
    customer.name.toLowerCase(),
    customer.name.split(' ').at(-1) ?? '',
    (customer.company ?? customer.city).slice(0, 14),
    `0${digits}`,
    digits.slice(4),
    customer.emails[0] ?? customer.name,
    HARD[round % HARD.length] ?? '',
    HARD[Math.floor(round / 8) % HARD.length] ?? '',
  ];
  const whole = ways[round % ways.length] ?? '';
  return Array.from({ length: whole.length }, (_, index) => whole.slice(0, index + 1));
}
