import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { ListChecks, Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { classNames } from '../../components/class-names.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { Notice } from '../../components/notice.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { coreProblemOf } from '../../core-client/core-error.ts';
import { useCore, useOpenWork } from '../../core-client/queries.ts';
import { coreProblemInWords } from '../../language/words/problems.ts';
import { useNow } from '../desk/use-now.ts';
import { CallbackDialog } from './callback-dialog.tsx';
import { WorkRow } from './work-row.tsx';
import styles from './work-screen.module.css';

type Shown = 'any' | 'me' | 'nobody' | 'settled';

/** Everything that is to be called back, in one list: missed calls, callbacks, voicemails. */
export default function WorkScreen() {
  const { t, i18n } = useLingui();
  const core = useCore();
  const [shown, setShown] = useState<Shown>('any');
  const [adding, setAdding] = useState(false);
  const now = useNow(30_000);
  const open = useOpenWork(shown === 'settled' ? 'any' : shown);
  const settled = useQuery({
    queryKey: ['waiting', 'work', 'settled'],
    queryFn: () => core.work.list({ state: 'settled' }),
    enabled: shown === 'settled',
  });
  const answer = shown === 'settled' ? settled : open;
  const items = answer.data?.items;
  const choices: [Shown, string][] = [
    ['any', t({ message: 'All open', comment: 'Filter of the work list' })],
    ['me', t({ message: 'Mine', comment: 'Filter of the work list' })],
    ['nobody', t({ message: 'Nobody’s', comment: 'Filter of the work list: ohne Zuständigen' })],
    ['settled', t({ message: 'Settled', comment: 'Filter of the work list: erledigt' })],
  ];
  return (
    <div className={styles['screen']}>
      <header className={styles['head']}>
        <h1 className={styles['title']}>
          {t({ message: 'To call back', comment: 'Title of a screen' })}
        </h1>
        <p className={styles['total']} role="status">
          {answer.data === undefined ? null : (
            <Plural value={answer.data.total} one="# item" other="# items" />
          )}
        </p>
        <Button
          variant="primary"
          icon={<Plus aria-hidden="true" />}
          onPress={() => setAdding(true)}
        >
          <Trans>New callback</Trans>
        </Button>
      </header>
      <div className={styles['choices']} role="group" aria-label={t`Show only`}>
        {choices.map(([choice, words]) => (
          <button
            key={choice}
            type="button"
            className={classNames(styles['choice'], choice === shown && styles['on'])}
            aria-pressed={choice === shown}
            onClick={() => setShown(choice)}
          >
            {words}
          </button>
        ))}
      </div>
      {answer.error === null ? null : (
        <Notice
          tone="problem"
          action={
            <Button size="small" onPress={() => void answer.refetch()}>
              <Trans>Try again</Trans>
            </Button>
          }
        >
          {coreProblemInWords(i18n, coreProblemOf(answer.error))}
        </Notice>
      )}
      {items === undefined && answer.error === null ? (
        <Skeleton lines={6} label={t`What is to be called back is on its way`} />
      ) : null}
      {items?.length === 0 ? (
        <EmptyState picture={<ListChecks aria-hidden="true" />}>
          {shown === 'settled' ? (
            <Trans>Nothing was settled yet.</Trans>
          ) : (
            <Trans>Nobody waits to be called back. Missed calls and voicemails appear here.</Trans>
          )}
        </EmptyState>
      ) : null}
      {items === undefined || items.length === 0 ? null : (
        <ul className={styles['rows']} aria-label={t`To call back`}>
          {items.map((item) => (
            <WorkRow
              key={`${item.workId} ${item.callId} ${item.settledAt}`}
              item={item}
              now={now}
            />
          ))}
        </ul>
      )}
      {adding ? <CallbackDialog customer={null} onClose={() => setAdding(false)} /> : null}
    </div>
  );
}
