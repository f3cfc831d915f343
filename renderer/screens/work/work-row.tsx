import { Trans, useLingui } from '@lingui/react/macro';
import {
  Check,
  PhoneCall,
  PhoneForwarded,
  PhoneMissed,
  RotateCcw,
  Voicemail,
  X,
} from 'lucide-react';
import { createElement, useState } from 'react';
import { useLocation } from 'wouter';
import type { WorkItem, WorkRef } from '../../../preload/contract/work.ts';
import type { WorkKind } from '../../../preload/contract/vocabulary.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { Select } from '../../components/choice-field.tsx';
import { classNames } from '../../components/class-names.ts';
import { Dialog } from '../../components/dialog.tsx';
import { Notice } from '../../components/notice.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useCore, useSettings } from '../../core-client/queries.ts';
import { useFormats, useShownNumber } from '../../language/use-formats.ts';
import { remoteInWords } from '../../language/words/calls.ts';
import { workKindInWords, workStateInWords } from '../../language/words/work.ts';
import { useDeskStore } from '../desk/desk-store.ts';
import { useAct } from '../desk/use-act.ts';
import { useCalls, useDial } from '../desk/use-calls.ts';
import { VoicemailSound } from '../desk/voicemail-sound.tsx';
import { dueDateAsTyped, dueDateFrom, meansWholeDay } from '../desk/wrap-up/due-date.ts';
import { idOf, ownerOf, useOwnerChoices } from './owner-choices.ts';
import styles from './work-screen.module.css';

const PICTURES: Record<WorkKind, typeof PhoneMissed> = {
  missedCall: PhoneMissed,
  callback: PhoneForwarded,
  voicemail: Voicemail,
};

export function refOf({ workId, callId }: WorkItem): WorkRef | null {
  return workId !== null ? { workId } : callId !== null ? { callId } : null;
}

interface DueFieldProps {
  item: WorkItem;
  now: number;
  onDue: (at: number | null) => void;
}

function DueField({ item, now, onDue }: DueFieldProps) {
  const { t, i18n } = useLingui();
  const { zone } = useSettings();
  const stored = item.dueAt === null ? '' : dueDateAsTyped(item.dueAt, zone, i18n.locale);
  const [text, setText] = useState(stored);
  const read = text.trim() === '' ? null : dueDateFrom(text, { now, zone });
  const unclear = text.trim() !== '' && read === null;
  const keep = () => {
    if (unclear || text === stored) return;
    onDue(read?.at ?? null);
  };
  return (
    <TextField
      label={t({ message: 'Due', comment: 'Field: by when' })}
      value={text}
      onChange={setText}
      onBlur={keep}
      onKeyDown={(event) => {
        if (event.key === 'Enter') keep();
      }}
      autoComplete="off"
      placeholder={t({ message: 'no date', comment: 'Placeholder of a due date' })}
      error={unclear ? t`Say a day or a time, such as “tomorrow 10:00”.` : null}
    />
  );
}

function SettleDialog(props: {
  who: string;
  state: 'done' | 'cancelled';
  onSettle: (result: string | null) => void;
  onClose: () => void;
}) {
  const { t } = useLingui();
  const [result, setResult] = useState('');
  const { who, state, onSettle, onClose } = props;
  return (
    <Dialog
      title={state === 'done' ? t`Settled: ${who}` : t`Drop: ${who}`}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button
            variant="primary"
            onPress={() => onSettle(result.trim() === '' ? null : result.trim())}
          >
            {state === 'done' ? (
              t({ message: 'Mark as settled', comment: 'Button' })
            ) : (
              <Trans>Drop it</Trans>
            )}
          </Button>
        </>
      }
    >
      <TextField
        label={t({ message: 'Result', comment: 'What came out of a callback' })}
        description={t`What came out of it, in a few words; may stay empty.`}
        value={result}
        onChange={setResult}
        maxLength={200}
        autoFocus
      />
    </Dialog>
  );
}

