import { useLingui } from '@lingui/react/macro';
import type { CallLeg, ContactEntry } from '../../../preload/contract/customers.ts';
import { useFormats } from '../../language/use-formats.ts';
import { causeInWords, remoteInWords } from '../../language/words/calls.ts';
import { storedTransferInWords } from '../../language/words/lines.ts';
import styles from './timeline.module.css';

/** Where a contact was passed on, and the calls that belong to it beside the first. */
export function ContactLegs({ call }: { call: NonNullable<ContactEntry['call']> }) {
  const { t, i18n } = useLingui();
  const formats = useFormats();
  const { transfer, legs } = call;
  const legInWords = (leg: CallLeg) => {
    const who = remoteInWords(i18n, leg.remote);
    return [
      leg.kind === 'consultation' ? t`Consulted: ${who}` : t`Went on with ${who}`,
      leg.answered
        ? formats.duration(leg.talkMs)
        : leg.cause === null
          ? null
          : causeInWords(i18n, leg.cause),
    ]
      .filter(Boolean)
      .join(' · ');
  };
  if (transfer === null && legs.length === 0) return null;
  return (
    <>
      {transfer === null ? null : (
        <p className={styles['fact']}>{storedTransferInWords(i18n, transfer)}</p>
      )}
      {legs.length === 0 ? null : (
        <ul aria-label={t`Further calls of this contact`}>
          {legs.map((leg) => (
            <li key={leg.callId} className={styles['small']}>
              {legInWords(leg)}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
