import { Trans, useLingui } from '@lingui/react/macro';
import { Phone, PhoneOff, Play, Repeat, UserMinus, UsersRound } from 'lucide-react';
import { Button, IconButton } from '../../../components/button.tsx';
import { classNames } from '../../../components/class-names.ts';
import { Panel } from '../../../components/panel.tsx';
import { useCallContext, useDesk, usePhoneSnapshot } from '../../../desk-state/desk-context.ts';
import { currentCall, liveCalls, waitingCalls } from '../../../desk-state/presence.ts';
import { useFormats } from '../../../language/use-formats.ts';
import { callBesideOthersInWords } from '../../../language/words/lines.ts';
import type { CallSnapshot } from '../../../phone/phone.ts';
import { useKeys, useShortcut } from '../../../shortcuts/shortcuts.tsx';
import { callerName } from '../caller-name.ts';
import { useAnswer, usePhoneCommand } from '../use-calls.ts';
import { useNow } from '../use-now.ts';
import styles from './calls-panel.module.css';

/** A held call that could go on or join the others. */
function isHeld(call: CallSnapshot): boolean {
  return call.phase === 'confirmed' && call.localHold;
}

interface RowProps {
  call: CallSnapshot;
  /** The one that the card below is about. */
  current: boolean;
  now: number;
  /** Its buttons have plain names because nothing else on the screen has the same. */
  plain: boolean;
  mayJoin: boolean;
}

function Row({ call, current, now, plain, mayJoin }: RowProps) {
  const { t, i18n } = useLingui();
  const formats = useFormats();
  const keysOf = useKeys();
  const { phone } = useDesk();
  const run = usePhoneCommand();
  const answer = useAnswer();
  const context = useCallContext(call.callId);
  const name = callerName(i18n, call, context);
  const { callId } = call;
  const state = callBesideOthersInWords(i18n, call);
  return (
    <li
      className={classNames(
        styles['row'],
        current && styles['current'],
        call.waiting && styles['waiting'],
      )}
    >
      <span className={styles['line']} aria-label={t`Line ${call.lineNumber}`} role="img">
        {call.lineNumber}
      </span>
      <span className={styles['words']}>
        <span className={styles['name']}>{name}</span>
        <span className={styles['state']}>
          {[
            state,
            call.queue === null ? null : t`Queue ${call.queue}`,
            formats.clock(Math.max(0, now - (call.answeredAt ?? call.startedAt))),
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </span>
      <span className={styles['actions']}>
        {call.waiting ? (
          <>
            <Button
              size="small"
              variant="primary"
              icon={<Phone aria-hidden="true" />}
              keys={plain ? keysOf('answerAnywhere') : undefined}
              label={plain ? undefined : t`Answer ${name}`}
              hint={t`The call that is going on is held first`}
              onPress={() => answer(callId)}
            >
              {t({ message: 'Answer', comment: 'Button: take the call' })}
            </Button>
            <Button
              size="small"
              keys={plain ? keysOf('decline') : undefined}
              label={plain ? undefined : t`Decline ${name}`}
              onPress={() => phone.decline(callId)}
            >
              {t({ message: 'Decline', comment: 'Button: refuse the call' })}
            </Button>
          </>
        ) : (
          <>
            {isHeld(call) && !current ? (
              <IconButton
                size="small"
                label={t`Go on with ${name}`}
                icon={<Play aria-hidden="true" />}
                onPress={() => phone.resume(callId)}
              />
            ) : null}
            {mayJoin ? (
              <IconButton
                size="small"
                label={plain ? t`Add to conference` : t`Add to conference: ${name}`}
                keys={plain ? keysOf('conference') : undefined}
                icon={<UsersRound aria-hidden="true" />}
                onPress={() => run((telephone) => telephone.addToConference(callId))}
              />
            ) : null}
            {call.inConference ? (
              <IconButton
                size="small"
                label={t`Remove ${name} from the conference`}
                icon={<UserMinus aria-hidden="true" />}
                onPress={() => phone.removeFromConference(callId)}
              />
            ) : (
              <IconButton
                size="small"
                label={t`Hang up ${name}`}
                icon={<PhoneOff aria-hidden="true" />}
                onPress={() => phone.hangUp(callId)}
              />
            )}
          </>
        )}
      </span>
    </li>
  );
}

/** Every line in use, as soon as there is more than one: who, what it does, and what can be done. */
export function CallsPanel() {
  const { t } = useLingui();
  const keysOf = useKeys();
  const { phone } = useDesk();
  const run = usePhoneCommand();
  const answer = useAnswer();
  const snapshot = usePhoneSnapshot();
  const calls = liveCalls(snapshot);
  const waiting = waitingCalls(snapshot);
  const current = currentCall(snapshot);
  const { conference } = snapshot;
  const shown = calls.length > 1 || waiting.length > 0 || conference !== null;
  const now = useNow(1_000, shown);
  const up = current?.phase === 'confirmed' && !current.localHold;
  const held = calls.filter((call) => isHeld(call) && call !== current);
  const joinable = up ? held : [];
  const [caller] = waiting;
  const [joining] = joinable;
  const maySwap = held.length === 1 && current?.phase === 'confirmed' && conference === null;
  useShortcut('answerAnywhere', caller === undefined ? null : () => answer(caller.callId));
  useShortcut('decline', caller === undefined ? null : () => phone.decline(caller.callId));
  useShortcut('swap', maySwap ? () => phone.swap() : null);
  useShortcut(
    'conference',
    joining === undefined || joinable.length > 1
      ? null
      : () => run((telephone) => telephone.addToConference(joining.callId)),
  );
  useShortcut('endConference', conference === null ? null : () => phone.endConference());
  if (!shown) return null;
  return (
    <Panel
      name={t({ message: 'Calls', comment: 'Region: all lines in use, Gespräche' })}
      count={calls.length}
      action={
        conference !== null ? (
          <Button
            size="small"
            variant="end"
            keys={keysOf('endConference')}
            hint={t`Hangs up every member`}
            onPress={() => phone.endConference()}
          >
            {t({ message: 'End conference', comment: 'Button: hangs up every member' })}
          </Button>
        ) : maySwap ? (
          <Button
            size="small"
            keys={keysOf('swap')}
            hint={t`Holds one call and goes on with the other`}
            icon={<Repeat aria-hidden="true" />}
            onPress={() => phone.swap()}
          >
            {t({ message: 'Swap', comment: 'Button: makeln, the held call for the active one' })}
          </Button>
        ) : null
      }
    >
      {conference === null ? null : (
        <p className={styles['conference']}>
          <Trans>All members of the conference hear each other.</Trans>
        </p>
      )}
      <ul>
        {calls.map((call) => (
          <Row
            key={call.callId}
            call={call}
            current={call === current}
            now={now}
            plain={call.waiting ? call === caller : joinable.length < 2}
            mayJoin={joinable.includes(call)}
          />
        ))}
      </ul>
    </Panel>
  );
}
