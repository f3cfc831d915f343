// A transaction of long work that is taken back, without a fault, because somebody waits for whom its commit
// would last too long: the work is done again later.
import type { DeskDatabase } from './desk-database.ts';

class GivenUp extends Error {}

/** Answers whether it was committed. */
export function unlessGivenUp(
  database: Pick<DeskDatabase, 'bulkTransaction'>,
  work: (giveUp: () => never) => void,
): boolean {
  try {
    database.bulkTransaction(() =>
      work(() => {
        throw new GivenUp();
      }),
    );
    return true;
  } catch (error) {
    if (error instanceof GivenUp) return false;
    throw error;
  }
}
