import { Trans, useLingui } from '@lingui/react/macro';
import {
  Mail,
  MapPin,
  NotebookPen,
  Package,
  PackageCheck,
  Phone,
  PhoneIncoming,
  PhoneMissed,
  PhoneOutgoing,
  TriangleAlert,
} from 'lucide-react';
import { createElement, useState, type ReactNode } from 'react';
import type {
  Customer,
  CustomerStory,
  TimelineEntry,
} from '../../../preload/contract/customers.ts';
import type { ContactKind, Origin } from '../../../preload/contract/vocabulary.ts';
import { Button } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Notice } from '../../components/notice.tsx';
import { coreProblemOf } from '../../core-client/core-error.ts';
import { useSettings, useTimeline } from '../../core-client/queries.ts';
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
import { coreProblemInWords } from '../../language/words/problems.ts';
import { ContactLegs } from './contact-legs.tsx';
import { ContactRecordings } from './contact-recordings.tsx';
import { Felt } from './felt.tsx';
import { DisputableFeelings } from './rights/disputable-feelings.tsx';
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

function pictureOf(entry: TimelineEntry): typeof Phone {
  if (entry.kind !== 'call') return PICTURES[entry.kind];
  if (entry.direction === 'outbound') return PhoneOutgoing;
  return entry.call !== null && !entry.call.answered ? PhoneMissed : PhoneIncoming;
}

function useEntryWords() {
  const { t, i18n } = useLingui();
  const formats = useFormats();
  const { zone } = useSettings();
  return (entry: TimelineEntry, of: Origin) => {
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

function Entry({ entry, of }: { entry: TimelineEntry; of: Origin }) {
  const { t, i18n } = useLingui();
  const formats = useFormats();
  const words = useEntryWords()(entry, of);
  const picture = createElement(pictureOf(entry), {
    'aria-hidden': true,
    className: styles['picture'] ?? '',
  });
  return (
    <li className={styles['entry']} id={`contact-${entry.id}`} tabIndex={-1}>
      <time className={styles['time']} dateTime={new Date(entry.at).toISOString()}>
        {formats.day(entry.at)}
        <span className={styles['hour']}>{formats.time(entry.at)}</span>
      </time>
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
    </li>
  );
}

interface EntriesProps {
  entries: readonly TimelineEntry[];
  /** Origin of the customer's record: an entry says its own only where it differs. */
  of: Origin;
  children?: ReactNode;
}

function Entries({ entries, of, children }: EntriesProps) {
  return (
    <>
      <ol className={styles['entries']}>
        {entries.map((entry) => (
          <Entry key={entry.id} entry={entry} of={of} />
        ))}
      </ol>
      {children}
    </>
  );
}

/** The whole timeline, page by page, once the agent asks for more than the story holds. */
function AllEntries({ customer, first }: { customer: Customer; first: readonly TimelineEntry[] }) {
  const { i18n } = useLingui();
  const pages = useTimeline(customer.id);
  const entries = pages.data?.pages.flatMap((page) => page.entries);
  return (
    <Entries entries={entries ?? first} of={customer.origin}>
      {pages.error === null ? null : (
        <Notice
          tone="caution"
          action={
            <Button size="small" onPress={() => void pages.refetch()}>
              <Trans>Try again</Trans>
            </Button>
          }
        >
          {coreProblemInWords(i18n, coreProblemOf(pages.error))}
        </Notice>
      )}
      {pages.hasNextPage || pages.isPending ? (
        <div className={styles['more']}>
          <Button
            size="small"
            isPending={pages.isFetchingNextPage || pages.isPending}
            onPress={() => void pages.fetchNextPage()}
          >
            <Trans>Load more</Trans>
          </Button>
        </div>
      ) : null}
    </Entries>
  );
}

/** What happened with this customer, newest first. Give it the customer's id as key. */
export function Timeline({ story }: { story: CustomerStory }) {
  const { t } = useLingui();
  const [all, setAll] = useState(false);
  const { contacts, contactCount, customer } = story;
  return (
    <section aria-label={t`Timeline`} className={styles['timeline']}>
      {contacts.length === 0 ? (
        <EmptyState>
          <Trans>No contact yet. The first one appears here as soon as it has ended.</Trans>
        </EmptyState>
      ) : all ? (
        <AllEntries customer={customer} first={contacts} />
      ) : (
        <Entries entries={contacts} of={customer.origin}>
          {contactCount > contacts.length ? (
            <div className={styles['more']}>
              <Button size="small" onPress={() => setAll(true)}>
                <Trans>Load more</Trans>
              </Button>
            </div>
          ) : null}
        </Entries>
      )}
    </section>
  );
}
