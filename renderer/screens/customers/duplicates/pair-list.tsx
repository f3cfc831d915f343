import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { CopyCheck } from 'lucide-react';
import { useState } from 'react';
import type { DuplicatePair, LikenessKind } from '../../../../preload/contract/clean-book.ts';
import { Button } from '../../../components/button.tsx';
import { classNames } from '../../../components/class-names.ts';
import { EmptyState } from '../../../components/empty-state.tsx';
import { Notice } from '../../../components/notice.tsx';
import { Skeleton } from '../../../components/skeleton.tsx';
import { useDuplicateScan, useDuplicates } from '../../../core-client/book-queries.ts';
import { duplicateReasonInWords } from '../../../language/words/clean-book.ts';
import { coreProblemInWords } from '../../../language/words/problems.ts';
import { Comparison } from './comparison.tsx';
import styles from './pair-list.module.css';

interface PairListProps {
  kind: LikenessKind;
  onMerged: (merge: { id: string; survivorId: string; names: [string, string] }) => void;
  /** Something else is done now: what was said about the last merge is out of date. */
  onOther: () => void;
}

const keyOf = ({ one, other }: DuplicatePair) => `${one.id} ${other.id}`;

/** Says no more than was looked at. */
function NoDuplicates() {
  const { data: scan } = useDuplicateScan();
  return scan?.state === 'never' ? (
    <Trans>
      Nobody was noticed twice so far. Compare the whole book once to find who was in it before.
    </Trans>
  ) : (
    <Trans>
      No two records look like one person. After an import, compare the whole book once more.
    </Trans>
  );
}

/** Pairs on the left, the chosen one side by side on the right. */
export function PairList({ kind, onMerged, onOther }: PairListProps) {
  const { t, i18n } = useLingui();
  const list = useDuplicates(kind);
  const [chosen, setChosen] = useState<string | null>(null);
  const pairs = list.data?.pages.flatMap((page) => page.pairs) ?? [];
  const total = list.data?.pages[0]?.total ?? 0;
  const shown = pairs.find((pair) => keyOf(pair) === chosen) ?? pairs[0];
  if (list.error) {
    return (
      <Notice
        tone="problem"
        action={
          <Button size="small" onPress={() => void list.refetch()}>
            <Trans>Try again</Trans>
          </Button>
        }
      >
        {coreProblemInWords(i18n, list.error.problem)}
      </Notice>
    );
  }
  if (list.isPending) return <Skeleton lines={6} label={t`The pairs are being read`} />;
  if (!shown) {
    return (
      <EmptyState picture={<CopyCheck aria-hidden="true" />}>
        {kind === 'duplicate' ? (
          <NoDuplicates />
        ) : (
          <Trans>Nobody shares a number with somebody of another name.</Trans>
        )}
      </EmptyState>
    );
  }
  return (
    <div className={styles['both']}>
      <div className={styles['left']}>
        <p className={styles['soft']} role="status">
          {t`${plural(total, { one: '# pair', other: '# pairs' })}`}
        </p>
        <ul className={styles['pairs']} aria-label={t`Pairs`}>
          {pairs.map((pair) => (
            <li key={keyOf(pair)}>
              <button
                type="button"
                className={classNames(styles['pair'], pair === shown && styles['shown'])}
                aria-pressed={pair === shown}
                onClick={() => {
                  setChosen(keyOf(pair));
                  onOther();
                }}
              >
                <span className={styles['names']}>
                  {pair.one.name} · {pair.other.name}
                </span>
                <span className={styles['soft']}>
                  {pair.reasons.map((reason) => duplicateReasonInWords(i18n, reason)).join(' · ')}
                </span>
              </button>
            </li>
          ))}
        </ul>
        {list.hasNextPage ? (
          <Button
            size="small"
            isPending={list.isFetchingNextPage}
            onPress={() => void list.fetchNextPage()}
          >
            <Trans>Show more</Trans>
          </Button>
        ) : null}
      </div>
      <div className={styles['right']}>
        <Comparison
          key={keyOf(shown)}
          oneId={shown.one.id}
          otherId={shown.other.id}
          kind={shown.kind}
          onMerged={onMerged}
          onDismissed={onOther}
        />
      </div>
    </div>
  );
}
