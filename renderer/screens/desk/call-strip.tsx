import { Trans, useLingui } from '@lingui/react/macro';
import { Phone, PhoneOff } from 'lucide-react';
import { useLocation } from 'wouter';
import { Button } from '../../components/button.tsx';
import { useCallContext, useDesk } from '../../desk-state/desk-context.ts';
import { useFormats } from '../../language/use-formats.ts';
import { phaseInWords } from '../../language/words/calls.ts';
import { useKeys, useShortcut } from '../../shortcuts/shortcuts.tsx';
import { callerName } from './caller-name.ts';
import styles from './call-strip.module.css';
import { PracticeMark } from './practice-mark.tsx';
import { useAnswer, useCalls } from './use-calls.ts';
import { useNow } from './use-now.ts';

/** The call that rings or is up, for the screens beside the desk. */
export function CallStrip() {
  const { t, i18n } = useLingui();
  const formats = useFormats();
  const keysOf = useKeys();
  const { phone } = useDesk();
  const [, navigate] = useLocation();
  const { ringing, current } = useCalls();
  const call = ringing ?? current;
  const context = useCallContext(call?.callId ?? null);
  const now = useNow(1_000, call !== null);
  const answerCall = useAnswer();
  const answer = () => {
    if (ringing === null) return;
    answerCall(ringing.callId);
    navigate('/');
  };
  useShortcut('answer', ringing === null ? null : answer);
  useShortcut('answerAnywhere', ringing === null ? null : answer);
  useShortcut('decline', ringing === null ? null : () => phone.decline(ringing.callId));
  useShortcut('hangUp', current === null ? null : () => phone.hangUp(current.callId));
  if (call === null) return null;
  return (
    <div className={styles['strip']} role="group" aria-label={t`Call`} data-own-enter>
      <span className={styles['words']}>
        <span className={styles['name']}>{callerName(i18n, call, context)}</span>{' '}
        {phaseInWords(i18n, call)} ·{' '}
        {formats.clock(Math.max(0, now - (call.answeredAt ?? call.startedAt)))}
      </span>
      <PracticeMark origin={call.origin} />
      {ringing === null ? (
        <Button
          size="small"
          variant="end"
          keys={keysOf('hangUp')}
          icon={<PhoneOff aria-hidden="true" />}
          onPress={() => phone.hangUp(call.callId)}
        >
          {t({ message: 'Hang up', comment: 'Button: end the call' })}
        </Button>
      ) : (
        <>
          <Button
            size="small"
            variant="primary"
            keys={keysOf('answer')}
            icon={<Phone aria-hidden="true" />}
            onPress={answer}
          >
            {t({ message: 'Answer', comment: 'Button: take the call' })}
          </Button>
          <Button size="small" keys={keysOf('decline')} onPress={() => phone.decline(call.callId)}>
            {t({ message: 'Decline', comment: 'Button: refuse the call' })}
          </Button>
        </>
      )}
      <Button size="small" variant="quiet" onPress={() => navigate('/')}>
        <Trans>Show the story</Trans>
      </Button>
    </div>
  );
}
