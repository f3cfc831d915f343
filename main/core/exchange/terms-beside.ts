// Enters the words of an import's new customers into the search index, behind the transaction that made them
// and in transactions of their own, unless core has written in between: it may have changed one of them.
import type { SearchIndex } from '../customers/search-index.ts';
import type { DeskDatabase } from '../database/desk-database.ts';
import { unlessGivenUp } from '../database/given-up.ts';
import type { PaceBeside } from '../database/pace-beside.ts';
import type { PatientTurns } from '../database/write-turns.ts';
import type { EnterTerms } from './import-run.ts';

interface TermsDependencies {
  database: Pick<DeskDatabase, 'bulkTransaction'>;
  index: Pick<SearchIndex, 'enter'>;
  turns: Pick<PatientTurns, 'taken' | 'wanted'>;
  pace: Pick<PaceBeside, 'isLong'>;
}

/** Core waits for the commit of so many at most; of more of them at once the index has fewer parts to merge. */
const ROWS_A_TRANSACTION = 2_000;
/** While core asks for nothing. */
const ROWS_IN_A_LONG_ONE = 6_000;

export function termsBeside({ database, index, turns, pace }: TermsDependencies): EnterTerms {
  return () => {
    const taken = turns.taken();
    return (made) => {
      const rows = [...made];
      const most = pace.isLong() ? ROWS_IN_A_LONG_ONE : ROWS_A_TRANSACTION;
      for (let from = 0; from < rows.length; from += most) {
        const part = rows.slice(from, from + most);
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
