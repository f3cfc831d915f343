import { Trans, useLingui } from '@lingui/react/macro';
import { History } from 'lucide-react';
import type { MergeEntry, UndoneMerge } from '../../../../preload/contract/clean-book.ts';
import { Button } from '../../../components/button.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { Notice } from '../../../components/notice.tsx';
import { Skeleton } from '../../../components/skeleton.tsx';
import { useMerges } from '../../../core-client/book-queries.ts';
import { useCore } from '../../../core-client/queries.ts';
import { useFormats } from '../../../language/use-formats.ts';
import { coreProblemInWords } from '../../../language/words/problems.ts';
import { useAct } from '../../desk/use-act.ts';
import styles from './rows.module.css';

/** Every merge, newest first; each can be undone, later ones first. */
export function PastMerges({ onUndone }: { onUndone: (undone: UndoneMerge) => void }) {
  const { t, i18n } = useLingui();
  const list = useMerges();
  const merges = list.data?.pages.flatMap((page) => page.merges) ?? [];
  if (list.error) {
    return <Notice tone="problem">{coreProblemInWords(i18n, list.error.problem)}</Notice>;
  }
  if (list.isPending) return <Skeleton lines={4} label={t`The merges are being read`} />;
  if (merges.length === 0) {
    return (
      <EmptyState picture={<History aria-hidden="true" />}>
        <Trans>Nothing was merged yet. What you merge stands here and can be undone.</Trans>
      </EmptyState>
    );
  }
  return (
    <>
      <ul className={styles['rows']} aria-label={t`Past merges`}>
        {merges.map((merge) => (
          <MergeRow key={merge.id} merge={merge} onUndone={onUndone} />
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

function MergeRow({
  merge,
  onUndone,
}: {
  merge: MergeEntry;
  onUndone: (undone: UndoneMerge) => void;
}) {
  const { t } = useLingui();
  const core = useCore();
  const formats = useFormats();
  const { act, busy, problem } = useAct();
  const { loserName, survivorName } = merge;
  return (
    <li className={styles['row']}>
      <div className={styles['words']}>
        <p className={styles['title']}>
          <Trans>
            {loserName} into {survivorName}
          </Trans>
        </p>
        <p className={styles['soft']}>
          {[
            formats.moment(merge.at),
            merge.agentName,
            merge.undoneAt === null ? null : t`undone ${formats.moment(merge.undoneAt)}`,
            merge.undoneAt === null && merge.laterMergeId !== null
              ? t`merged once more since: undo that merge first`
              : null,
          ]
            .filter((part) => part !== null)
            .join(' · ')}
        </p>
        {problem === null ? null : <Notice tone="problem">{problem}</Notice>}
      </div>
      {merge.undoneAt === null && merge.laterMergeId === null ? (
        <Button
          size="small"
          isDisabled={busy}
          onPress={() => act(async () => onUndone(await core.merges.undo({ mergeId: merge.id })))}
        >
          <Trans>Undo merge</Trans>
        </Button>
      ) : null}
    </li>
  );
}
