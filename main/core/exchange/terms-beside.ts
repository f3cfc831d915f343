// Enters the words of an import's new customers into the search index, behind the transaction that made them
// and in transactions of their own, unless core has written in between: it may have changed one of them.
import type { SearchIndex } from '../customers/search-index.ts';
import type { DeskDatabase } from '../database/desk-database.ts';
import { unlessGivenUp } from '../database/given-up.ts';
import type { PatientTurns } from '../database/write-turns.ts';
import type { EnterTerms } from './import-run.ts';

interface TermsDependencies {
  database: Pick<DeskDatabase, 'bulkTransaction'>;
  index: Pick<SearchIndex, 'enter'>;
  turns: Pick<PatientTurns, 'taken' | 'wanted'>;
}

/** Core waits for the commit of so many at most. */
const ROWS_A_TRANSACTION = 2_000;

export function termsBeside({ database, index, turns }: TermsDependencies): EnterTerms {
  return () => {
    const taken = turns.taken();
    return (made) => {
      const rows = [...made];
      for (let from = 0; from < rows.length; from += ROWS_A_TRANSACTION) {
        const part = rows.slice(from, from + ROWS_A_TRANSACTION);
        const entered = unlessGivenUp(database, (giveUp) => {
          if (turns.taken() !== taken) giveUp();
          for (const { row, terms } of part) {
            if (turns.wanted()) giveUp();
            index.enter(row, terms);
          }
        });
        // They are noted still, and read later as others are.
        if (!entered) return;
      }
    };
  };
}
