import { Trans, useLingui } from '@lingui/react/macro';
import {
  CalendarCheck,
  Handshake,
  Mail,
  MapPin,
  NotebookPen,
  Package,
  PackageCheck,
  Phone,
  PhoneForwarded,
  PhoneIncoming,
  PhoneMissed,
  PhoneOutgoing,
  TriangleAlert,
  Voicemail,
} from 'lucide-react';
import { createElement } from 'react';
import type { ContactEntry, TimelineEntry } from '../../../preload/contract/customers.ts';
import type { ContactKind, Origin } from '../../../preload/contract/vocabulary.ts';
import { useSettings } from '../../core-client/queries.ts';
import { useFormats } from '../../language/use-formats.ts';
import { causeInWords, directionInWords } from '../../language/words/calls.ts';
import {
  contactKindInWords,
  dealStateInWords,
  originInWords,
  outcomeInWords,
  promiseStateInWords,
} from '../../language/words/customers.ts';
import { emotionInWords, expectationInWords } from '../../language/words/feelings.ts';
import { workKindInWords, workStateInWords } from '../../language/words/work.ts';
import { ContactLegs } from './contact-legs.tsx';
import { ContactRecordings } from './contact-recordings.tsx';
import { Felt } from './felt.tsx';
import { DisputableFeelings } from './rights/disputable-feelings.tsx';
import { VoicemailSound } from './voicemail-sound.tsx';
import styles from './timeline.module.css';
import { meansWholeDay } from './wrap-up/due-date.ts';

const PICTURES: Record<ContactKind, typeof Phone> = {
  call: Phone,
  note: NotebookPen,
  order: Package,
  delivery: PackageCheck,
  complaint: TriangleAlert,
  email: Mail,
  visit: MapPin,
};

function pictureOf(entry: ContactEntry): typeof Phone {
  if (entry.kind !== 'call') return PICTURES[entry.kind];
  if (entry.direction === 'outbound') return PhoneOutgoing;
  return entry.call !== null && !entry.call.answered ? PhoneMissed : PhoneIncoming;
}

function useEntryWords() {
  const { t, i18n } = useLingui();
  const formats = useFormats();
  const { zone } = useSettings();
  return (entry: ContactEntry, of: Origin) => {
    const { call, outcome, direction, promise, deal } = entry;
    const kind =
      entry.kind === 'call' && call !== null && !call.answered && call.cause !== null
        ? causeInWords(i18n, call.cause)
        : contactKindInWords(i18n, entry.kind);
    return {
      title:
        entry.subject ??
        entry.matterTitle ??
        (outcome === null ? kind : outcomeInWords(i18n, outcome)),
      facts: [
        entry.subject === null && entry.matterTitle === null && outcome === null ? null : kind,
        direction === null ? null : directionInWords(i18n, direction),
        call !== null && call.cause === null
          ? t({ message: 'going on', comment: 'This call has not ended yet' })
          : call !== null && call.answered
            ? formats.duration(call.talkMs)
            : null,
        outcome === null || (entry.subject === null && entry.matterTitle === null)
          ? null
          : outcomeInWords(i18n, outcome),
        entry.expectation === null
          ? null
          : t`Expectation: ${expectationInWords(i18n, entry.expectation)}`,
        entry.amountCents === null ? null : formats.money(entry.amountCents),
        entry.externalId === null
          ? null
          : t({ message: `No. ${entry.externalId}`, comment: 'An order’s number' }),
        entry.agentName,
        entry.origin === of ? null : originInWords(i18n, entry.origin),
      ].filter((fact) => fact !== null && fact !== ''),
      promise:
        promise === null
          ? null
          : t({
              message: `Promised: ${promise.text} · ${meansWholeDay(promise.dueAt, zone) ? formats.day(promise.dueAt) : formats.moment(promise.dueAt)} · ${promiseStateInWords(i18n, promise.state)}`,
              comment: 'What was promised, by when, and whether it was kept',
            }),
      deal:
        deal === null
          ? null
          : [
              t({ message: 'Deal', context: 'fact' }),
              dealStateInWords(i18n, deal.state),
              deal.valueCents === null ? null : formats.money(deal.valueCents),
            ]
              .filter(Boolean)
              .join(' · '),
    };
  };
}

