import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { Customer, CustomerChanges } from '../../../../preload/contract/customers.ts';
import { coreProblemOf } from '../../../core-client/core-error.ts';
import { useCore } from '../../../core-client/queries.ts';
import { valueProblemInWords } from '../../../language/words/clean-book.ts';
import { coreProblemInWords } from '../../../language/words/problems.ts';

export interface RecordEdit {
  /** Stores changes at once; answers why core did not, in words, or null. */
  save: (
    changes: CustomerChanges,
    undo: { name: string; changes: CustomerChanges },
  ) => Promise<string | null>;
  /** The last change, and how to take it back. */
  last: { name: string; takeBack: () => void } | null;
}

/** Changing one field after the other of a customer's record. */
export function useRecordEdit(customer: Customer): RecordEdit {
  const { t, i18n } = useLingui();
  const core = useCore();
  const [last, setLast] = useState<{ name: string; changes: CustomerChanges } | null>(null);

  const store = async (changes: CustomerChanges): Promise<string | null> => {
    try {
      await core.customers.update({ customerId: customer.id, changes });
      return null;
    } catch (thrown) {
      const problem = coreProblemOf(thrown);
      if (problem.kind === 'refused' && problem.code === 'BAD_INPUT') {
        const words = valueProblemInWords(i18n, problem.data.issues[0]?.code);
        return words ?? t`This cannot be stored as it is.`;
      }
      return coreProblemInWords(i18n, problem);
    }
  };

  return {
    async save(changes, undo) {
      const refused = await store(changes);
      if (refused === null) setLast(undo);
      return refused;
    },
    last:
      last === null
        ? null
        : {
            name: last.name,
            takeBack: () => void store(last.changes).then(() => setLast(null)),
          },
  };
}
