import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ImportStatus } from '../../../preload/contract/exchange.ts';
import type { RejectReason, SkipReason } from '../../../preload/contract/exchange-words.ts';
import { Button } from '../../components/button.tsx';
import { Progress } from '../../components/meter.tsx';
import { Notice } from '../../components/notice.tsx';
import { Panel } from '../../components/panel.tsx';
import { type CoreProblem, coreProblemOf } from '../../core-client/core-error.ts';
import { useCore } from '../../core-client/queries.ts';
import {
  importProblemInWords,
  refusedFieldInWords,
  rejectReasonInWords,
  rejectWords,
  skipReasonInWords,
} from '../../language/words/exchange.ts';
import { coreProblemInWords } from '../../language/words/problems.ts';
import styles from './import-screen.module.css';
import { downloadTarget } from './save-pieces.ts';

const UNDOABLE: readonly ImportStatus['state'][] = [
  'done',
  'cancelled',
  'failed',
  'interrupted',
  'undoInterrupted',
];

/** How an import goes or went: progress, figures, what was rejected and why, and its undoing. */
export function ImportReport({ importId }: { importId: string }) {
  const { t, i18n } = useLingui();
  const core = useCore();
  const [problem, setProblem] = useState<CoreProblem | null>(null);
  const { data: status, error } = useQuery({
    queryKey: ['imports', importId],
    queryFn: () => core.exchange.status({ importId }),
  });
  const act = async (action: () => Promise<unknown>) => {
    setProblem(null);
    try {
      await action();
    } catch (thrown) {
      setProblem(coreProblemOf(thrown));
    }
  };
  if (status === undefined) {
    return error ? <Notice tone="problem">{coreProblemInWords(i18n, error.problem)}</Notice> : null;
  }
  const busy = status.state === 'running' || status.state === 'undoing';
  const title = status.dryRun ? t`Dry run of ${status.fileName}` : t`Import of ${status.fileName}`;
  const canResume =
    (status.state === 'interrupted' || status.state === 'failed') && status.fileId !== null;
  return (
    <Panel name={title} padded>
      <div className={styles['preview']}>
        {problem === null ? null : (
          <Notice tone="problem">{coreProblemInWords(i18n, problem)}</Notice>
        )}
        {busy ? <Running status={status} /> : <Ended status={status} />}
        <Figures status={status} />
        {status.undone === null ? null : <Undone undone={status.undone} />}
        <Rejected status={status} />
        <div className={styles['buttons']}>
          {status.state === 'running' ? (
            <Button onPress={() => void act(() => core.exchange.cancel({ importId }))}>
              <Trans>Cancel import</Trans>
            </Button>
          ) : null}
          {canResume || status.state === 'undoInterrupted' ? (
            <Button
              variant="primary"
              onPress={() => void act(() => core.exchange.resume({ importId }))}
            >
              <Trans>Go on</Trans>
            </Button>
          ) : null}
          {!status.dryRun &&
          UNDOABLE.includes(status.state) &&
          status.created + status.updated > 0 ? (
            <Button
              hint={t`Takes back all that this import did, unless somebody has worked with it since.`}
              onPress={() => void act(() => core.exchange.undo({ importId }))}
            >
              <Trans>Undo import</Trans>
            </Button>
          ) : null}
        </div>
      </div>
    </Panel>
  );
}

function Running({ status }: { status: ImportStatus }) {
  const { t, i18n } = useLingui();
  const rows = i18n.number(status.rows);
  return (
    <Progress
      label={
        status.state === 'undoing' ? t`The import is being undone` : t`Rows are being imported`
      }
      value={status.progress}
      text={status.state === 'undoing' ? `${Math.round(status.progress * 100)} %` : t`${rows} rows`}
    />
  );
}

function Ended({ status }: { status: ImportStatus }) {
  const { i18n } = useLingui();
  const { state, dryRun, problem, rejected } = status;
  if (problem !== null)
    return <Notice tone="problem">{importProblemInWords(i18n, problem)}</Notice>;
  switch (state) {
    case 'done':
      return (
        <Notice announce>
          {dryRun ? (
            <Trans>This is what the import would do; nothing was changed.</Trans>
          ) : rejected === 0 ? (
            <Trans>Imported completely.</Trans>
          ) : (
            <Trans>
              Imported, except for the rejected rows: save them, mend them, import them again.
            </Trans>
          )}
        </Notice>
      );
    case 'cancelled':
      return (
        <Notice tone="caution" announce>
          <Trans>Cancelled. What was imported until then is in the book and can be undone.</Trans>
        </Notice>
      );
    case 'interrupted':
      return (
        <Notice tone="caution" announce>
          <Trans>
            The desk stopped in the middle of this import. Go on where it was, or undo it.
          </Trans>
        </Notice>
      );
    case 'undoInterrupted':
      return (
        <Notice tone="caution" announce>
          <Trans>
            The desk stopped while this import was being undone. Go on to undo the rest.
          </Trans>
        </Notice>
      );
    case 'undone':
      return (
        <Notice announce>
          <Trans>This import was undone.</Trans>
        </Notice>
      );
    default:
      return null;
  }
}