export function WorkRow({ item, now }: { item: WorkItem; now: number }) {
  const { t, i18n } = useLingui();
  const formats = useFormats();
  const shownNumber = useShownNumber();
  const core = useCore();
  const { zone } = useSettings();
  const owners = useOwnerChoices();
  const dial = useDial();
  const { mayDial } = useCalls();
  const { act, problem } = useAct();
  const [, goTo] = useLocation();
  const showCustomer = useDeskStore((state) => state.showCustomer);
  const [settling, setSettling] = useState<'done' | 'cancelled' | null>(null);
  const { kind, remote, customerId, customerName, dueAt, at, state } = item;
  const ref = refOf(item);
  const who = customerName ?? (remote === null ? t`Mailbox` : remoteInWords(i18n, remote));
  const number = remote === null || remote.anonymous ? null : (remote.number ?? remote.uri);
  const open = state === 'open';
  const over = open && dueAt !== null && dueAt < now;
  const due =
    dueAt === null ? null : meansWholeDay(dueAt, zone) ? formats.day(dueAt) : formats.moment(dueAt);
  const plan = (change: { ownerId?: string | null; dueAt?: number | null }) => {
    if (ref !== null) act(() => core.work.plan({ ref, ...change }));
  };
  const { attempts, messages, settledAt, settledByName } = item;
  const facts = [
    workKindInWords(i18n, kind),
    number === null || number === who ? null : shownNumber(item.e164 ?? number),
    formats.moment(at),
    attempts > 1 ? t`${attempts} attempts` : null,
    messages === null ? null : t`${messages} new in the mailbox`,
    over ? t`overdue since ${due}` : due === null || open ? null : t`due ${due}`,
    open || settledAt === null
      ? null
      : [workStateInWords(i18n, state), formats.moment(settledAt), settledByName]
          .filter(Boolean)
          .join(' '),
  ];
  return (
    <li className={styles['row']}>
      {createElement(PICTURES[kind], { 'aria-hidden': true, className: styles['picture'] ?? '' })}
      <div className={styles['words']}>
        <p className={styles['who']}>
          {customerId === null ? (
            who
          ) : (
            <Button
              variant="link"
              onPress={() => {
                showCustomer(customerId);
                goTo('/');
              }}
            >
              {who}
            </Button>
          )}
        </p>
        <p className={classNames(styles['facts'], over && styles['over'])}>
          {facts.filter((fact) => fact !== null).join(' · ')}
        </p>
        {item.note === null ? null : <p className={styles['note']}>{item.note}</p>}
        {item.result === null ? null : (
          <p className={styles['facts']}>
            <Trans>Result: {item.result}</Trans>
          </p>
        )}
        {item.audio !== null && item.workId !== null ? (
          <VoicemailSound workId={item.workId} />
        ) : null}
        {problem === null ? null : <Notice tone="problem">{problem}</Notice>}
      </div>
      {open ? (
        <div className={styles['plan']}>
          <DueField
            key={`${dueAt}`}
            item={item}
            now={now}
            onDue={(dueDate) => plan({ dueAt: dueDate })}
          />
          <Select
            label={t({ message: 'Who', comment: 'Field: who cares for it' })}
            value={idOf(item.ownerId)}
            onChange={(id) => plan({ ownerId: ownerOf(id) })}
            choices={owners}
          />
        </div>
      ) : null}
      <div className={styles['actions']}>
        {open && number !== null ? (
          <Button
            size="small"
            icon={<PhoneCall aria-hidden="true" />}
            isDisabled={!mayDial}
            hint={t`Ring back ${who}`}
            onPress={() => {
              goTo('/');
              dial({
                target: number,
                display: customerName,
                customerId,
                ...(kind === 'missedCall' && item.callId !== null
                  ? { returnsCallId: item.callId }
                  : {}),
              });
            }}
          >
            {t({ message: 'Ring back', comment: 'Button' })}
          </Button>
        ) : null}
        {ref === null ? null : open ? (
          <>
            <IconButton
              size="small"
              label={t`Settled: ${who}`}
              icon={<Check aria-hidden="true" />}
              onPress={() => setSettling('done')}
            />
            <IconButton
              size="small"
              label={t`Drop: ${who}`}
              icon={<X aria-hidden="true" />}
              onPress={() => setSettling('cancelled')}
            />
          </>
        ) : (
          <IconButton
            size="small"
            label={t`Open again: ${who}`}
            icon={<RotateCcw aria-hidden="true" />}
            onPress={() => act(() => core.work.reopen({ ref }))}
          />
        )}
      </div>
      {settling === null || ref === null ? null : (
        <SettleDialog
          who={who}
          state={settling}
          onClose={() => setSettling(null)}
          onSettle={(result) => {
            setSettling(null);
            act(() => core.work.settle({ ref, state: settling, result }));
          }}
        />
      )}
    </li>
  );
}
