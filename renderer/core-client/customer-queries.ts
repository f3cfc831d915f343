// The book as hooks: search as you type, pages, saved searches. A field has one search under way at a
// time and then asks for what stands there by then, so that core never works on what nobody awaits.
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { CoreOutput } from './core.ts';
import type { CoreError } from './core-error.ts';
import { useCore } from './queries.ts';

interface CustomerSearch {
  data: CoreOutput<'customers', 'search'> | undefined;
  /** The data answer an earlier text. */
  isPlaceholderData: boolean;
}

/** Search as you type; asks nothing for an empty text. */
export function useCustomerSearch(query: string): CustomerSearch {
  const core = useCore();
  const text = query.trim();
  const [asked, setAsked] = useState(text);
  const { data, isFetching, isPlaceholderData } = useQuery({
    queryKey: ['customers', 'search', asked],
    queryFn: () => core.customers.search({ query: asked }),
    enabled: asked !== '',
    placeholderData: keepPreviousData,
    gcTime: 30_000,
  });
  useNewest(asked, text, isFetching, setAsked);
  return { data, isPlaceholderData: isPlaceholderData || asked !== text };
}

/** The book, page by page, narrowed by `query`. */
export function useCustomerList(query: string) {
  const core = useCore();
  const text = query.trim();
  const [asked, setAsked] = useState(text);
  const list = useInfiniteQuery<CoreOutput<'customers', 'list'>, CoreError>({
    queryKey: ['customers', 'list', asked],
    queryFn: ({ pageParam }) =>
      core.customers.list({
        query: asked,
        limit: 100,
        ...(typeof pageParam === 'string' ? { cursor: pageParam } : {}),
      }),
    initialPageParam: null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
    gcTime: 30_000,
    // While the index is being made, more is found every moment.
    refetchInterval: ({ state }) => (state.data?.pages[0]?.indexing ? 2_000 : false),
  });
  useNewest(asked, text, list.isFetching, setAsked);
  return list;
}

function useNewest(asked: string, text: string, busy: boolean, ask: (text: string) => void): void {
  useEffect(() => {
    if (!busy && asked !== text) ask(text);
  }, [asked, text, busy, ask]);
}

export function useCustomerLists() {
  const core = useCore();
  return useQuery({ queryKey: ['customers', 'lists'], queryFn: () => core.customerLists.all() });
}

/** How many customers a saved search finds now. */
export function useListCount(listId: string): number | undefined {
  const core = useCore();
  const { data } = useQuery({
    queryKey: ['customers', 'lists', listId, 'count'],
    queryFn: () => core.customerLists.count({ listId }),
    placeholderData: keepPreviousData,
  });
  return data?.count;
}
