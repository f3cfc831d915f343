// Passing the customer on: to whom, asking there first or not, and how far it has come.
import { Trans, useLingui } from '@lingui/react/macro';
import { PhoneForwarded, UserRoundSearch } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../../components/button.tsx';
import { Notice } from '../../../components/notice.tsx';
import { TextField } from '../../../components/text-field.tsx';
import { useCustomerSearch } from '../../../core-client/customer-queries.ts';
import { useCallContext, useDesk, usePhoneSnapshot } from '../../../desk-state/desk-context.ts';
import {
  lineStateInWords,
  transferFailureInWords,
  transferInWords,
} from '../../../language/words/lines.ts';
import type { CallSnapshot } from '../../../phone/phone.ts';
import { useKeys, useShortcut } from '../../../shortcuts/shortcuts.tsx';
import { callerName } from '../caller-name.ts';
import { isDialable } from '../dial-target.ts';
import { usePhoneCommand } from '../use-calls.ts';
import styles from './transfer.module.css';

/** Suggestions below the field. */
const SHOWN = 6;

interface Suggestion {
  id: string;
  name: string;
  target: string;
  detail: string;
}

function useSuggestions(text: string): Suggestion[] {
  const { i18n } = useLingui();
  const { lineStates } = usePhoneSnapshot();
  const query = text.trim();
  const known = useCustomerSearch(isDialable(query) ? '' : query);
  const wanted = query.toLowerCase();
  const colleagues = lineStates
    .filter(({ name, uri }) => name.toLowerCase().includes(wanted) || uri.includes(wanted))
    .map(({ uri, name, state }) => ({
      id: uri,
      name,
      target: uri,
      detail: lineStateInWords(i18n, state),
    }));
  const customers = (query === '' ? [] : (known.data ?? []))
    .filter(({ number }) => number !== null)
    .map(({ id, name, number }) => ({ id, name, target: number ?? '', detail: number ?? '' }));
  return [...colleagues, ...customers].slice(0, SHOWN);
}

/** Whether something was entered that the telephone could try: a number, an address or a user's name. */
function isTarget(text: string): boolean {
  const target = text.trim();
  return target !== '' && (isDialable(target) || !/\s/u.test(target));
}

