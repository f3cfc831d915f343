import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { ChevronRight, ListFilter, Layers } from 'lucide-react';
import { useCallback, useEffect, useId, useRef, useState } from 'react';
import type { CustomerStory } from '../../../preload/contract/customers.ts';
import { TIMELINE_PARTS, type TimelinePart } from '../../../preload/contract/vocabulary.ts';
import { Button } from '../../components/button.tsx';
import { classNames } from '../../components/class-names.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { Notice } from '../../components/notice.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { coreProblemOf } from '../../core-client/core-error.ts';
import { useCore, useSettings } from '../../core-client/queries.ts';
import { useFormats } from '../../language/use-formats.ts';
import { coreProblemInWords } from '../../language/words/problems.ts';
import { timelinePartInWords } from '../../language/words/work.ts';
import { useDeskStore } from './desk-store.ts';
import { TimelineList, type TimelineListHandle } from './timeline-list.tsx';
import styles from './timeline.module.css';
import { endOfDay } from './wrap-up/due-date.ts';

interface ToolsProps {
  only: readonly TimelinePart[];
  onOnly: (only: TimelinePart[]) => void;
  byMatter: boolean;
  onByMatter: (byMatter: boolean) => void;
  onDate: (day: string) => void;
}

/** What is shown of the timeline: kinds, order, and a way to a date. */
function Tools({ only, onOnly, byMatter, onByMatter, onDate }: ToolsProps) {
  const { t, i18n } = useLingui();
  const [open, setOpen] = useState(only.length > 0);
  const parts = useId();
  const toggle = (part: TimelinePart) =>
    onOnly(only.includes(part) ? only.filter((one) => one !== part) : [...only, part]);
  return (
    <div className={styles['tools']}>
      <div className={styles['toolRow']}>
        <button
          type="button"
          className={classNames(styles['tool'], only.length > 0 && styles['on'])}
          aria-expanded={open}
          aria-controls={parts}
          onClick={() => setOpen(!open)}
        >
          <ListFilter aria-hidden="true" />
          {only.length === 0 ? t`Filter` : t`Filter · ${only.length}`}
        </button>
        <button
          type="button"
          className={classNames(styles['tool'], byMatter && styles['on'])}
          aria-pressed={byMatter}
          onClick={() => onByMatter(!byMatter)}
        >
          <Layers aria-hidden="true" />
          {t({
            message: 'By matter',
            comment: 'Button: groups the timeline by concern, nach Anliegen',
          })}
        </button>
        {byMatter ? null : (
          <label className={styles['date']}>
            {t({ message: 'Go to date', comment: 'Label of a date field' })}
            <input
              type="date"
              className={styles['dateField']}
              onChange={(event) => {
                if (event.target.value !== '') onDate(event.target.value);
              }}
            />
          </label>
        )}
      </div>
      <div
        id={parts}
        hidden={!open}
        className={styles['parts']}
        role="group"
        aria-label={t`Show only`}
      >
        {TIMELINE_PARTS.map((part) => (
          <button
            key={part}
            type="button"
            className={classNames(styles['part'], only.includes(part) && styles['on'])}
            aria-pressed={only.includes(part)}
            onClick={() => toggle(part)}
          >
            {timelinePartInWords(i18n, part)}
          </button>
        ))}
        {only.length === 0 ? null : (
          <Button size="small" variant="link" onPress={() => onOnly([])}>
            <Trans>Show everything</Trans>
          </Button>
        )}
      </div>
    </div>
  );
}