function Figures({ status }: { status: ImportStatus }) {
  const { t, i18n } = useLingui();
  const figures: [string, number][] = [
    [t`Rows`, status.rows],
    [t({ message: 'new', context: 'imported rows' }), status.created],
    [t({ message: 'changed', context: 'imported rows' }), status.updated],
    [t({ message: 'skipped', context: 'imported rows' }), status.skipped],
    [t({ message: 'rejected', context: 'imported rows' }), status.rejected],
  ];
  const reasons = [
    ...Object.entries(status.skippedFor).map(([reason, count]): [string, number] => [
      skipReasonInWords(i18n, reason as SkipReason),
      count,
    ]),
    ...Object.entries(status.rejectedFor).map(([reason, count]): [string, number] => [
      rejectReasonInWords(i18n, reason as RejectReason),
      count,
    ]),
  ];
  return (
    <div className={styles['figures']}>
      <dl className={styles['counts']}>
        {figures.map(([name, count]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{i18n.number(count)}</dd>
          </div>
        ))}
      </dl>
      {reasons.length === 0 ? null : (
        <p className={styles['soft']}>
          {reasons.map(([words, count]) => `${words}: ${i18n.number(count)}`).join(' · ')}
        </p>
      )}
    </div>
  );
}

function Undone({ undone }: { undone: NonNullable<ImportStatus['undone']> }) {
  const { t } = useLingui();
  const { removed, setBack, kept, keptExamples } = undone;
  const names = keptExamples
    .slice(0, 10)
    .map(({ name, reason }) =>
      reason === 'usedSince' ? t`${name} (worked with since)` : t`${name} (changed since)`,
    )
    .join(', ');
  return (
    <p>
      {t`${plural(removed, { one: '# record was taken away', other: '# records were taken away' })}, ${plural(
        setBack,
        {
          one: '# was set back',
          other: '# were set back',
        },
      )}, ${plural(kept, { one: '# had to stay', other: '# had to stay' })}.`}{' '}
      {kept === 0 ? null : <span className={styles['soft']}>{names}</span>}
    </p>
  );
}

/** The first of them to read, all of them as a file to mend. */
function Rejected({ status }: { status: ImportStatus }) {
  const { t, i18n } = useLingui();
  const core = useCore();
  const [saving, setSaving] = useState(false);
  const [problem, setProblem] = useState<CoreProblem | null>(null);
  const { data } = useQuery({
    queryKey: ['imports', status.id, 'rejected', status.state, status.rejected > 0],
    queryFn: () => core.exchange.rejected({ importId: status.id }),
    enabled: status.rejected > 0,
  });
  if (status.rejected === 0) return null;
  const save = async () => {
    setSaving(true);
    setProblem(null);
    try {
      const target = downloadTarget(
        `${t`rejected`}-${status.fileName.replace(/\.[^.]*$/, '')}.csv`,
        'text/csv',
      );
      const words = rejectWords(i18n);
      for (let cursor: number | null = 0; cursor !== null; ) {
        const piece: { text: string; next: number | null } = await core.exchange.rejectFile({
          ...{ importId: status.id, cursor, words, reasonColumn: t`Reason` },
        });
        await target.write(piece.text);
        cursor = piece.next;
      }
      await target.close();
    } catch (thrown) {
      setProblem(coreProblemOf(thrown));
    } finally {
      setSaving(false);
    }
  };
  return (
    <>
      {problem === null ? null : (
        <Notice tone="problem">{coreProblemInWords(i18n, problem)}</Notice>
      )}
      <div className={styles['scroll']} role="region" aria-label={t`Rejected rows`} tabIndex={0}>
        <table className={styles['table']}>
          <thead>
            <tr>
              <th scope="col">
                <Trans>Line</Trans>
              </th>
              <th scope="col">
                <Trans>Reason</Trans>
              </th>
              <th scope="col">
                <Trans>Row</Trans>
              </th>
            </tr>
          </thead>
          <tbody>
            {(data?.rows ?? []).map(({ line, reason, field, text }) => (
              <tr key={line}>
                <td className={styles['line']}>{line}</td>
                <td>
                  {field === null ? '' : `${refusedFieldInWords(i18n, field)}: `}
                  {rejectReasonInWords(i18n, reason)}
                </td>
                <td className={styles['samples']}>{text}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className={styles['buttons']}>
        <Button isPending={saving} onPress={() => void save()}>
          <Trans>Save rejected rows</Trans>
        </Button>
      </div>
    </>
  );
}
