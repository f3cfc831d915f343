import { Trans, useLingui } from '@lingui/react/macro';
import { Circle, Grid3x3, Mic, MicOff, Pause, PhoneForwarded, PhoneOff, Play } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { CallerContext } from '../../../preload/contract/customers.ts';
import type { OpenWrapUp } from '../../../preload/contract/wrap-ups.ts';
import { Button } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';
import { Panel } from '../../components/panel.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useSettings } from '../../core-client/queries.ts';
import { useDesk } from '../../desk-state/desk-context.ts';
import { shownNumber } from '../../language/phone-number.ts';
import { useFormats } from '../../language/use-formats.ts';
import { phaseInWords, wayInWords } from '../../language/words/calls.ts';
import type { CallSnapshot } from '../../phone/phone.ts';
import { useKeys, useShortcut } from '../../shortcuts/shortcuts.tsx';
import { callerName } from './caller-name.ts';
import { CallQuality } from './calls/call-quality.tsx';
import { ConsentChecklist, RecordingState } from './calls/recording.tsx';
import { ReferQuestion, TransferState, TransferTarget } from './calls/transfer.tsx';
import styles from './call-card.module.css';
import { Keypad } from './keypad.tsx';
import { PracticeMark } from './practice-mark.tsx';
import { OutsideLinks, useOpenOnAnswer } from './outside-links.tsx';
import { SensitiveHint } from './rights/sensitive-hint.tsx';
import { useNow } from './use-now.ts';
import { WhoIsIt } from './who-is-it.tsx';
import { DraftNotice } from './wrap-up/draft-notice.tsx';
import { carryNoteFocus } from './wrap-up/note-focus.ts';
import { useWrapUp } from './wrap-up/use-wrap-up.ts';

interface CurrentCallProps {
  call: CallSnapshot;
  /** Whom the call is with. */
  context: CallerContext | null;
  /** The call whose result is noted: this one, or the customer's while a colleague is asked. */
  noted: { callId: string; customerId: string | null };
  /** The call's wrap-up, once core has opened it. */
  wrapUp: OpenWrapUp | null;
}

function mayTransfer(call: CallSnapshot): boolean {
  const { state } = call.transfer;
  return (
    call.phase === 'confirmed' &&
    !call.inConference &&
    call.consultationFor === null &&
    (state === 'none' || state === 'failed')
  );
}

/** Customers are recorded, not the colleagues who are asked about them. */
function mayBeRecorded(call: CallSnapshot): boolean {
  return call.phase === 'confirmed' && call.recording === 'off' && call.consultationFor === null;
}

/** What is open below the controls. */
type Opened = 'keypad' | 'transfer' | 'consent';

function Controls({
  call,
  open,
  onOpen,
}: {
  call: CallSnapshot;
  open: Opened | null;
  onOpen: (what: Opened) => void;
}) {
  const { t } = useLingui();
  const keysOf = useKeys();
  const { phone } = useDesk();
  const { recordingAllowed } = useSettings();
  const { callId } = call;
  const talking = call.phase === 'confirmed';
  const mute = () => (call.muted ? phone.unmute(callId) : phone.mute(callId));
  const hold = () => (call.localHold ? phone.resume(callId) : phone.hold(callId));
  useShortcut('mute', talking ? mute : null);
  useShortcut('hold', talking && !call.negotiating ? hold : null);
  useShortcut('keypad', talking ? () => onOpen('keypad') : null);
  const mayBeTransferred = mayTransfer(call);
  const mayRecord = recordingAllowed && mayBeRecorded(call);
  useShortcut('transfer', mayBeTransferred ? () => onOpen('transfer') : null);
  useShortcut('record', mayRecord ? () => onOpen('consent') : null);
  const keypad = useRef<HTMLButtonElement>(null);
  const transfer = useRef<HTMLButtonElement>(null);
  const consent = useRef<HTMLButtonElement>(null);
  const before = useRef(open);
  useEffect(() => {
    const closed = open === null ? before.current : null;
    before.current = open;
    // What had the keyboard went with it.
    if (closed && document.activeElement === document.body)
      ({ keypad, transfer, consent })[closed].current?.focus();
  }, [open]);
  return (
    <div className={styles['controls']}>
      <Button
        keys={keysOf('mute')}
        isDisabled={!talking}
        icon={call.muted ? <MicOff aria-hidden="true" /> : <Mic aria-hidden="true" />}
        onPress={mute}
      >
        {call.muted
          ? t({ message: 'Unmute', comment: 'Button: microphone on again' })
          : t({ message: 'Mute', comment: 'Button: microphone off, Stumm' })}
      </Button>
      <Button
        keys={keysOf('hold')}
        isDisabled={!talking || call.negotiating}
        icon={call.localHold ? <Play aria-hidden="true" /> : <Pause aria-hidden="true" />}
        onPress={hold}
      >
        {call.localHold
          ? t({ message: 'Resume', comment: 'Button: take the call from hold, Fortsetzen' })
          : t({ message: 'Hold', comment: 'Button: put the call on hold, Halten' })}
      </Button>
      <Button
        keys={keysOf('keypad')}
        isDisabled={!talking}
        ref={keypad}
        variant={open === 'keypad' ? 'quiet' : 'secondary'}
        icon={<Grid3x3 aria-hidden="true" />}
        onPress={() => onOpen('keypad')}
      >
        {t({ message: 'Keypad', comment: 'Button: Tastatur zum Tönesenden, Wähltasten' })}
      </Button>
      {/* Open, each has the button that does it under the same name. */}
      {mayBeTransferred && open !== 'transfer' ? (
        <Button
          ref={transfer}
          keys={keysOf('transfer')}
          icon={<PhoneForwarded aria-hidden="true" />}
          onPress={() => onOpen('transfer')}
        >
          {t({ message: 'Transfer', comment: 'Button: weiterverbinden' })}
        </Button>
      ) : null}
      {mayRecord && open !== 'consent' ? (
        <Button
          ref={consent}
          keys={keysOf('record')}
          icon={<Circle aria-hidden="true" />}
          onPress={() => onOpen('consent')}
        >
          {t({ message: 'Record', comment: 'Button: begins the recording of a call' })}
        </Button>
      ) : null}
    </div>
  );
}

