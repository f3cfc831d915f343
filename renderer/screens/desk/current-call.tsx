import { Trans, useLingui } from '@lingui/react/macro';
import { Grid3x3, Mic, MicOff, Pause, PhoneOff, Play } from 'lucide-react';
import { useLayoutEffect, useRef, useState } from 'react';
import type { CallerContext } from '../../../preload/contract/customers.ts';
import type { OpenWrapUp } from '../../../preload/contract/wrap-ups.ts';
import { Button } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';
import { Panel } from '../../components/panel.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useDesk } from '../../desk-state/desk-context.ts';
import { shownNumber } from '../../language/phone-number.ts';
import { useFormats } from '../../language/use-formats.ts';
import { phaseInWords, qualityInWords } from '../../language/words/calls.ts';
import type { CallSnapshot } from '../../phone/phone.ts';
import { useKeys, useShortcut } from '../../shortcuts/shortcuts.tsx';
import { callerName } from './caller-name.ts';
import styles from './call-card.module.css';
import { Keypad } from './keypad.tsx';
import { PracticeMark } from './practice-mark.tsx';
import { useNow } from './use-now.ts';
import { WhoIsIt } from './who-is-it.tsx';
import { DraftNotice } from './wrap-up/draft-notice.tsx';
import { carryNoteFocus } from './wrap-up/note-focus.ts';
import { useWrapUp } from './wrap-up/use-wrap-up.ts';

interface CurrentCallProps {
  call: CallSnapshot;
  context: CallerContext | null;
  /** The call's wrap-up, once core has opened it. */
  wrapUp: OpenWrapUp | null;
}

function Controls({
  call,
  keypad,
  onKeypad,
}: {
  call: CallSnapshot;
  keypad: boolean;
  onKeypad: () => void;
}) {
  const { t } = useLingui();
  const keysOf = useKeys();
  const { phone } = useDesk();
  const { callId } = call;
  const talking = call.phase === 'confirmed';
  const mute = () => (call.muted ? phone.unmute(callId) : phone.mute(callId));
  const hold = () => (call.localHold ? phone.resume(callId) : phone.hold(callId));
  useShortcut('mute', talking ? mute : null);
  useShortcut('hold', talking && !call.negotiating ? hold : null);
  useShortcut('keypad', talking ? onKeypad : null);
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
        variant={keypad ? 'quiet' : 'secondary'}
        icon={<Grid3x3 aria-hidden="true" />}
        onPress={onKeypad}
      >
        {t({ message: 'Keypad', comment: 'Button: Tastatur zum Tönesenden, Wähltasten' })}
      </Button>
    </div>
  );
}

/** The call that is going on: its state, its controls and a note that is kept as it is typed. */
export function CurrentCall({ call, context, wrapUp }: CurrentCallProps) {
  const { t, i18n } = useLingui();
  const formats = useFormats();
  const keysOf = useKeys();
  const { phone } = useDesk();
  const [keypad, setKeypad] = useState(false);
  const note = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  const now = useNow(1_000);
  const { form, change, state } = useWrapUp({
    callId: call.callId,
    customerId: context?.story?.customer.id ?? null,
    stored: wrapUp,
  });
  const { callId } = call;
  useLayoutEffect(
    () => () => {
      if (note.current !== null && document.activeElement === note.current) {
        carryNoteFocus(callId, note.current);
      }
    },
    [callId],
  );
  const hangUp = () => phone.hangUp(callId);
  useShortcut('hangUp', hangUp);
  useShortcut('note', () => note.current?.focus());
  const name = callerName(i18n, call, context);
  const mos = call.quality?.mos ?? null;
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
            mos === null ? null : `${qualityInWords(i18n, mos)}, MOS ${formats.number(mos, 1)}`,
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
        {call.holdRefused ? (
          <Notice tone="caution" announce>
            <Trans>
              The other side’s telephone refused this. The conversation goes on as before.
            </Trans>
          </Notice>
        ) : null}
        <Controls call={call} keypad={keypad} onKeypad={() => setKeypad(!keypad)} />
        {keypad ? (
          <Keypad
            sent={call.digits}
            onDigit={(digit) => phone.sendDtmf(call.callId, digit)}
            onClose={() => setKeypad(false)}
          />
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
        {context === null ? null : (
          <WhoIsIt
            callId={call.callId}
            context={context}
            display={call.remote.display}
            ringing={false}
          />
        )}
        <TextField
          label={t`Note`}
          rows={3}
          value={form.note}
          maxLength={20_000}
          inputRef={note}
          onChange={(text) => change({ type: 'text', field: 'note', text })}
          description={<DraftNotice state={state} typed={form.note !== ''} />}
        />
      </div>
    </Panel>
  );
}
