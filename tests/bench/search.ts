// Search as you type and the list's pages, beside the same raw FTS5 query: the same expression, as many
// candidates, and the rows of the finds, without ranks, marks and notes.
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
  page: Series;
  allPage: Series;
  ratio: { p50: number; p99: number };
  slowest: { typed: string; ms: number }[];
  megabytes: number;
  indexMegabytes: { customers: number; contacts: number };
}

const ROUNDS = 400;
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
  rows: ({ search: series, raw, page, allPage, ratio, megabytes, indexMegabytes }) => [
    { name: 'a key typed into the search', series, budget: 'p99 ≤ 25' },
    { name: '  the same raw FTS5 query', series: raw },
    {
      name: '  times the raw query, p50 and p99',
      words: `${ratio.p50} · ${ratio.p99}`,
      budget: '≤ 2',
    },
    { name: 'first page of the finds', series: page },
    { name: 'first page of the whole book', series: allPage },
    {
      name: 'file, index of customers, of notes (MB)',
      words: `${megabytes} · ${indexMegabytes.customers} · ${indexMegabytes.contacts}`,
    },
  ],
};

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
    const row = database.query('SELECT * FROM customers WHERE row = ?');
    const times = {
      search: [] as number[],
      raw: [] as number[],
      page: [] as number[],
      all: [] as number[],
    };
    const keys: { typed: string; ms: number }[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const typed of keystrokes(round, customers)) {
        const expression = matchExpressionsFrom(searchQueryFrom(typed)).at(-1);
        const raw = () => {
          if (expression === undefined) return;
          for (const { rowid } of rawSearch.all(expression).slice(0, 8)) row.get(rowid);
        };
        const product = () => void found.search(typed, 8);
        // Who goes second finds the pages in the cache: they take turns.
        const [first, second] = round % 2 === 0 ? [product, raw] : [raw, product];
        const ms = [timed(first), timed(second)];
        if (round % 2 === 1) ms.reverse();
        times.search.push(ms[0] ?? 0);
        if (expression !== undefined) times.raw.push(ms[1] ?? 0);
        keys.push({ typed, ms: ms[0] ?? 0 });
      }
      const whole = keystrokes(round, customers).at(-1) ?? '';
      times.page.push(timed(() => void found.list(whole, undefined, 100)));
      times.all.push(timed(() => void found.list('', undefined, 100)));
    }
    const series = seriesOf(times.search);
    const raw = seriesOf(times.raw);
    const ratio = (one: number, other: number) => Math.round((one / other) * 100) / 100;
    const bytes = (table: string) =>
      Math.round(
        (database.query<{ n: number }>(`SELECT sum(length(block)) AS n FROM ${table}_data`).get()
          ?.n ?? 0) / 1e6,
      );
    const pages = database.query<{ n: number }>(
      'SELECT page_count * page_size AS n FROM pragma_page_count, pragma_page_size',
    );
    return {
      ...{ search: series, raw, page: seriesOf(times.page), allPage: seriesOf(times.all) },
      ratio: { p50: ratio(series.p50, raw.p50), p99: ratio(series.p99, raw.p99) },
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
