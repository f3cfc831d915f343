// Recording one call: only after both sides agreed aloud, with a pause for what must not be recorded.
import { Trans, useLingui } from '@lingui/react/macro';
import { Circle, Pause, Play, Square } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../../components/button.tsx';
import { Checkbox } from '../../../components/toggle.tsx';
import { classNames } from '../../../components/class-names.ts';
import { useDesk } from '../../../desk-state/desk-context.ts';
import type { CallSnapshot } from '../../../phone/phone.ts';
import { useKeys, useShortcut } from '../../../shortcuts/shortcuts.tsx';
import { usePhoneCommand } from '../use-calls.ts';
import styles from './recording.module.css';

/** What has to be said and heard before a recording begins, in the words that may be used. */
export function ConsentChecklist({ call, onClose }: { call: CallSnapshot; onClose: () => void }) {
  const { t } = useLingui();
  const run = usePhoneCommand();
  const [agentAnnounced, setAnnounced] = useState(false);
  const [customerAgreed, setAgreed] = useState(false);
  const begin = () => {
    run((phone) => phone.startRecording(call.callId, { agentAnnounced, customerAgreed }));
    onClose();
  };
  return (
    <div className={styles['checklist']} role="group" aria-label={t`Consent to the recording`}>
      <p className={styles['soft']}>
        <Trans>Say it in the customer’s language, and wait for the answer:</Trans>
      </p>
      <ul className={styles['sentences']}>
        <li lang="de">
          „Ich möchte unser Gespräch aufzeichnen, damit wir später genau wissen, was wir vereinbart
          haben. Sind Sie damit einverstanden?“
        </li>
        <li lang="en">
          “I would like to record our call, so that we know exactly what we agreed on. Is that all
          right with you?”
        </li>
      </ul>
      <Checkbox autoFocus isSelected={agentAnnounced} onChange={setAnnounced}>
        <Trans>I have announced the recording and agree to it</Trans>
      </Checkbox>
      <Checkbox isSelected={customerAgreed} onChange={setAgreed}>
        <Trans>The customer has agreed aloud</Trans>
      </Checkbox>
      <div className={styles['buttons']}>
        <Button
          variant="primary"
          isDisabled={!agentAnnounced || !customerAgreed}
          icon={<Circle aria-hidden="true" />}
          onPress={begin}
        >
          {t({ message: 'Record', comment: 'Button: begins the recording of a call' })}
        </Button>
        <Button variant="quiet" onPress={onClose}>
          <Trans>Do not record</Trans>
        </Button>
      </div>
    </div>
  );
}

/** Says that a recording runs, and pauses or ends it. */
export function RecordingState({ call }: { call: CallSnapshot }) {
  const { t } = useLingui();
  const keysOf = useKeys();
  const { phone } = useDesk();
  const { recording, callId } = call;
  const running = recording === 'on' || recording === 'paused';
  const paused = recording === 'paused';
  const pause = () => (paused ? phone.resumeRecording(callId) : phone.pauseRecording(callId));
  const stop = () => phone.stopRecording(callId);
  useShortcut('record', running ? stop : null);
  useShortcut('pauseRecording', running ? pause : null);
  if (recording === 'off') return null;
  return (
    <div
      className={styles['state']}
      role="group"
      aria-label={t({ message: 'Recording', comment: 'Group: the recording of this call' })}
    >
      <p role="status" className={styles['words']}>
        <span
          aria-hidden="true"
          className={classNames(styles['mark'], recording === 'on' && styles['on'])}
        />
        {recording === 'on' ? (
          <Trans>This call is being recorded</Trans>
        ) : paused ? (
          <Trans>Recording paused: nothing is recorded now</Trans>
        ) : (
          <Trans>The recording is being stored …</Trans>
        )}
      </p>
      {running ? (
        <div className={styles['buttons']}>
          <Button
            size="small"
            keys={keysOf('pauseRecording')}
            hint={paused ? undefined : t`For what must not be recorded, for example card numbers`}
            icon={paused ? <Play aria-hidden="true" /> : <Pause aria-hidden="true" />}
            onPress={pause}
          >
            {paused
              ? t({ message: 'Resume recording', comment: 'Button' })
              : t({ message: 'Pause recording', comment: 'Button' })}
          </Button>
          <Button
            size="small"
            keys={keysOf('record')}
            icon={<Square aria-hidden="true" />}
            onPress={stop}
          >
            {t({ message: 'Stop recording', comment: 'Button' })}
          </Button>
        </div>
      ) : null}
    </div>
  );
}
