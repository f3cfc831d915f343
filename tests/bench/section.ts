// What a section of the bench is: something measured, and the lines of the table that show it.
import type { Series } from './statistics.ts';

/** A data folder that holds the large book of tests/book. */
export interface Book {
  folder: string;
  size: { customers: number; contacts: number };
}

/** What every section is given. */
export interface Bench {
  /** Calls measured of each kind. */
  rounds: number;
  /** Rows of the file that is imported. */
  importRows: number;
  /** Written when it is first asked for, then shared; a section leaves it as usable as it found it. */
  book(): Promise<Book>;
  /** Sizes, in customers, at which it is shown how time grows up to the large book. */
  growth: readonly number[];
  /** Writes a book of another size into a folder that is gone after the bench. */
  bookOf(size: Book['size']): Promise<string>;
  say(text: string): void;
}

/** A line of the table: a series in milliseconds, or words in its place. */
export type Row = {
  name: string;
  /** What is promised; a bare tool beside it has none. */
  budget?: string;
} & ({ series: Series } | { words: string });

export interface Section<Figures> {
  /** For `--only`, and the figures' name in the JSON. */
  name: string;
  title: string;
  measure(bench: Bench): Promise<Figures>;
  rows(figures: Figures): Row[];
}