/** One matter, with its entries once it is opened. */
function Matter(props: {
  story: CustomerStory;
  matterId: string | null;
  title: string;
  detail: string;
  only: TimelinePart[];
}) {
  const { story, matterId, title, detail, only } = props;
  const [open, setOpen] = useState(false);
  const id = useId();
  return (
    <li className={styles['matter']}>
      <button
        type="button"
        className={styles['matterHead']}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        <ChevronRight aria-hidden="true" className={classNames(open && styles['turned'])} />
        <span className={styles['title']}>{title}</span>
        <span className={styles['small']}>{detail}</span>
      </button>
      <div id={id} hidden={!open} className={styles['matterBody']}>
        {open ? (
          <TimelineList customer={story.customer} choice={{ only, matterId }} first={[]} />
        ) : null}
      </div>
    </li>
  );
}

function ByMatter({ story, only }: { story: CustomerStory; only: TimelinePart[] }) {
  const { t, i18n } = useLingui();
  const formats = useFormats();
  const core = useCore();
  const customerId = story.customer.id;
  const { data, error } = useQuery({
    queryKey: ['customer', customerId, 'matters'],
    queryFn: () => core.customers.matters({ customerId }),
  });
  if (error !== null)
    return <Notice tone="caution">{coreProblemInWords(i18n, coreProblemOf(error))}</Notice>;
  if (data === undefined) return <Skeleton lines={4} label={t`The matters are on their way`} />;
  if (data.matters.length === 0 && data.loose === 0) {
    return (
      <EmptyState>
        <Trans>No contact yet. The first one appears here as soon as it has ended.</Trans>
      </EmptyState>
    );
  }
  const entries = (n: number) => t`${n} entries`;
  return (
    <ol className={styles['matters']} aria-label={t`Matters`}>
      {data.matters.map((matter) => (
        <Matter
          key={matter.id}
          {...{ story, only }}
          matterId={matter.id}
          title={matter.title}
          detail={[
            matter.closedAt === null
              ? t`open since ${formats.day(matter.openedAt)}`
              : t`closed ${formats.day(matter.closedAt)}`,
            entries(matter.entries),
          ].join(' · ')}
        />
      ))}
      {data.loose === 0 ? null : (
        <Matter
          {...{ story, only }}
          matterId={null}
          title={t({ message: 'Without a matter', comment: 'Group of entries in the timeline' })}
          detail={entries(data.loose)}
        />
      )}
    </ol>
  );
}

/** What happened with this customer, newest first. Give it the customer's id as key. */
export function Timeline({ story }: { story: CustomerStory }) {
  const { t } = useLingui();
  const core = useCore();
  const { zone } = useSettings();
  const [only, setOnly] = useState<TimelinePart[]>([]);
  const [byMatter, setByMatter] = useState(false);
  const list = useRef<TimelineListHandle>(null);
  const { customer } = story;
  const sought = useDeskStore((state) => state.soughtContactId);
  const seek = useDeskStore((state) => state.seekContact);
  const customerId = customer.id;
  const goTo = useCallback(
    (at: { until: number } | { contactId: string }, shown: TimelinePart[]) => {
      core.customers.timelinePlace({ customerId, only: shown, at }).then(
        ({ offset }) => list.current?.goTo(offset),
        // What is gone meanwhile cannot be shown.
        () => undefined,
      );
    },
    [core, customerId],
  );
  // Somebody wants a contact that may be hidden by filters or far away.
  useEffect(() => {
    if (sought === null) return undefined;
    setOnly([]);
    setByMatter(false);
    // The list is the whole one again a moment later.
    const timer = setTimeout(() => {
      seek(null);
      goTo({ contactId: sought }, []);
    });
    return () => clearTimeout(timer);
  }, [sought, seek, goTo]);
  return (
    <section aria-label={t`Timeline`} className={styles['timeline']}>
      <Tools
        {...{ only, byMatter }}
        onOnly={setOnly}
        onByMatter={setByMatter}
        onDate={(day) => goTo({ until: endOfDay(day, zone) }, only)}
      />
      {byMatter ? (
        <ByMatter story={story} only={only} />
      ) : (
        <TimelineList customer={customer} choice={{ only }} first={story.contacts} handle={list} />
      )}
    </section>
  );
}
