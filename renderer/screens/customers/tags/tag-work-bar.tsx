import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from '../../../components/button.tsx';
import { Progress } from '../../../components/meter.tsx';
import { Notice } from '../../../components/notice.tsx';
import { useTagWork } from '../../../core-client/book-queries.ts';
import { useCore } from '../../../core-client/queries.ts';
import { useAct } from '../../desk/use-act.ts';
import styles from './tag-work-bar.module.css';

/** A tag that is being changed for all customers: how far it is, and how to stop it. */
export function TagWorkBar() {
  const { t } = useLingui();
  const core = useCore();
  const { data: work } = useTagWork();
  const { act, problem } = useAct();
  if (!work || work.state === 'done') return null;
  const { tag, to, done, total, state } = work;
  const count = t`${plural(done, { one: '# customer', other: '# customers' })}`;
  if (state !== 'running') {
    return (
      <Notice tone="caution" announce>
        {state === 'failed' ? (
          <Trans>
            Changing the tag “{tag}” broke off by an error, after {count}. Do the same again: it
            goes on where it stopped.
          </Trans>
        ) : (
          <Trans>
            Stopped after {count}; the others still have “{tag}”. Do the same again to go on.
          </Trans>
        )}
      </Notice>
    );
  }
  return (
    <div className={styles['bar']}>
      <div className={styles['progress']}>
        <Progress
          label={to === null ? t`“${tag}” is being deleted` : t`“${tag}” becomes “${to}”`}
          value={total === 0 ? null : Math.min(1, done / total)}
          text={t`${done} of ${total}`}
        />
      </div>
      <Button size="small" onPress={() => act(() => core.tags.stop())}>
        {t({ message: 'Stop', comment: 'Button: stop changing a tag' })}
      </Button>
      {problem === null ? null : <Notice tone="problem">{problem}</Notice>}
    </div>
  );
}
