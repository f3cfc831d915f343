import { Trans, useLingui } from '@lingui/react/macro';
import { Plus, UsersRound } from 'lucide-react';
import { useDeferredValue, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { Button } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Notice } from '../../components/notice.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { useCustomerList } from '../../core-client/customer-queries.ts';
import { coreProblemInWords } from '../../language/words/problems.ts';
import { useDeskStore } from '../desk/desk-store.ts';
import { BookPages } from './book-pages.tsx';
import { CustomerDialog } from './customer-dialog.tsx';
import { CustomerRows, type RowsHandle } from './customer-rows.tsx';
import { CustomerSearch, CustomerTotal } from './customer-search.tsx';
import styles from './customers-screen.module.css';
import { ExchangeButtons } from './exchange-buttons.tsx';
import { SavedLists } from './saved-lists.tsx';

/** Stands for a customer who has no id yet. */
const NEW = 'new';

export default function CustomersScreen() {
  const { t, i18n } = useLingui();
  const [query, setQuery] = useState('');
  const [edited, setEdited] = useState<string | null>(null);
  const [, goTo] = useLocation();
  const showCustomer = useDeskStore((state) => state.showCustomer);
  const list = useCustomerList(useDeferredValue(query));
  const rows = list.data?.pages.flatMap((page) => page.rows) ?? [];
  const first = list.data?.pages[0];
  const total = first?.total;
  const search = useRef<HTMLDivElement>(null);
  const finds = useRef<RowsHandle>(null);

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
            <CustomerTotal total={total} narrowed={query.trim() !== ''} />
          )}
        </p>
        <BookPages />
        <ExchangeButtons />
        <Button variant="primary" icon={<Plus aria-hidden="true" />} onPress={() => setEdited(NEW)}>
          <Trans>New customer</Trans>
        </Button>
      </header>
      <div ref={search}>
        <CustomerSearch
          query={query}
          onChange={setQuery}
          hints={first?.hints ?? []}
          indexed={
            first?.indexing ? Math.floor((first.indexing.done / first.indexing.total) * 100) : null
          }
          onDown={() => finds.current?.focusFirst()}
        />
      </div>
      <SavedLists query={query} onOpen={setQuery} />
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
        <CustomerRows
          rows={rows}
          total={total ?? rows.length}
          onOpen={open}
          onEdit={setEdited}
          handle={finds}
          onUp={() => search.current?.querySelector('input')?.focus()}
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
