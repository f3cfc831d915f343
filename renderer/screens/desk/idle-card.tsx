import { Trans, useLingui } from '@lingui/react/macro';
import { BellRing, Redo2, RotateCcw } from 'lucide-react';
import { Button } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';
import { useDesk, useCallContext, usePhoneSnapshot } from '../../desk-state/desk-context.ts';
import { isRegistered } from '../../desk-state/presence.ts';
import { causeInWords } from '../../language/words/calls.ts';
import type { CallSnapshot } from '../../phone/phone.ts';
import { useKeys, useShortcut } from '../../shortcuts/shortcuts.tsx';
import { callerName } from './caller-name.ts';
import styles from './call-card.module.css';
import { useDial, usePhoneCommand } from './use-calls.ts';

/** A call that did not come about: why, and another try. */
function NotReached({ call }: { call: CallSnapshot }) {
  const { i18n } = useLingui();
  const dial = useDial();
  const context = useCallContext(call.callId);
  const name = callerName(i18n, call, context);
  const { cause } = call;
  if (cause === null || call.answeredAt !== null || cause === 'cancelled' || cause === 'declined')
    return null;
  const words = causeInWords(i18n, cause);
  const target = call.remote.number ?? call.remote.uri;
  return (
    <Notice
      announce
      tone={cause === 'busy' || cause === 'noAnswer' || cause === 'missed' ? 'info' : 'caution'}
      action={
        call.remote.anonymous ? null : (
          <Button
            size="small"
            icon={<RotateCcw aria-hidden="true" />}
            onPress={() =>
              dial({
                target,
                display: call.remote.display,
                customerId: context?.story?.customer.id ?? null,
                ...(call.direction === 'inbound' ? { returnsCallId: call.callId } : {}),
              })
            }
          >
            {call.direction === 'inbound' ? <Trans>Ring back</Trans> : <Trans>Try again</Trans>}
          </Button>
        )
      }
    >
      {name}: {words}
    </Notice>
  );
}

interface IdleCardProps {
  ended: CallSnapshot | null;
  /** A result is still to be noted: that comes before the next practice call. */
  busy: boolean;
}

/** Nothing is going on: what happened last, and what can be done. */
export function IdleCard({ ended, busy }: IdleCardProps) {
  const { t } = useLingui();
  const keysOf = useKeys();
  const run = usePhoneCommand();
  const { letCustomerRing } = useDesk();
  const snapshot = usePhoneSnapshot();
  const practice = snapshot.connection.mode === 'practice';
  const ready = isRegistered(snapshot);
  const ring = () => void letCustomerRing();
  const { lastDialled } = snapshot;
  const redial = () => run((phone) => phone.redial());
  useShortcut('redial', ready && lastDialled !== null ? redial : null);
  useShortcut('letRing', practice && ready ? ring : null);
  return (
    <>
      {ended === null ? null : <NotReached call={ended} />}
      {lastDialled === null ? null : (
        <div className={styles['idle']}>
          <p className={styles['idleWords']}>
            <Trans>
              Last dialled: <span className={styles['number']}>{lastDialled}</span>
            </Trans>
          </p>
          <Button
            icon={<Redo2 aria-hidden="true" />}
            keys={keysOf('redial')}
            isDisabled={!ready}
            onPress={redial}
          >
            {t({ message: 'Redial', comment: 'Button: Wahlwiederholung' })}
          </Button>
        </div>
      )}
      {practice ? (
        <div className={busy ? styles['idle'] : styles['practice']}>
          <p className={styles['idleWords']}>
            {busy ? (
              <Trans>Practice line: nobody outside is called.</Trans>
            ) : (
              <Trans>
                Practise a call: somebody from the book rings, with the story on the desk. Nobody
                outside is called.
              </Trans>
            )}
          </p>
          <Button
            icon={<BellRing aria-hidden="true" />}
            variant={busy ? 'secondary' : 'primary'}
            size={busy ? 'normal' : 'large'}
            wide={!busy}
            showKeys={!busy}
            keys={keysOf('letRing')}
            isDisabled={!ready}
            onPress={ring}
          >
            {t({ message: 'Let a customer ring', comment: 'Button on the practice line' })}
          </Button>
        </div>
      ) : (
        <p className={styles['idleWords']}>
          {ready ? (
            <Trans>Ready. The next call shows its story here while it rings.</Trans>
          ) : (
            <Trans>No calls can come in until the telephone is connected.</Trans>
          )}
        </p>
      )}
    </>
  );
}
