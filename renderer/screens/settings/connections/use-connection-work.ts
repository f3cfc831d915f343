import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type CoreProblem, coreProblemOf } from '../../../core-client/core-error.ts';

interface ConnectionWork {
  busy: boolean;
  /** Why the last piece of work was not done, or null. */
  problem: CoreProblem | null;
  /** Carries it out and shows what is true afterwards; answers null when it was refused. */
  run: <Result>(work: () => Promise<Result>) => Promise<Result | null>;
}

/** One piece of work at a time, with its trouble. */
export function useConnectionWork(): ConnectionWork {
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<CoreProblem | null>(null);
  return {
    busy,
    problem,
    run: async (work) => {
      setBusy(true);
      setProblem(null);
      try {
        return await work();
      } catch (thrown) {
        setProblem(coreProblemOf(thrown));
        return null;
      } finally {
        setBusy(false);
        void queries.invalidateQueries({ queryKey: ['connections'] });
      }
    },
  };
}
