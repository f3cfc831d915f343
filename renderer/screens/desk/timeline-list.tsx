// A timeline of any length: only what is in view exists, and is read from core when it comes into view.
import { Trans, useLingui } from '@lingui/react/macro';
import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import {
  type RefObject,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import type {
  ContactEntry,
  Customer,
  TimelineChoice,
  TimelineEntry,
} from '../../../preload/contract/customers.ts';
import { Button } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Notice } from '../../components/notice.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { coreProblemOf } from '../../core-client/core-error.ts';
import { useCore } from '../../core-client/queries.ts';
import { coreProblemInWords } from '../../language/words/problems.ts';
import { EntryWords } from './timeline-entry.tsx';
import styles from './timeline.module.css';

const PAGE = 50;
/** Shorter timelines are plain lists. */
const LONG = 2 * PAGE;
const USUAL_HEIGHT = 78;
/** Height of the tabs that stay at the top of the pane. */
const STICKY = 48;

export interface TimelineListHandle {
  /** Shows the entry with that index and gives it the keyboard. */
  goTo(index: number): void;
}

interface TimelineListProps {
  customer: Customer;
  choice: Pick<TimelineChoice, 'only' | 'matterId'>;
  /** What the story holds already: shown until core has answered. */
  first: readonly ContactEntry[];
  handle?: RefObject<TimelineListHandle | null>;
}

function useWindow(customerId: string, choice: TimelineListProps['choice']) {
  const core = useCore();
  return (page: number) => ({
    queryKey: ['customer', customerId, 'timeline', choice.only, choice.matterId, page],
    queryFn: () =>
      core.customers.timelineWindow({
        customerId,
        only: choice.only,
        ...(choice.matterId === undefined ? {} : { matterId: choice.matterId }),
        offset: page * PAGE,
        limit: PAGE,
      }),
  });
}

/** What happened with this customer, newest first. */
export function TimelineList({ customer, choice, first, handle }: TimelineListProps) {
  const { t, i18n } = useLingui();
  const windowOf = useWindow(customer.id, choice);
  const start = useQuery({ ...windowOf(0), placeholderData: keepPreviousData });
  const narrowed = choice.only.length > 0 || choice.matterId !== undefined;
  if (start.error !== null) {
    return (
      <Notice
        tone="caution"
        action={
          <Button size="small" onPress={() => void start.refetch()}>
            <Trans>Try again</Trans>
          </Button>
        }
      >
        {coreProblemInWords(i18n, coreProblemOf(start.error))}
      </Notice>
    );
  }
  const entries: readonly TimelineEntry[] | undefined =
    start.data?.entries ?? (narrowed ? undefined : first);
  if (entries === undefined) return <Skeleton lines={4} label={t`The timeline is on its way`} />;
  if (entries.length === 0) {
    return (
      <EmptyState>
        {narrowed ? (
          <Trans>Nothing of this kind yet. Take a filter away to see the rest.</Trans>
        ) : (
          <Trans>No contact yet. The first one appears here as soon as it has ended.</Trans>
        )}
      </EmptyState>
    );
  }
  const total = start.data?.total ?? entries.length;
  const props = { customer, total, ...(handle ? { handle } : {}) };
  return total <= LONG ? (
    <Short {...props} entries={entries} windowOf={windowOf} />
  ) : (
    <Long {...props} windowOf={windowOf} />
  );
}

interface PartProps {
  customer: Customer;
  total: number;
  windowOf: ReturnType<typeof useWindow>;
  handle?: RefObject<TimelineListHandle | null>;
}

function Short(props: PartProps & { entries: readonly TimelineEntry[] }) {
  const { customer, total, windowOf, handle, entries } = props;
  const list = useRef<HTMLOListElement>(null);
  const rest = useQuery({ ...windowOf(1), enabled: total > PAGE });
  useImperativeHandle(handle, () => ({
    goTo: (index) => reach(list.current?.children.item(index)),
  }));
  const all = total > PAGE ? [...entries, ...(rest.data?.entries ?? [])] : entries;
  return (
    <ol className={styles['entries']} ref={list}>
      {all.map((entry) => (
        <li key={entry.id} className={styles['entry']} id={`contact-${entry.id}`} tabIndex={-1}>
          <EntryWords entry={entry} of={customer.origin} />
        </li>
      ))}
    </ol>
  );
}

function reach(element: Element | null | undefined): void {
  if (!(element instanceof HTMLElement)) return;
  element.scrollIntoView({ block: 'nearest' });
  element.focus({ preventScroll: true });
}

function Long({ customer, total, windowOf, handle }: PartProps) {
  const { t } = useLingui();
  const list = useRef<HTMLOListElement>(null);
  const [sought, setSought] = useState<number | null>(null);
  const [margin, setMargin] = useState(0);
  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => scrollerOf(list.current),
    estimateSize: () => USUAL_HEIGHT,
    overscan: 8,
    scrollMargin: margin,
    scrollPaddingStart: STICKY,
  });
  useLayoutEffect(() => {
    const scroller = scrollerOf(list.current);
    if (scroller === null || list.current === null) return;
    const above =
      list.current.getBoundingClientRect().top -
      scroller.getBoundingClientRect().top +
      scroller.scrollTop;
    setMargin(Math.round(above));
  }, [total]);
  useImperativeHandle(handle, () => ({
    goTo(index) {
      virtual.scrollToIndex(index, { align: 'start' });
      setSought(index);
    },
  }));
  const items = virtual.getVirtualItems();
  const pages = [...new Set(items.map(({ index }) => Math.floor(index / PAGE)))];
  const windows = useQueries({ queries: pages.map((page) => windowOf(page)) });
  const entryAt = (index: number): TimelineEntry | undefined =>
    windows[pages.indexOf(Math.floor(index / PAGE))]?.data?.entries[index % PAGE];
  // The keyboard goes along as soon as the entry is there.
  const found = sought === null ? undefined : entryAt(sought);
  useEffect(() => {
    if (found === undefined) return;
    document.getElementById(`contact-${found.id}`)?.focus({ preventScroll: true });
    setSought(null);
  }, [found]);
  return (
    <ol
      className={styles['long']}
      ref={list}
      aria-label={t`Entries`}
      style={{ height: virtual.getTotalSize() }}
    >
      {items.map((item) => {
        const entry = entryAt(item.index);
        return (
          <li
            key={item.key}
            ref={virtual.measureElement}
            data-index={item.index}
            className={styles['entry']}
            id={entry === undefined ? undefined : `contact-${entry.id}`}
            tabIndex={-1}
            aria-setsize={total}
            aria-posinset={item.index + 1}
            style={{ transform: `translateY(${item.start - margin}px)` }}
          >
            {entry === undefined ? (
              <span className={styles['awaited']} />
            ) : (
              <EntryWords entry={entry} of={customer.origin} />
            )}
          </li>
        );
      })}
    </ol>
  );
}

/** The element whose scrolling moves the list. */
function scrollerOf(element: HTMLElement | null): HTMLElement | null {
  for (let one = element?.parentElement ?? null; one !== null; one = one.parentElement) {
    if (/(auto|scroll)/.test(getComputedStyle(one).overflowY)) return one;
  }
  return null;
}
