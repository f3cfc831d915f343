import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useVirtualizer } from '@tanstack/react-virtual';
import { Plus, UsersRound } from 'lucide-react';
import { useDeferredValue, useEffect, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import type { CustomerHit } from '../../../preload/contract/customers.ts';
import { Button } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Notice } from '../../components/notice.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useCustomerList } from '../../core-client/queries.ts';
import { coreProblemInWords } from '../../language/words/problems.ts';
import { useDeskStore } from '../desk/desk-store.ts';
import { BookPages } from './book-pages.tsx';
import { CustomerDialog } from './customer-dialog.tsx';
import { CustomerRow } from './customer-row.tsx';
import styles from './customers-screen.module.css';
import { ExchangeButtons } from './exchange-buttons.tsx';

/** Stands for a customer who has no id yet. */
const NEW = 'new';
const ROW_HEIGHT = 53;
/** Rows before the end at which the next page is asked for. */
const AHEAD = 30;

export default function CustomersScreen() {
  const { t, i18n } = useLingui();
  const [query, setQuery] = useState('');
  const [edited, setEdited] = useState<string | null>(null);
  const [, goTo] = useLocation();
  const showCustomer = useDeskStore((state) => state.showCustomer);
  const list = useCustomerList(useDeferredValue(query));
  const rows = list.data?.pages.flatMap((page) => page.rows) ?? [];
  const total = list.data?.pages[0]?.total;

  const open = (customerId: string) => {
    showCustomer(customerId);
    goTo('/');
  };

  return (
    <div className={styles['screen']}>
      <header className={styles['head']}>
        <h1 className={styles['title']}>
          <Trans>Customers</Trans>
        </h1>
        <p className={styles['total']} role="status">
          {total === undefined ? null : (
            <Plural value={total} one="# customer" other="# customers" />
          )}
        </p>
        <BookPages />
        <ExchangeButtons />
        <Button variant="primary" icon={<Plus aria-hidden="true" />} onPress={() => setEdited(NEW)}>
          <Trans>New customer</Trans>
        </Button>
      </header>
      <div className={styles['search']}>
        <TextField
          label={t`Search customers`}
          hideLabel
          type="search"
          placeholder={t`Name, company, place, number or e-mail`}
          value={query}
          onChange={setQuery}
          spellCheck={false}
          autoComplete="off"
        />
      </div>
      {list.error ? (
        <Notice
          tone="problem"
          action={
            <Button size="small" onPress={() => void list.refetch()}>
              <Trans>Try again</Trans>
            </Button>
          }
        >
          {coreProblemInWords(i18n, list.error.problem)}
        </Notice>
      ) : null}
      {list.isPending ? <Skeleton lines={8} label={t`The customers are being read`} /> : null}
      {list.data && rows.length === 0 ? (
        <EmptyState
          picture={<UsersRound aria-hidden="true" />}
          action={
            <Button onPress={() => setEdited(NEW)}>
              <Trans>Enter a customer</Trans>
            </Button>
          }
        >
          {query.trim() === '' ? (
            <Trans>
              Nobody is in the book yet. Enter a customer, or put in the sample book from the
              settings.
            </Trans>
          ) : (
            <Trans>Nobody fits “{query.trim()}”. Try part of the name or of the number.</Trans>
          )}
        </EmptyState>
      ) : null}
      {rows.length > 0 ? (
        <Rows
          rows={rows}
          total={total ?? rows.length}
          onOpen={open}
          onEdit={setEdited}
          onNearEnd={() => {
            if (list.hasNextPage && !list.isFetchingNextPage) void list.fetchNextPage();
          }}
        />
      ) : null}
      {edited === null ? null : (
        <CustomerDialog
          customerId={edited === NEW ? null : edited}
          initialName={edited === NEW ? query.trim() : ''}
          onClose={() => setEdited(null)}
          onSaved={(customerId) => {
            setEdited(null);
            if (edited === NEW) open(customerId);
          }}
        />
      )}
    </div>
  );
}

interface RowsProps {
  rows: readonly CustomerHit[];
  total: number;
  onOpen: (customerId: string) => void;
  onEdit: (customerId: string) => void;
  onNearEnd: () => void;
}

/** Only the rows in view exist, however large the book is. */
function Rows({ rows, total, onOpen, onEdit, onNearEnd }: RowsProps) {
  const { t } = useLingui();
  const scroller = useRef<HTMLDivElement>(null);
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
  return (
    <div ref={scroller} className={styles['scroller']}>
      <ul
        className={styles['rows']}
        style={{ height: virtual.getTotalSize() }}
        aria-label={t`Customers`}
      >
        {items.map((item) => {
          const row = rows[item.index];
          return row === undefined ? null : (
            <li
              key={item.key}
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
