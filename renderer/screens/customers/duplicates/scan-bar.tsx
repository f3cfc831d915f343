import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { RefreshCw } from 'lucide-react';
import { Button } from '../../../components/button.tsx';
import { Notice } from '../../../components/notice.tsx';
import { useDuplicateScan } from '../../../core-client/book-queries.ts';
import { useCore } from '../../../core-client/queries.ts';
import { useFormats } from '../../../language/use-formats.ts';
import { useAct } from '../../desk/use-act.ts';
import styles from './scan-bar.module.css';

/** How up to date the list is, and comparing the whole book anew. */
export function ScanBar() {
  const { t } = useLingui();
  const core = useCore();
  const formats = useFormats();
  const { data: scan } = useDuplicateScan();
  const { act, problem } = useAct();
  const share = scan && scan.total > 0 ? scan.done / scan.total : 0;
  const words = (): string => {
    if (!scan) return '';
    const at = scan.finishedAt === null ? '' : formats.moment(scan.finishedAt);
    switch (scan.state) {
      case 'never':
        return t`The book has not been compared yet. Who comes in by hand is compared at once.`;
      case 'running':
        return t`Comparing the book: ${formats.percent(share)}`;
      case 'done':
        return scan.newSince === 0
          ? t`The whole book was compared ${at}.`
          : t`The whole book was compared ${at}; since then ${plural(scan.newSince, { one: '# customer has', other: '# customers have' })} come in.`;
      case 'cancelled':
        return t`The comparison was stopped before its end. What it found is in the list.`;
      case 'failed':
        return t`The comparison broke off by an error. Start it once more.`;
    }
  };
  return (
    <div className={styles['bar']}>
      <p role="status" className={styles['words']}>
        {words()}
      </p>
      {scan?.state === 'running' ? (
        <>
          <progress
            className={styles['progress']}
            value={share}
            max={1}
            aria-label={t`Comparing the book`}
          />
          <Button size="small" onPress={() => act(() => core.duplicates.cancelScan())}>
            {t({ message: 'Stop', comment: 'Button: stop comparing the book' })}
          </Button>
        </>
      ) : (
        <Button
          size="small"
          icon={<RefreshCw aria-hidden="true" />}
          onPress={() => act(() => core.duplicates.scan())}
        >
          <Trans>Compare the whole book</Trans>
        </Button>
      )}
      {problem === null ? null : <Notice tone="problem">{problem}</Notice>}
    </div>
  );
}
