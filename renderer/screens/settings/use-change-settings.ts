import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Settings, SettingsPatch } from '../../../preload/contract/settings.ts';
import { type CoreProblem, coreProblemOf } from '../../core-client/core-error.ts';
import { useCore, useSettings } from '../../core-client/queries.ts';

interface ChangeSettings {
  settings: Settings;
  /** Shows the change at once and takes it back when it could not be stored. */
  change: (patch: SettingsPatch) => void;
  /** Why the last change was not stored, or null. */
  problem: CoreProblem | null;
}

export function useChangeSettings(): ChangeSettings {
  const core = useCore();
  const queries = useQueryClient();
  const settings = useSettings();
  const [problem, setProblem] = useState<CoreProblem | null>(null);
  const change = (patch: SettingsPatch) => {
    setProblem(null);
    queries.setQueryData(['settings'], { ...settings, ...patch });
    core.settings.change(patch).then(
      (stored) => queries.setQueryData(['settings'], stored),
      (thrown) => {
        setProblem(coreProblemOf(thrown));
        void queries.invalidateQueries({ queryKey: ['settings'] });
      },
    );
  };
  return { settings, change, problem };
}
