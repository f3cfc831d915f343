import { useLingui } from '@lingui/react/macro';
import { useVirtualizer } from '@tanstack/react-virtual';
import {
  useEffect,
  useImperativeHandle,
  useRef,
  useState,
  type KeyboardEvent,
  type Ref,
} from 'react';
import type { FoundCustomer } from '../../../preload/contract/customer-search.ts';
import { CustomerRow } from './customer-row.tsx';
import styles from './customers-screen.module.css';

const ROW_HEIGHT = 53;
/** Rows before the end at which the next page is asked for. */
const AHEAD = 30;

/** Gives the keyboard to the list. */
export interface RowsHandle {
  focusFirst: () => void;
}

interface RowsProps {
  rows: readonly FoundCustomer[];
  total: number;
  onOpen: (customerId: string) => void;
  onEdit: (customerId: string) => void;
  onNearEnd: () => void;
  /** The arrow went up from the first row. */
  onUp: () => void;
  handle: Ref<RowsHandle>;
}

/** Only the rows in view exist, however large the book is. Arrows, Home, End and Page keys go through it. */
export function CustomerRows({ rows, total, onOpen, onEdit, onNearEnd, onUp, handle }: RowsProps) {
  const { t } = useLingui();
  const scroller = useRef<HTMLDivElement>(null);
  const [wanted, setWanted] = useState<number | null>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
    getItemKey: (index) => rows[index]?.id ?? index,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  const nearEnd = last >= rows.length - AHEAD;
  useEffect(() => {
    if (nearEnd) onNearEnd();
  }, [nearEnd, onNearEnd]);

  const goTo = (index: number) => {
    const row = Math.max(0, Math.min(rows.length - 1, index));
    virtual.scrollToIndex(row);
    setWanted(row);
  };
  useImperativeHandle(handle, () => ({ focusFirst: () => goTo(0) }));
  // A row far away exists only after the list was scrolled to it.
  useEffect(() => {
    if (wanted === null) return;
    const button = scroller.current?.querySelector<HTMLElement>(`[data-row="${wanted}"] button`);
    if (!button) return;
    button.focus({ preventScroll: true });
    setWanted(null);
  }, [wanted, items]);

  const keyDown = (event: KeyboardEvent<HTMLElement>) => {
    const { target } = event;
    const row = target instanceof Element ? target.closest('[data-row]') : null;
    if (row === null || event.ctrlKey || event.metaKey || event.altKey) return;
    const at = Number(row.getAttribute('data-row'));
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / ROW_HEIGHT) - 1);
    const places: Readonly<Record<string, number>> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + page,
      PageUp: at - page,
      Home: 0,
      End: rows.length - 1,
    };
    const place = places[event.key];
    if (place === undefined) return;
    event.preventDefault();
    if (place < 0 && event.key === 'ArrowUp') onUp();
    else goTo(place);
  };

  return (
    <div ref={scroller} className={styles['scroller']}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the keys of the buttons within */}
      <ul
        className={styles['rows']}
        style={{ height: virtual.getTotalSize() }}
        aria-label={t`Customers`}
        onKeyDown={keyDown}
      >
        {items.map((item) => {
          const row = rows[item.index];
          return row === undefined ? null : (
            <li
              key={item.key}
              data-row={item.index}
              className={styles['row']}
              style={{ height: item.size, transform: `translateY(${item.start}px)` }}
              aria-setsize={total}
              aria-posinset={item.index + 1}
            >
              <CustomerRow hit={row} onOpen={onOpen} onEdit={onEdit} />
            </li>
          );
        })}
      </ul>
    </div>
  );
}