/** Where to transfer a call; Escape closes it, never the call. */
export function TransferTarget({ call, onClose }: { call: CallSnapshot; onClose: () => void }) {
  const { t } = useLingui();
  const keysOf = useKeys();
  const run = usePhoneCommand();
  const [text, setText] = useState('');
  const suggestions = useSuggestions(text);
  const ready = isTarget(text);
  const target = text.trim();
  const transfer = () => {
    if (!ready) return;
    run((phone) => phone.transfer(call.callId, target));
    onClose();
  };
  const consult = () => {
    if (!ready) return;
    run((phone) => phone.consult(call.callId, target));
    onClose();
  };
  useShortcut('consult', ready ? consult : null);
  return (
    <div
      className={styles['target']}
      role="group"
      aria-label={t({ message: 'Transfer the call', comment: 'Group: where to transfer' })}
    >
      <TextField
        label={t`Transfer to`}
        value={text}
        onChange={setText}
        maxLength={200}
        autoComplete="off"
        spellCheck={false}
        autoFocus
        placeholder={t({
          message: 'Number or name',
          comment: 'The field for calling and searching',
        })}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onClose();
          else if (event.key === 'Enter' && !event.nativeEvent.isComposing) transfer();
        }}
      />
      {suggestions.length === 0 ? null : (
        <ul className={styles['suggestions']} aria-label={t`Possible targets`}>
          {suggestions.map(({ id, name, target: number, detail }) => (
            <li key={id}>
              <button
                type="button"
                className={styles['suggestion']}
                aria-pressed={target === number}
                onClick={() => setText(number)}
              >
                <span className={styles['name']}>{name}</span>
                <span className={styles['detail']}>{detail}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <div className={styles['buttons']}>
        <Button
          variant="primary"
          isDisabled={!ready}
          keys="Enter"
          hint={t`Passes the customer on at once; when that fails, you have the customer back`}
          icon={<PhoneForwarded aria-hidden="true" />}
          onPress={transfer}
        >
          {t({ message: 'Transfer', comment: 'Button: weiterverbinden' })}
        </Button>
        <Button
          isDisabled={!ready}
          keys={keysOf('consult')}
          hint={t`Holds the customer and asks the target first`}
          icon={<UserRoundSearch aria-hidden="true" />}
          onPress={consult}
        >
          {t({ message: 'Consult', comment: 'Button: Rückfrage before a transfer' })}
        </Button>
        <Button variant="quiet" onPress={onClose}>
          <Trans>Not now</Trans>
        </Button>
      </div>
    </div>
  );
}

/** The call that is being transferred while this one is shown: itself, or whom it consults about. */
export function useTransferred(call: CallSnapshot): CallSnapshot {
  const { calls } = usePhoneSnapshot();
  if (call.consultationFor === null) return call;
  return calls.find(({ callId }) => callId === call.consultationFor) ?? call;
}

/** How far a transfer has come, and what can be done about it. */
export function TransferState({ call }: { call: CallSnapshot }) {
  const { t, i18n } = useLingui();
  const keysOf = useKeys();
  const run = usePhoneCommand();
  const { phone } = useDesk();
  const { calls, lineStates } = usePhoneSnapshot();
  const customer = useTransferred(call);
  const context = useCallContext(customer.callId);
  const { callId } = customer;
  const colleague = lineStates.find(({ uri }) => uri === customer.transfer.target);
  const transfer = { ...customer.transfer, target: colleague?.name ?? customer.transfer.target };
  const consultation = calls.find(
    (known) => known.consultationFor === callId && known.phase !== 'terminated',
  );
  const consulting = transfer.state === 'consulting';
  const answered = consultation?.phase === 'confirmed';
  const progress = transferInWords(i18n, transfer);
  const under = progress !== null && transfer.state !== 'done';
  const complete = () => run((telephone) => telephone.completeTransfer(callId));
  const cancel = () => phone.cancelTransfer(callId);
  // The customer may be passed on while it still rings there; the target then answers the customer.
  const mayComplete =
    answered || consultation?.phase === 'ringing' || consultation?.phase === 'early';
  useShortcut('completeTransfer', consulting && mayComplete ? complete : null);
  useShortcut('transfer', consulting || under ? cancel : null);
  const name = callerName(i18n, customer, context);
  if (transfer.state === 'failed') {
    return (
      <Notice tone="caution" announce>
        {transferFailureInWords(i18n, transfer)}{' '}
        {customer.localHold ? (
          <Trans>{name} is still on hold; press Resume.</Trans>
        ) : (
          <Trans>You have {name} back.</Trans>
        )}
      </Notice>
    );
  }
  if (!consulting && progress === null) return null;
  const target = transfer.target ?? '';
  return (
    <div
      className={styles['state']}
      role="group"
      aria-label={t({ message: 'Transfer under way', comment: 'Group: state of a transfer' })}
    >
      <p role="status">
        {consulting ? (
          answered ? (
            <Trans>
              You consult {target} about {name}.
            </Trans>
          ) : (
            <Trans>
              Calling {target} about {name}, who is on hold.
            </Trans>
          )
        ) : (
          progress
        )}
      </p>
      <div className={styles['buttons']}>
        {consulting ? (
          <Button
            variant="primary"
            isDisabled={!mayComplete}
            keys={keysOf('completeTransfer')}
            hint={t`Connects both and leaves`}
            icon={<PhoneForwarded aria-hidden="true" />}
            onPress={complete}
          >
            {t({ message: 'Complete transfer', comment: 'Button: jetzt verbinden' })}
          </Button>
        ) : null}
        {transfer.state === 'done' ? null : (
          <Button keys={keysOf('transfer')} hint={t`Takes the customer back`} onPress={cancel}>
            {t({ message: 'Cancel transfer', comment: 'Button: takes the customer back' })}
          </Button>
        )}
      </div>
    </div>
  );
}

/** Asked before anything happens: the other side wants us to call somebody else. */
export function ReferQuestion({ call }: { call: CallSnapshot }) {
  const { phone } = useDesk();
  if (call.referRequest === null) return null;
  const { target } = call.referRequest;
  return (
    <Notice
      tone="caution"
      announce
      action={
        <>
          <Button
            size="small"
            variant="primary"
            onPress={() => phone.answerRefer(call.callId, true)}
          >
            <Trans>Call there</Trans>
          </Button>
          <Button size="small" onPress={() => phone.answerRefer(call.callId, false)}>
            <Trans>Refuse</Trans>
          </Button>
        </>
      }
    >
      <Trans>The other side wants to pass you on to {target}.</Trans>
    </Notice>
  );
}
