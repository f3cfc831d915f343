import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { CueRule } from '../../../preload/contract/vocabulary.ts';
import { Notice } from '../../components/notice.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { Switch } from '../../components/toggle.tsx';
import { type CoreProblem, coreProblemOf } from '../../core-client/core-error.ts';
import { useCore, useCueRules } from '../../core-client/queries.ts';
import { useFormats } from '../../language/use-formats.ts';
import { cueRuleInWords } from '../../language/words/cues.ts';
import { coreProblemInWords } from '../../language/words/problems.ts';

export function CueRulesSection() {
  const { t, i18n } = useLingui();
  const formats = useFormats();
  const core = useCore();
  const rules = useCueRules();
  const [problem, setProblem] = useState<CoreProblem | null>(null);
  const failure = problem ?? rules.error?.problem ?? null;

  const setMuted = (rule: CueRule, muted: boolean) => {
    setProblem(null);
    core.cues.setMuted({ rule, muted }).then(
      () => rules.refetch(),
      (thrown) => setProblem(coreProblemOf(thrown)),
    );
  };

  return (
    <>
      {failure === null ? null : (
        <Notice tone="problem">{coreProblemInWords(i18n, failure)}</Notice>
      )}
      {rules.data ? null : <Skeleton lines={6} label={t`The rules are being read`} />}
      {rules.data?.map(({ rule, shown, dismissed, muted }) => {
        const times = formats.number(shown);
        const untrue = formats.number(dismissed);
        return (
          <Switch
            key={rule}
            isSelected={muted === 'no'}
            onChange={(on) => setMuted(rule, !on)}
            description={
              <>
                {shown === 0 ? (
                  <Trans>Not shown yet</Trans>
                ) : (
                  <Trans>
                    shown {times} times, called “not true” {untrue} times
                  </Trans>
                )}
                {muted === 'itself' ? (
                  <>
                    {' · '}
                    <Trans>muted itself because it was wrong too often</Trans>
                  </>
                ) : null}
              </>
            }
          >
            {cueRuleInWords(i18n, rule)}
          </Switch>
        );
      })}
    </>
  );
}
