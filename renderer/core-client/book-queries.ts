// What the screens of the clean book ask core for.
import {
  keepPreviousData,
  useInfiniteQuery,
  useQuery,
  type UseQueryResult,
} from '@tanstack/react-query';
import type {
  CustomField,
  LikenessKind,
  LikenessQuestion,
} from '../../preload/contract/clean-book.ts';
import type { CoreOutput } from './core.ts';
import type { CoreError } from './core-error.ts';
import { useCore } from './queries.ts';

type Answer<T> = UseQueryResult<T, CoreError>;
type Param = string | null;
const at = (cursor: Param) => (cursor === null ? {} : { cursor });
const PAGE = 50;

/** Pairs that are probably one person, or one household, the surest first. */
export function useDuplicates(kind: LikenessKind) {
  const core = useCore();
  return useInfiniteQuery<
    CoreOutput<'duplicates', 'list'>,
    CoreError,
    { pages: CoreOutput<'duplicates', 'list'>[] },
    string[],
    Param
  >({
    queryKey: ['book', 'duplicates', 'list', kind],
    queryFn: ({ pageParam }) => core.duplicates.list({ kind, limit: PAGE, ...at(pageParam) }),
    initialPageParam: null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
}

export function useDuplicateScan(): Answer<CoreOutput<'duplicates', 'scanState'>> {
  const core = useCore();
  return useQuery({
    queryKey: ['book', 'duplicates', 'scan'],
    queryFn: () => core.duplicates.scanState(),
    placeholderData: keepPreviousData,
  });
}

export function useDismissedPairs() {
  const core = useCore();
  return useInfiniteQuery<
    CoreOutput<'duplicates', 'dismissed'>,
    CoreError,
    { pages: CoreOutput<'duplicates', 'dismissed'>[] },
    string[],
    Param
  >({
    queryKey: ['book', 'duplicates', 'dismissed'],
    queryFn: ({ pageParam }) => core.duplicates.dismissed({ limit: PAGE, ...at(pageParam) }),
    initialPageParam: null,
    getNextPageParam: (page) => page.next,
  });
}

/** Who in the book is like what is being entered; null asks nothing. */
export function useLikeness(
  question: LikenessQuestion | null,
): Answer<CoreOutput<'duplicates', 'check'>> {
  const core = useCore();
  return useQuery({
    queryKey: ['book', 'likeness', question],
    queryFn: () => core.duplicates.check(question ?? {}),
    enabled: question !== null,
    placeholderData: keepPreviousData,
    gcTime: 30_000,
  });
}

export function useComparison(
  oneId: string,
  otherId: string,
): Answer<CoreOutput<'merges', 'compare'>> {
  const core = useCore();
  return useQuery({
    queryKey: ['book', 'duplicates', 'compare', oneId, otherId],
    queryFn: () => core.merges.compare({ oneId, otherId }),
  });
}

export function useMerges() {
  const core = useCore();
  return useInfiniteQuery<
    CoreOutput<'merges', 'list'>,
    CoreError,
    { pages: CoreOutput<'merges', 'list'>[] },
    string[],
    Param
  >({
    queryKey: ['book', 'merges'],
    queryFn: ({ pageParam }) => core.merges.list({ limit: PAGE, ...at(pageParam) }),
    initialPageParam: null,
    getNextPageParam: (page) => page.next,
  });
}

/** Every custom field, removed ones last. */
export function useAllCustomFields(): Answer<CustomField[]> {
  const core = useCore();
  return useQuery({ queryKey: ['book', 'fields'], queryFn: () => core.fields.list() });
}

const NO_FIELDS: CustomField[] = [];

/** The fields that can be entered for a kind of record, in order. */
export function useCustomFields(appliesTo: CustomField['appliesTo']): CustomField[] {
  const { data = NO_FIELDS } = useAllCustomFields();
  return data.filter((field) => field.appliesTo === appliesTo && field.removedAt === null);
}

export function useKnownTags(text: string, limit: number): Answer<CoreOutput<'tags', 'list'>> {
  const core = useCore();
  return useQuery({
    queryKey: ['book', 'tags', text, limit],
    queryFn: () => core.tags.list({ text, limit }),
    placeholderData: keepPreviousData,
  });
}

/** The tag that is being changed for all customers, or was last. */
export function useTagWork(): Answer<CoreOutput<'tags', 'work'>> {
  const core = useCore();
  return useQuery({ queryKey: ['book', 'tagWork'], queryFn: () => core.tags.work() });
}

export function useOrganisations(query: string) {
  const core = useCore();
  return useInfiniteQuery<
    CoreOutput<'organisations', 'list'>,
    CoreError,
    { pages: CoreOutput<'organisations', 'list'>[] },
    string[],
    Param
  >({
    queryKey: ['book', 'organisations', query],
    queryFn: ({ pageParam }) => core.organisations.list({ query, limit: PAGE, ...at(pageParam) }),
    initialPageParam: null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
}

/** null asks nothing. */
export function useOrganisation(
  organisationId: string | null,
): Answer<CoreOutput<'organisations', 'get'>> {
  const core = useCore();
  return useQuery({
    queryKey: ['book', 'organisation', organisationId],
    queryFn: () => core.organisations.get({ organisationId: organisationId ?? '' }),
    enabled: organisationId !== null,
  });
}

export function useHousehold(customerId: string): Answer<CoreOutput<'households', 'of'>> {
  const core = useCore();
  return useQuery({
    queryKey: ['book', 'household', customerId],
    queryFn: () => core.households.of({ customerId }),
  });
}

/** The history of one field, newest first. */
export function useFieldHistory(customerId: string, field: string) {
  const core = useCore();
  return useInfiniteQuery<
    CoreOutput<'record', 'changes'>,
    CoreError,
    { pages: CoreOutput<'record', 'changes'>[] },
    string[],
    Param
  >({
    queryKey: ['customer', customerId, 'history', field],
    queryFn: ({ pageParam }) =>
      core.record.changes({ customerId, field, limit: 30, ...at(pageParam) }),
    initialPageParam: null,
    getNextPageParam: (page) => page.next,
  });
}
