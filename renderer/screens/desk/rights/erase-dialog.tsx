import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useState } from 'react';
import type { ErasurePreview } from '../../../../preload/contract/rights.ts';
import { Button } from '../../../components/button.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import { Notice } from '../../../components/notice.tsx';
import { TextField } from '../../../components/text-field.tsx';
import { coreProblemOf } from '../../../core-client/core-error.ts';
import { useCore } from '../../../core-client/queries.ts';
import { coreProblemInWords } from '../../../language/words/problems.ts';
import styles from './rights.module.css';

interface EraseDialogProps {
  customerId: string;
  onClose: () => void;
  onErased: () => void;
}

/** Says what goes and what stays before anything happens; the name is typed, because there is no way back. */
export function EraseDialog({ customerId, onClose, onErased }: EraseDialogProps) {
  const { t, i18n } = useLingui();
  const core = useCore();
  const [preview, setPreview] = useState<ErasurePreview | null>(null);
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  /** No answer came to an earlier attempt: it was carried out, or not begun. */
  const [unanswered, setUnanswered] = useState(false);
  useEffect(() => {
    let there = true;
    core.rights.erasurePreview({ customerId }).then(
      (found) => {
        if (there) setPreview(found);
      },
      (thrown) => {
        if (there) setProblem(coreProblemInWords(i18n, coreProblemOf(thrown)));
      },
    );
    return () => {
      there = false;
    };
  }, [core, customerId, i18n]);
  const erase = async () => {
    setBusy(true);
    setProblem(null);
    try {
      await core.rights.erase({ customerId });
      onErased();
    } catch (thrown) {
      const why = coreProblemOf(thrown);
      if (unanswered && why.kind === 'refused' && why.code === 'NOT_FOUND') {
        onErased();
        return;
      }
      const noAnswer = why.kind === 'unreachable' || why.kind === 'timedOut';
      setUnanswered(unanswered || noAnswer);
      setProblem(
        noAnswer
          ? t`No answer came. The customer is erased, or still there as before: erase once more in a moment to be sure.`
          : coreProblemInWords(i18n, why),
      );
    } finally {
      setBusy(false);
    }
  };
  const fits = preview !== null && typed.trim() === preview.name.trim();
  return (
    <Dialog
      title={t`Erase this customer for good?`}
      isOpen
      onClose={onClose}
      role="alertdialog"
      actions={
        <>
          <Button onPress={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button
            variant="end"
            isDisabled={!fits || preview.onTheLine}
            isPending={busy}
            onPress={() => void erase()}
          >
            {t({ message: 'Erase for good', comment: 'Button of a confirmation' })}
          </Button>
        </>
      }
    >
      <div className={styles['form']}>
        {preview === null ? (
          problem === null ? (
            <p role="status">
              <Trans>Looking up what is stored …</Trans>
            </p>
          ) : null
        ) : (
          <>
            {preview.onTheLine ? (
              <Notice tone="caution">
                <Trans>This customer is on the line. Erase the record after the call.</Trans>
              </Notice>
            ) : null}
            <p>
              <Trans>This goes, and cannot be brought back:</Trans>
            </p>
            <ul className={styles['list']}>
              <li>
                <Trans>
                  the record of {preview.name} with numbers, addresses, tags and its history
                </Trans>
              </li>
              <li>
                {t`${plural(preview.contacts, { one: '# contact', other: '# contacts' })} with notes, feelings, promises, questions and matters; ${plural(preview.calls, { one: '# call', other: '# calls' })} with numbers and events`}
              </li>
              <li>
                {t`${plural(preview.recordings, { one: '# recording with its key', other: '# recordings with their keys' })}`}
              </li>
              <li>
                {t`what search, logs and reports of imports hold; ${plural(preview.copies, { one: '# older copy is written anew', other: '# older copies are written anew' })}, and damaged databases that were put aside are rewritten or removed`}
              </li>
              <li>
                <Trans>
                  the name, numbers and addresses in calls and notes of others, where nobody else
                  has them; files that wait to be imported are put away and can be chosen anew
                </Trans>
              </li>
            </ul>
            <p>
              <Trans>This stays:</Trans>
            </p>
            <ul className={styles['list']}>
              <li>
                <Trans>counts and durations in the figures, without the person</Trans>
              </li>
              <li>
                {t`${plural(preview.proofs, { 0: 'no proof of consent, because there is none', one: '# proof of consent, sealed for as long as the law wants it', other: '# proofs of consent, sealed for as long as the law wants them' })}`}
              </li>
              <li>
                <Trans>
                  an id without a name, so that an older copy that comes back is cleaned as well
                </Trans>
              </li>
            </ul>
            <TextField
              label={t`Type the name to confirm: ${preview.name}`}
              value={typed}
              onChange={setTyped}
              autoComplete="off"
              spellCheck={false}
            />
          </>
        )}
        {problem === null ? null : <Notice tone="problem">{problem}</Notice>}
      </div>
    </Dialog>
  );
}
