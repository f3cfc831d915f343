import type Sqlite from 'better-sqlite3';
import type { DeskClient } from '../support/test-core.ts';

/** Does one kind of work as the window does it, and knows from outside what core has acknowledged. */
export interface Driver {
  name: string;
  /** Works until the link breaks; takes up what a killed core left undone. */
  work(client: DeskClient): Promise<void>;
  /** Brings to its end what a kill interrupted, where that is offered. */
  finish?(client: DeskClient): Promise<void>;
  /** How many writes were acknowledged so far. */
  acknowledged(): number;
  /** What of it is lost or half done; empty when nothing is. */
  faults(raw: Sqlite.Database): string[];
}