function Contact({ entry, of }: { entry: ContactEntry; of: Origin }) {
  const { t, i18n } = useLingui();
  const words = useEntryWords()(entry, of);
  const picture = createElement(pictureOf(entry), {
    'aria-hidden': true,
    className: styles['picture'] ?? '',
  });
  return (
    <>
      <When at={entry.at} />
      {picture}
      <div className={styles['words']}>
        <p className={styles['title']}>{words.title}</p>
        {entry.note === null || entry.note === '' ? null : (
          <p className={styles['note']}>{entry.note}</p>
        )}
        {entry.openQuestion === null ? null : (
          <p className={styles['fact']}>
            <Trans>Open question: {entry.openQuestion}</Trans>
          </p>
        )}
        {words.promise === null ? null : <p className={styles['fact']}>{words.promise}</p>}
        {words.deal === null ? null : <p className={styles['fact']}>{words.deal}</p>}
        <p className={styles['small']}>{words.facts.join(' · ')}</p>
        {entry.call === null ? null : <ContactLegs call={entry.call} />}
        {entry.call === null || entry.call.recordings === 0 ? null : (
          <ContactRecordings
            callIds={[entry.call.callId, ...entry.call.legs.map(({ callId }) => callId)]}
            count={entry.call.recordings}
          />
        )}
        {entry.call?.wrapUpOpen === true ? (
          <p className={styles['small']}>
            <Trans>The result is not saved yet.</Trans>
          </p>
        ) : null}
      </div>
      <div className={styles['feelings']}>
        {entry.end === null ? null : <Felt feeling={entry.end} />}
        {entry.peak === null ? null : (
          <span
            className={styles['peak']}
          >{t`Peak: ${emotionInWords(i18n, entry.peak.emotion)}`}</span>
        )}
        <DisputableFeelings entry={entry} />
      </div>
    </>
  );
}

function When({ at }: { at: number }) {
  const formats = useFormats();
  return (
    <time className={styles['time']} dateTime={new Date(at).toISOString()}>
      {formats.day(at)}
      <span className={styles['hour']}>{formats.time(at)}</span>
    </time>
  );
}

/** What belongs to no contact: a deal, a promise, a callback, a voicemail. */
function Loose({ entry, of }: { entry: Exclude<TimelineEntry, ContactEntry>; of: Origin }) {
  const { t, i18n } = useLingui();
  const formats = useFormats();
  const { zone } = useSettings();
  const due = (at: number) => (meansWholeDay(at, zone) ? formats.day(at) : formats.moment(at));
  const told = (() => {
    switch (entry.type) {
      case 'deal':
        return {
          picture: Handshake,
          title: entry.title ?? t({ message: 'Deal', context: 'fact' }),
          note: entry.lostReason,
          facts: [
            t({ message: 'Deal', context: 'fact' }),
            dealStateInWords(i18n, entry.state),
            entry.valueCents === null ? null : formats.money(entry.valueCents),
          ],
        };
      case 'promise':
        return {
          picture: CalendarCheck,
          title: entry.text,
          note: null,
          facts: [
            t({ message: 'Promise', comment: 'Kind of entry in the timeline' }),
            due(entry.dueAt),
            promiseStateInWords(i18n, entry.state),
          ],
        };
      case 'work':
        return {
          picture: entry.kind === 'voicemail' ? Voicemail : PhoneForwarded,
          title: workKindInWords(i18n, entry.kind),
          note: entry.note,
          facts: [
            workStateInWords(i18n, entry.state),
            entry.dueAt === null ? null : t`due ${due(entry.dueAt)}`,
            entry.result,
          ],
        };
    }
  })();
  const facts = [
    ...told.facts,
    entry.agentName,
    entry.origin === of ? null : originInWords(i18n, entry.origin),
  ].filter((fact) => fact !== null && fact !== '');
  return (
    <>
      <When at={entry.at} />
      {createElement(told.picture, { 'aria-hidden': true, className: styles['picture'] ?? '' })}
      <div className={styles['words']}>
        <p className={styles['title']}>{told.title}</p>
        {told.note === null || told.note === '' ? null : (
          <p className={styles['note']}>{told.note}</p>
        )}
        <p className={styles['small']}>{facts.join(' · ')}</p>
        {entry.type === 'work' && entry.audio !== null ? (
          <VoicemailSound workId={entry.workId} />
        ) : null}
      </div>
      <span />
    </>
  );
}

/** One entry; `of` is the origin of the customer's record: an entry says its own where it differs. */
export function EntryWords({ entry, of }: { entry: TimelineEntry; of: Origin }) {
  return entry.type === 'contact' ? (
    <Contact entry={entry} of={of} />
  ) : (
    <Loose entry={entry} of={of} />
  );
}
