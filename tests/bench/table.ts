// The table that `npm run bench` prints.
import type { Row } from './section.ts';

const NAME = 46;
const FIGURES = 33;

export function tableOf(sections: readonly { title: string; rows: readonly Row[] }[]): string {
  const head = `${'milliseconds'.padEnd(NAME)}     n      p50      p95      p99  budget`;
  const blocks = sections.map(({ title, rows }) => [title, ...rows.map(lineOf)].join('\n'));
  return `${[head, ...blocks].join('\n\n')}\n`;
}

function lineOf(row: Row): string {
  const figures = 'words' in row ? row.words.padStart(FIGURES) : figuresOf(row.series);
  return `${row.name.padEnd(NAME)}${figures}  ${row.budget ?? ''}`.trimEnd();
}

function figuresOf({ n, p50, p95, p99 }: Extract<Row, { series: unknown }>['series']): string {
  const number = (value: number) => value.toFixed(value < 10 ? 2 : 1).padStart(9);
  return `${String(n).padStart(6)}${[p50, p95, p99].map(number).join('')}`;
}
