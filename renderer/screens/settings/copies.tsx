import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { Backup, DataWork } from '../../../preload/contract/rights.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Notice } from '../../components/notice.tsx';
import { TextField } from '../../components/text-field.tsx';
import { type CoreProblem, coreProblemOf } from '../../core-client/core-error.ts';
import { useCore } from '../../core-client/queries.ts';
import { useFormats } from '../../language/use-formats.ts';
import { coreProblemInWords } from '../../language/words/problems.ts';
import styles from './section.module.css';
import { useChangeSettings } from './use-change-settings.ts';
import { useDataWork } from './use-data-work.ts';

const SHOWN = 12;

/** Copies of the data: how old, how large, making one now, bringing one back. */
export function Copies() {
  const { t, i18n } = useLingui();
  const core = useCore();
  const formats = useFormats();
  const work = useDataWork();
  const [chosen, setChosen] = useState<Backup | null>(null);
  const [problem, setProblem] = useState<CoreProblem | null>(null);
  const start = (task: () => Promise<unknown>) => {
    setProblem(null);
    task().catch((thrown: unknown) => setProblem(coreProblemOf(thrown)));
  };
  const size = (bytes: number) => `${formats.number(bytes / 1_000_000, 1)} MB`;
  if (work === null)
    return (
      <p role="status">
        <Trans>Looking for copies …</Trans>
      </p>
    );
  return (
    <>
      <h3>{t({ message: 'Copies', comment: 'Heading: backups of the data' })}</h3>
      <p className={styles['soft']}>
        <Trans>
          Once a day the desk makes an encrypted copy and checks it. Seven daily and four weekly
          copies stay, within the room you allow. They lie in the data folder, under “backups”; take
          that folder along to keep copies elsewhere. Without its key nobody can open them.
        </Trans>
      </p>
      {work.damaged ? (
        <Notice tone="problem">
          <Trans>
            The check found damage. Make no new entries and restart the desk: it puts the damaged
            data aside and restores the newest sound copy.
          </Trans>
        </Notice>
      ) : null}
      {work.backupProblem === null ? null : (
        <Notice tone="caution">
          {t`The last copy could not be made.`}{' '}
          {coreProblemInWords(i18n, {
            ...{ kind: 'refused', code: 'STORAGE', data: { reason: work.backupProblem } },
          })}
        </Notice>
      )}
      {work.backups.length === 0 ? (
        <p>
          <Trans>There is no copy yet; the first one is made soon after the start.</Trans>
        </p>
      ) : (
        <ul className={styles['form']}>
          {work.backups.slice(0, SHOWN).map((backup) => (
            <li key={backup.file} className={styles['row']}>
              <span>
                {formats.moment(backup.at)}{' '}
                <span className={styles['soft']}>
                  {`· ${formats.relative(backup.at)} · ${size(backup.bytes)} · ${t`checked, data version ${backup.schemaVersion}`}`}
                </span>
              </span>
              <Button
                size="small"
                label={t`Restore the copy of ${formats.moment(backup.at)}`}
                onPress={() => setChosen(backup)}
              >
                {t({ message: 'Restore', comment: 'Button: brings this copy back' })}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <div className={styles['buttons']}>
        <Button
          isDisabled={work.running !== null}
          onPress={() => start(() => core.data.backUpNow())}
        >
          <Trans>Make a copy now</Trans>
        </Button>
        <Button isDisabled={work.running !== null} onPress={() => start(() => core.data.check())}>
          <Trans>Check the data now</Trans>
        </Button>
        <p role="status" className={styles['soft']}>
          <Running work={work} />
          {work.running === null && work.lastCheckAt !== null
            ? t`Last checked ${formats.moment(work.lastCheckAt)}.`
            : null}
          {work.running === null && work.copiesToRewrite > 0
            ? ` ${t`${plural(work.copiesToRewrite, { one: '# older copy still waits to be written anew after an erasure.', other: '# older copies still wait to be written anew after an erasure.' })}`}`
            : null}
        </p>
      </div>
      <Room />
      {work.quarantined === 0 ? null : (
        <p className={styles['soft']}>
          {t`${plural(work.quarantined, { one: '# database was put aside; it lies in the data folder under “quarantine”.', other: '# databases were put aside; they lie in the data folder under “quarantine”.' })}`}
        </p>
      )}
      {problem === null ? null : (
        <Notice tone="problem">{coreProblemInWords(i18n, problem)}</Notice>
      )}
      {chosen === null ? null : <Restore backup={chosen} onClose={() => setChosen(null)} />}
    </>
  );
}

function Running({ work: { running } }: { work: DataWork }) {
  if (running === null) return null;
  const { kind, done, total } = running;
  switch (kind) {
    case 'backup':
      return <Trans>Making a copy …</Trans>;
    case 'rewrite':
      return total === 0 ? (
        <Trans>Writing older copies anew …</Trans>
      ) : (
        <Trans>
          Writing older copies anew: {done} of {total}
        </Trans>
      );
    case 'check':
      return <Trans>Checking the data …</Trans>;
    default:
      return <Trans>Reading …</Trans>;
  }
}

function Room() {
  const { t } = useLingui();
  const { settings, change } = useChangeSettings();
  const [typed, setTyped] = useState(String(settings.backupGigabytes));
  const value = /^\d+$/u.test(typed.trim()) ? Number(typed) : Number.NaN;
  const fits = value >= 1 && value <= 10_000;
  return (
    <TextField
      label={t`Copies may take up to`}
      suffix="GB"
      inputMode="decimal"
      value={typed}
      onChange={setTyped}
      error={fits ? null : t`Enter whole gigabytes, from 1 to 10000.`}
      description={t`The two newest copies stay in any case.`}
      onBlur={() => {
        if (fits && value !== settings.backupGigabytes) change({ backupGigabytes: value });
      }}
    />
  );
}

function Restore({ backup, onClose }: { backup: Backup; onClose: () => void }) {
  const { t, i18n } = useLingui();
  const core = useCore();
  const formats = useFormats();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const restore = async () => {
    setBusy(true);
    setProblem(null);
    try {
      await core.data.restore({ file: backup.file });
      onClose();
    } catch (thrown) {
      const refused = coreProblemOf(thrown);
      setProblem(
        refused.kind === 'refused' && refused.code === 'BUSY' && refused.data.with === 'call'
          ? t`You are in a call. Restore the copy after it.`
          : coreProblemInWords(i18n, refused),
      );
      setBusy(false);
    }
  };
  return (
    <Dialog
      title={t`Restore the copy of ${formats.moment(backup.at)}?`}
      isOpen
      onClose={onClose}
      role="alertdialog"
      actions={
        <>
          <Button onPress={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button variant="end" isPending={busy} onPress={() => void restore()}>
            {t({ message: 'Restore this copy', comment: 'Button of a confirmation' })}
          </Button>
        </>
      }
    >
      <p>
        <Trans>
          What was entered since then is no longer in the desk. Today’s data are put aside in the
          data folder, not deleted. Customers who were erased since stay erased. The desk restarts.
        </Trans>
      </p>
      {problem === null ? null : <Notice tone="problem">{problem}</Notice>}
    </Dialog>
  );
}
