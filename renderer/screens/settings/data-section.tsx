import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';
import type { CoreOutput } from '../../core-client/core.ts';
import { type CoreProblem, coreProblemOf } from '../../core-client/core-error.ts';
import { useCore, useOpening } from '../../core-client/queries.ts';
import { coreProblemInWords } from '../../language/words/problems.ts';
import { Copies } from './copies.tsx';
import { NoticeTexts, Proofs } from './notice-and-proofs.tsx';
import { Retention } from './retention.tsx';
import styles from './section.module.css';

export function DataSection() {
  const { i18n } = useLingui();
  const core = useCore();
  const opening = useOpening();
  const [counting, setCounting] = useState(false);
  const [report, setReport] = useState<CoreOutput<'kpi', 'rebuild'> | null>(null);
  const [problem, setProblem] = useState<CoreProblem | null>(null);

  const recount = async () => {
    setCounting(true);
    setReport(null);
    setProblem(null);
    try {
      setReport(await core.kpi.rebuild());
    } catch (thrown) {
      setProblem(coreProblemOf(thrown));
    } finally {
      setCounting(false);
    }
  };

  return (
    <>
      <dl className={styles['facts']}>
        <dt>
          <Trans>Data folder</Trans>
        </dt>
        <dd>{opening.dataFolder}</dd>
        <dt>
          <Trans>Key and password</Trans>
        </dt>
        <dd>
          {opening.keyStore === 'system' ? (
            <Trans>kept by the system’s key store</Trans>
          ) : (
            <Trans>kept as files in the data folder</Trans>
          )}
        </dd>
        <dt>
          <Trans>Version</Trans>
        </dt>
        <dd>{opening.version}</dd>
      </dl>
      {opening.keyStore === 'files' ? (
        <Notice tone="caution">
          <Trans>
            Outside the desktop program there is no key store: the database key and the SIP password
            lie as files in the data folder, readable only by your user account. Whoever can read
            that folder can read the data.
          </Trans>
        </Notice>
      ) : null}
      <div className={styles['buttons']}>
        <Button onPress={() => void recount()} isPending={counting}>
          <Trans>Recount the figures</Trans>
        </Button>
        <p role="status" className={styles['soft']}>
          {counting ? <Trans>Counting …</Trans> : null}
          {report === null ? null : report.differing === 0 ? (
            <Trans>Counted anew from every call: all figures are right.</Trans>
          ) : (
            <Plural
              value={report.differing}
              one="Counted anew from every call: # value was put right."
              other="Counted anew from every call: # values were put right."
            />
          )}
          {report === null || report.withoutPerson === 0 ? null : (
            <>
              {' '}
              <Plural
                value={report.withoutPerson}
                one="# entry counts without a person, who was erased or never known."
                other="# entries count without a person, who was erased or never known."
              />
            </>
          )}
        </p>
      </div>
      {problem === null ? null : (
        <Notice tone="problem">{coreProblemInWords(i18n, problem)}</Notice>
      )}
      <Copies />
      <Retention />
      <NoticeTexts />
      <Proofs />
    </>
  );
}
