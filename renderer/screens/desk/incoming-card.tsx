import { Trans, useLingui } from '@lingui/react/macro';
import { Phone, PhoneOff } from 'lucide-react';
import type { CallerContext, CustomerStory } from '../../../preload/contract/customers.ts';
import { Button } from '../../components/button.tsx';
import { classNames } from '../../components/class-names.ts';
import { Panel } from '../../components/panel.tsx';
import { useSettings } from '../../core-client/queries.ts';
import { useDesk } from '../../desk-state/desk-context.ts';
import { shownNumber } from '../../language/phone-number.ts';
import { useFormats } from '../../language/use-formats.ts';
import { wayInWords } from '../../language/words/calls.ts';
import {
  outcomeInWords,
  contactKindInWords,
  matchReasonInWords,
  startingFactInWords,
} from '../../language/words/customers.ts';
import type { CallSnapshot } from '../../phone/phone.ts';
import { useKeys, useShortcut } from '../../shortcuts/shortcuts.tsx';
import { callerName } from './caller-name.ts';
import styles from './call-card.module.css';
import { Felt } from './felt.tsx';
import { PracticeMark } from './practice-mark.tsx';
import { useAnswer } from './use-calls.ts';
import { OutsideLinks } from './outside-links.tsx';
import { useNow } from './use-now.ts';
import { WhoIsIt } from './who-is-it.tsx';
import { meansWholeDay } from './wrap-up/due-date.ts';

/** What fits beside a ringing telephone. */
const SHOWN_CONTACTS = 3;
const SHOWN_PROMISES = 2;

function StartWith({ story }: { story: CustomerStory }) {
  const { i18n } = useLingui();
  const formats = useFormats();
  if (story.startWith === null) return null;
  const fact = startingFactInWords(i18n, formats, story.startWith);
  return (
    <p className={styles['start']}>
      <span className={styles['startKind']}>
        <Trans>Start with · {fact.kind}</Trans>
      </span>
      <span className={styles['startText']}>{fact.text}</span>
      {fact.detail === null ? null : <span className={styles['startDetail']}>{fact.detail}</span>}
    </p>
  );
}

function LastContacts({ story, callId }: { story: CustomerStory; callId: string }) {
  const { t, i18n } = useLingui();
  const formats = useFormats();
  const contacts = story.contacts
    .filter((contact) => contact.call?.callId !== callId)
    .slice(0, SHOWN_CONTACTS);
  if (contacts.length === 0) return null;
  return (
    <ul className={styles['contacts']} aria-label={t`Last contacts`}>
      {contacts.map((contact) => (
        <li key={contact.id} className={styles['contact']}>
          <span className={styles['contactTime']}>{formats.relative(contact.at)}</span>
          <span className={styles['contactWords']}>
            {contact.subject ??
              contact.matterTitle ??
              (contact.outcome === null
                ? contactKindInWords(i18n, contact.kind)
                : outcomeInWords(i18n, contact.outcome))}
          </span>
          {contact.end === null ? null : <Felt feeling={contact.end} />}
        </li>
      ))}
    </ul>
  );
}

function OpenPromises({ story, now }: { story: CustomerStory; now: number }) {
  const { t } = useLingui();
  const formats = useFormats();
  const { zone } = useSettings();
  const promises = story.promises
    .filter((promise) => promise.state === 'open')
    .slice(0, SHOWN_PROMISES);
  if (promises.length === 0) return null;
  return (
    <ul className={styles['promises']} aria-label={t`Open promises`}>
      {promises.map((promise) => {
        const due = meansWholeDay(promise.dueAt, zone)
          ? formats.day(promise.dueAt)
          : formats.moment(promise.dueAt);
        const over = promise.dueAt < now;
        return (
          <li key={promise.id}>
            <Trans>Promised: {promise.text}</Trans>{' '}
            <span className={classNames(styles['due'], over && styles['over'])}>
              {over ? t`overdue since ${due}` : t`due ${due}`}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

/** "Germany" for DE, in the language that is spoken. */
function regionName(language: string, country: string): string {
  return (
    new Intl.DisplayNames(language, { type: 'region', fallback: 'code' }).of(country) ?? country
  );
}

/** Who rings, why we think so, and what to know before answering. */
export function IncomingCard({
  call,
  context,
}: {
  call: CallSnapshot;
  context: CallerContext | null;
}) {
  const { t, i18n } = useLingui();
  const formats = useFormats();
  const keysOf = useKeys();
  const { phone } = useDesk();
  const answerCall = useAnswer();
  const now = useNow(1_000);
  const answer = () => answerCall(call.callId);
  const decline = () => phone.decline(call.callId);
  useShortcut('answer', answer);
  useShortcut('answerAnywhere', answer);
  useShortcut('decline', decline);
  const name = callerName(i18n, call, context);
  const reason =
    context?.match.kind === 'known'
      ? matchReasonInWords(i18n, formats, context.match.reason, context.match.confirmedAt)
      : null;
  const number =
    call.remote.anonymous || call.remote.number === null
      ? null
      : shownNumber(context?.e164 ?? call.remote.number);
  const story = context?.story ?? null;
  return (
    <Panel
      name={t({ message: 'Incoming call', comment: 'Region: a call that rings' })}
      hideName
      surface="loud"
      className={styles['arriving']}
    >
      <div className={styles['card']} data-own-enter>
        <div className={styles['headline']}>
          <h2 className={styles['name']}>
            <Trans>{name} is calling</Trans>
          </h2>
          <PracticeMark origin={call.origin} />
        </div>
        <p className={styles['soft']}>
          {[
            number === name ? null : number,
            context?.country == null || story !== null
              ? null
              : regionName(i18n.locale, context.country),
            reason,
            ...wayInWords(i18n, call),
            formats.clock(Math.max(0, now - call.startedAt)),
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
        {context === null ? (
          <p className={styles['soft']}>
            <Trans>Looking into the book …</Trans>
          </p>
        ) : (
          <WhoIsIt callId={call.callId} context={context} display={call.remote.display} ringing />
        )}
        <OutsideLinks
          customer={story?.customer ?? null}
          number={call.remote.anonymous ? null : call.remote.number}
          e164={context?.e164 ?? null}
        />
        {story === null ? null : (
          <>
            <StartWith story={story} />
            <OpenPromises story={story} now={now} />
            <LastContacts story={story} callId={call.callId} />
          </>
        )}
        <div className={styles['answers']}>
          <Button
            variant="primary"
            size="large"
            wide
            icon={<Phone aria-hidden="true" />}
            keys={keysOf('answer')}
            hint={t`Anywhere: ${keysOf('answerAnywhere')}`}
            showKeys
            onPress={answer}
          >
            {t({ message: 'Answer', comment: 'Button: take the call' })}
          </Button>
          <Button
            size="large"
            icon={<PhoneOff aria-hidden="true" />}
            keys={keysOf('decline')}
            onPress={decline}
          >
            {t({ message: 'Decline', comment: 'Button: refuse the call' })}
          </Button>
        </div>
      </div>
    </Panel>
  );
}
