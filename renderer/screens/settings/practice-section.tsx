import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Progress } from '../../components/meter.tsx';
import { Notice } from '../../components/notice.tsx';
import { Switch } from '../../components/toggle.tsx';
import { type CoreProblem, coreProblemOf } from '../../core-client/core-error.ts';
import { useCore, useSampleProgress, useSampleStatus } from '../../core-client/queries.ts';
import { useFormats } from '../../language/use-formats.ts';
import { coreProblemInWords } from '../../language/words/problems.ts';
import styles from './section.module.css';
import { useChangeSettings } from './use-change-settings.ts';

export function PracticeSection() {
  const { t, i18n } = useLingui();
  const { settings, change, problem } = useChangeSettings();
  return (
    <>
      {problem === null ? null : (
        <Notice tone="problem">{coreProblemInWords(i18n, problem)}</Notice>
      )}
      <Switch
        isSelected={settings.practiceRings}
        onChange={(practiceRings) => change({ practiceRings })}
        description={t`Every one to two minutes while nothing else is going on, and only on the practice line.`}
      >
        <Trans>Practice customers ring by themselves</Trans>
      </Switch>
      <SampleBook />
    </>
  );
}

/** Fictional customers to look around with; put in and taken out again as a whole. */
export function SampleBook() {
  const { t, i18n } = useLingui();
  const formats = useFormats();
  const core = useCore();
  const status = useSampleStatus();
  const progress = useSampleProgress();
  const [problem, setProblem] = useState<CoreProblem | null>(null);

  const run = (command: () => Promise<unknown>) => {
    setProblem(null);
    command().then(
      () => status.refetch(),
      (thrown) => setProblem(coreProblemOf(thrown)),
    );
  };
  const failure = problem ?? status.error?.problem ?? null;
  const book = status.data;
  const running = book?.running === true;
  const customers = formats.number(book?.customers ?? 0);
  const contacts = formats.number(book?.contacts ?? 0);
  const done = formats.number(progress?.done ?? 0);
  const total = formats.number(progress?.total ?? 0);

  return (
    <>
      {failure === null ? null : (
        <Notice tone="problem">{coreProblemInWords(i18n, failure)}</Notice>
      )}
      {progress?.state === 'failed' && !running ? (
        <Notice tone="problem">
          <Trans>The sample book could not be finished. What was begun has been taken back.</Trans>
        </Notice>
      ) : null}
      {running ? (
        <div className={styles['row']}>
          <Progress
            label={t`Sample book`}
            value={progress && progress.total > 0 ? progress.done / progress.total : null}
            text={progress && progress.total > 0 ? t`${done} of ${total}` : t`Under way`}
          />
          <Button onPress={() => run(() => core.sample.cancel())}>
            <Trans>Stop</Trans>
          </Button>
        </div>
      ) : (
        <div className={styles['row']}>
          <p>
            {book?.installed === true ? (
              <Trans>
                The sample book is in: {customers} fictional customers with {contacts} contacts.
                Your own records stay when you take it out.
              </Trans>
            ) : (
              <Trans>
                The sample book brings about 500 fictional customers with their calls, feelings and
                promises. It can be taken out at any time.
              </Trans>
            )}
          </p>
          {book?.installed === true ? (
            <Button onPress={() => run(() => core.sample.remove())}>
              <Trans>Take it out</Trans>
            </Button>
          ) : (
            <Button
              onPress={() => run(() => core.sample.install())}
              isDisabled={book === undefined}
            >
              <Trans>Put in the sample book</Trans>
            </Button>
          )}
        </div>
      )}
      {book && !running && book.customers > 0 && !book.installed ? (
        <p className={styles['soft']}>
          <Plural
            value={book.customers}
            one="# sample customer is left."
            other="# sample customers are left."
          />
        </p>
      ) : null}
    </>
  );
}