/** The call that is going on: its state, its controls and a note that is kept as it is typed. */
export function CurrentCall({ call, context, noted, wrapUp }: CurrentCallProps) {
  const { t, i18n } = useLingui();
  const formats = useFormats();
  const keysOf = useKeys();
  const { phone } = useDesk();
  const [open, setOpen] = useState<Opened | null>(null);
  const close = () => setOpen(null);
  const note = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  const now = useNow(1_000);
  const { form, change, state } = useWrapUp({
    callId: noted.callId,
    customerId: noted.customerId,
    stored: wrapUp,
  });
  const { callId } = call;
  useLayoutEffect(
    () => () => {
      if (note.current !== null && document.activeElement === note.current) {
        carryNoteFocus(noted.callId, note.current);
      }
    },
    [noted.callId],
  );
  const hangUp = () => phone.hangUp(callId);
  useOpenOnAnswer(call, context);
  useShortcut('hangUp', hangUp);
  useShortcut('note', () => note.current?.focus());
  const name = callerName(i18n, call, context);
  const dialled = context?.e164 ?? call.remote.number;
  const number = dialled === null ? null : shownNumber(dialled);
  const since = call.answeredAt ?? call.startedAt;
  return (
    <Panel
      name={t({ message: 'Current call', comment: 'Region: the call that is going on' })}
      hideName
    >
      <div className={styles['card']}>
        <div className={styles['headline']}>
          <h2 className={styles['name']}>{name}</h2>
          <PracticeMark origin={call.origin} />
          <span className={styles['clock']} role="timer" aria-label={t`Duration`}>
            {formats.clock(Math.max(0, now - since))}
          </span>
        </div>
        <p className={styles['soft']} role="status">
          {[
            number === name || call.remote.anonymous ? null : number,
            phaseInWords(i18n, call),
            ...wayInWords(i18n, call),
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
        {call.receivedDigits === undefined || call.receivedDigits === '' ? null : (
          <p className={styles['soft']} role="status">
            <Trans>The other side pressed: {call.receivedDigits}</Trans>
          </p>
        )}
        {call.holdRefused ? (
          <Notice tone="caution" announce>
            <Trans>
              The other side’s telephone refused this. The conversation goes on as before.
            </Trans>
          </Notice>
        ) : null}
        <CallQuality call={call} />
        <ReferQuestion call={call} />
        <TransferState call={call} />
        <RecordingState call={call} />
        <Controls call={call} open={open} onOpen={(what) => setOpen(open === what ? null : what)} />
        {open === 'keypad' ? (
          <Keypad
            sent={call.digits}
            onDigit={(digit) => phone.sendDtmf(call.callId, digit)}
            onClose={close}
          />
        ) : null}
        {open === 'transfer' && mayTransfer(call) ? (
          <TransferTarget call={call} onClose={close} />
        ) : null}
        {open === 'consent' && mayBeRecorded(call) ? (
          <ConsentChecklist call={call} onClose={close} />
        ) : null}
        <Button
          variant="end"
          size="large"
          wide
          keys={keysOf('hangUp')}
          icon={<PhoneOff aria-hidden="true" />}
          onPress={hangUp}
        >
          {t({ message: 'Hang up', comment: 'Button: end the call' })}
        </Button>
        {context === null || call.consultationFor !== null ? null : (
          <WhoIsIt
            callId={call.callId}
            context={context}
            display={call.remote.display}
            ringing={false}
          />
        )}
        <OutsideLinks
          customer={context?.story?.customer ?? null}
          number={call.remote.anonymous ? null : call.remote.number}
          e164={context?.e164 ?? null}
        />
        <TextField
          label={t`Note`}
          rows={3}
          value={form.note}
          maxLength={20_000}
          inputRef={note}
          onChange={(text) => change({ type: 'text', field: 'note', text })}
          description={<DraftNotice state={state} typed={form.note !== ''} />}
        />
        <SensitiveHint text={form.note} />
      </div>
    </Panel>
  );
}
