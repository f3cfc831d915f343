// A callback: for whom, by when, why, and who cares for it.
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Select } from '../../components/choice-field.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Notice } from '../../components/notice.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useCore, useSettings } from '../../core-client/queries.ts';
import { useFormats } from '../../language/use-formats.ts';
import { SensitiveHint } from '../desk/rights/sensitive-hint.tsx';
import { useAct } from '../desk/use-act.ts';
import { useNow } from '../desk/use-now.ts';
import { idOf, ownerOf, useOwnerChoices } from './owner-choices.ts';
import { dueDateFrom, meansWholeDay } from '../desk/wrap-up/due-date.ts';

interface CallbackDialogProps {
  /** Set when the customer is known; else a number is asked for. */
  customer: { id: string; name: string; number: string | null } | null;
  onClose: () => void;
}

export function CallbackDialog({ customer, onClose }: CallbackDialogProps) {
  const { t } = useLingui();
  const formats = useFormats();
  const core = useCore();
  const { zone } = useSettings();
  const owners = useOwnerChoices();
  const { act, busy, problem } = useAct();
  const [number, setNumber] = useState(customer?.number ?? '');
  const [due, setDue] = useState('');
  const [note, setNote] = useState('');
  const [owner, setOwner] = useState<string | null>(null);
  const [tried, setTried] = useState(false);
  const now = useNow(30_000);
  const when = dueDateFrom(due, { now, zone });
  const who = customer !== null || number.trim() !== '';
  const save = () => {
    setTried(true);
    if (when === null || !who) return;
    act(async () => {
      await core.work.addCallback({
        customerId: customer?.id ?? null,
        number: number.trim() === '' ? null : number.trim(),
        note: note.trim() === '' ? null : note.trim(),
        dueAt: when.at,
        ownerId: owner,
      });
      onClose();
    });
  };
  return (
    <Dialog
      title={customer === null ? t`New callback` : t`Call back ${customer.name}`}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button variant="primary" isPending={busy} onPress={save}>
            {t({ message: 'Plan the callback', comment: 'Button' })}
          </Button>
        </>
      }
    >
      {problem === null ? null : <Notice tone="problem">{problem}</Notice>}
      <TextField
        label={t`Number to call back`}
        value={number}
        onChange={setNumber}
        inputMode="tel"
        maxLength={100}
        autoComplete="off"
        autoFocus={customer === null}
        error={tried && !who ? t`Enter the number that is to be called back.` : null}
      />
      <TextField
        label={t({ message: 'By when', comment: 'Due date of a callback' })}
        value={due}
        onChange={setDue}
        autoComplete="off"
        autoFocus={customer !== null}
        placeholder={t`tomorrow 10:00, Friday, in 2 hours`}
        error={
          tried && when === null
            ? t`Say a day or a time, such as “tomorrow 10:00” or “Friday”.`
            : null
        }
        description={
          when === null
            ? undefined
            : meansWholeDay(when.at, zone)
              ? formats.day(when.at)
              : formats.moment(when.at)
        }
      />
      <TextField label={t`What about`} value={note} onChange={setNote} rows={3} maxLength={2000} />
      <SensitiveHint text={note} />
      <Select
        label={t({ message: 'Who calls back', comment: 'Owner of a callback' })}
        value={idOf(owner)}
        onChange={(id) => setOwner(ownerOf(id))}
        choices={owners}
      />
    </Dialog>
  );
}
