import { Trans, useLingui } from '@lingui/react/macro';
import { Split } from 'lucide-react';
import type { CustomerHit } from '../../../../preload/contract/customers.ts';
import { Button } from '../../../components/button.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { Notice } from '../../../components/notice.tsx';
import { Skeleton } from '../../../components/skeleton.tsx';
import { useDismissedPairs } from '../../../core-client/book-queries.ts';
import { useCore } from '../../../core-client/queries.ts';
import { useFormats } from '../../../language/use-formats.ts';
import { coreProblemInWords } from '../../../language/words/problems.ts';
import { useAct } from '../../desk/use-act.ts';
import styles from './rows.module.css';

/** Pairs that somebody told apart; each can be taken back. */
export function NotDuplicates() {
  const { t, i18n } = useLingui();
  const list = useDismissedPairs();
  const pairs = list.data?.pages.flatMap((page) => page.pairs) ?? [];
  if (list.error) {
    return <Notice tone="problem">{coreProblemInWords(i18n, list.error.problem)}</Notice>;
  }
  if (list.isPending) return <Skeleton lines={4} label={t`The pairs are being read`} />;
  if (pairs.length === 0) {
    return (
      <EmptyState picture={<Split aria-hidden="true" />}>
        <Trans>
          No pair was told apart yet. “Not a duplicate” puts a pair here, and it is not asked about
          again.
        </Trans>
      </EmptyState>
    );
  }
  return (
    <>
      <ul className={styles['rows']} aria-label={t`Told apart`}>
        {pairs.map(({ one, other, at }) => (
          <ToldApart key={`${one.id} ${other.id}`} one={one} other={other} at={at} />
        ))}
      </ul>
      {list.hasNextPage ? (
        <Button size="small" onPress={() => void list.fetchNextPage()}>
          <Trans>Show more</Trans>
        </Button>
      ) : null}
    </>
  );
}

function ToldApart({ one, other, at }: { one: CustomerHit; other: CustomerHit; at: number }) {
  const core = useCore();
  const { t } = useLingui();
  const formats = useFormats();
  const { act, busy, problem } = useAct();
  return (
    <li className={styles['row']}>
      <div className={styles['words']}>
        <p className={styles['title']}>
          {one.name} · {other.name}
        </p>
        <p className={styles['soft']}>{formats.moment(at)}</p>
        {problem === null ? null : <Notice tone="problem">{problem}</Notice>}
      </div>
      <Button
        size="small"
        isDisabled={busy}
        label={t`Ask again about ${one.name} and ${other.name}`}
        onPress={() => act(() => core.duplicates.takeBack({ oneId: one.id, otherId: other.id }))}
      >
        <Trans>Ask again</Trans>
      </Button>
    </li>
  );
}
