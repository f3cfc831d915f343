import { useLingui } from '@lingui/react';
import { useState } from 'react';
import { coreProblemOf } from '../../core-client/core-error.ts';
import { coreProblemInWords } from '../../language/words/problems.ts';

export interface Acting {
  /** Why core did not do it, in words, until the next try. */
  problem: string | null;
  busy: boolean;
  act: (task: () => Promise<unknown>) => void;
}

/** Runs commands of core: a refusal is said in words, and nothing is taken off the screen before core did it. */
export function useAct(): Acting {
  const { i18n } = useLingui();
  const [problem, setProblem] = useState<string | null>(null);
  const [running, setRunning] = useState(0);
  const run = async (task: () => Promise<unknown>) => {
    setProblem(null);
    setRunning((count) => count + 1);
    try {
      await task();
    } catch (thrown) {
      setProblem(coreProblemInWords(i18n, coreProblemOf(thrown)));
    } finally {
      setRunning((count) => count - 1);
    }
  };
  return { problem, busy: running > 0, act: (task) => void run(task) };
}
