// How the time for the caller's context and for a key of the search grows with the book.
import type { BookSize } from '../book/book-shape.ts';
import { measureCallerContext, type CallerContextFigures } from './caller-context.ts';
import { measureSearch } from './search.ts';
import type { Section } from './section.ts';
import type { Series } from './statistics.ts';

interface Point {
  size: BookSize;
  context: CallerContextFigures;
  search: { search: Series; raw: Series };
}

export interface GrowthFigures {
  /** From the smallest book to the large one. */
  points: Point[];
}

export const growth: Section<GrowthFigures> = {
  name: 'growth',
  title: 'As the book grows: p50 · p99, beside bare reads and the raw query',
  measure: async (bench) => {
    const points: Point[] = [];
    const large = await bench.book();
    const contactsEach = large.size.contacts / large.size.customers;
    for (const customers of new Set(bench.growth.toSorted((one, other) => one - other))) {
      if (customers >= large.size.customers) {
        bench.say(`${customers} customers are no fewer than the large book's: left out`);
        continue;
      }
      const size = { customers, contacts: Math.round(customers * contactsEach) };
      points.push(await pointAt(await bench.bookOf(size), size));
    }
    bench.say('measuring the large book');
    points.push(await pointAt(large.folder, large.size));
    return { points };
  },
  rows: ({ points }) => {
    const parts = {
      context: (point: Point) => [point.context.context, point.context.bareReads] as const,
      search: (point: Point) => [point.search.search, point.search.raw] as const,
    };
    return Object.entries(parts).flatMap(([part, of]) =>
      points.map((point) => {
        const [ours, bare] = of(point);
        return {
          name: `${part}, ${point.size.customers} customers`,
          words: `${both(ours)}  (${both(bare)})`,
        };
      }),
    );
  },
};

async function pointAt(folder: string, size: BookSize): Promise<Point> {
  const context = await measureCallerContext(folder, size);
  const { search, raw } = await measureSearch(folder, size);
  return { size, context, search: { search, raw } };
}

const both = ({ p50, p99 }: Series): string => `${p50.toFixed(2)} · ${p99.toFixed(1)}`;
