// What the screens ask core for, as hooks; core's events say when an answer is out of date.
import {
  keepPreviousData,
  QueryClient,
  useQuery,
  useQueryClient,
  type UseQueryResult,
} from '@tanstack/react-query';
import { createContext, useContext, useSyncExternalStore } from 'react';
import type { CoreEvent } from '../../preload/contract/contract.ts';
import type { Core, CoreOutput, Opening } from './core.ts';
import type { CoreClient, CoreState } from './core-client.ts';
import { type CoreError, coreProblemOf } from './core-error.ts';

type Answer<T> = UseQueryResult<T, CoreError>;

declare module '@tanstack/react-query' {
  interface Register {
    defaultError: CoreError;
  }
}

/** A query client for answers from this machine: no network to wait for, no clock to go stale by. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        networkMode: 'always',
        staleTime: Number.POSITIVE_INFINITY,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        retry: (failures, error) => failures < 3 && coreProblemOf(error).kind !== 'refused',
        retryDelay: 250,
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });
}

/** The first parts of the queries that an event makes out of date; null means every query. */
export function outdatedBy(event: CoreEvent | { type: 'linked' }): readonly string[][] | null {
  switch (event.type) {
    case 'linked':
      return null;
    case 'calls.changed':
      // An open wrap-up shows its call.
      return [['calls'], ['wrapUps'], ...aboutCustomer(event.customerId)];
    case 'customers.changed':
      return [
        ['customers'],
        ['book'],
        ...(event.customerId === null ? [['customer']] : aboutCustomer(event.customerId)),
      ];
    case 'wrapUps.changed':
      return [['wrapUps']];
    case 'waiting.changed':
      return [['waiting'], ['calls', 'missed']];
    case 'kpi.changed':
      return [['kpi']];
    case 'duplicates.changed':
      return [['book', 'duplicates']];
    case 'tags.changed':
      return [
        ['book', 'tags'],
        ['book', 'tagWork'],
      ];
    case 'customers.merged':
      return [['customer', event.from]];
    case 'settings.changed':
      return [['settings'], ['agents'], ['cues'], ['book', 'fields']];
    case 'data.changed':
      return [['data']];
    case 'account.changed':
      return [['account'], ['kpi']];
    case 'connections.changed':
      return [['connections']];
    case 'dial.asked':
      return [['dialRequests']];
    case 'sample.progress':
      return [['sample']];
    case 'imports.changed':
      return [['imports']];
  }
}

function aboutCustomer(customerId: string | null): string[][] {
  return customerId === null ? [] : [['customer', customerId]];
}

/** Events that a call's steps come with; alone they follow from what the agent did. */
const COMES_WITH_CALLS: ReadonlySet<string> = new Set<CoreEvent['type']>([
  'calls.changed',
  'kpi.changed',
  'waiting.changed',
  'wrapUps.changed',
]);
/** Behind the last step of a call, ms: from ringing to sound they are no further apart. */
const QUIET_MS = 60;
/** What one change of the agent's tells comes within this, ms. */
const TOGETHER_MS = 5;
/** Where the steps of several calls never pause, ms: no figure is older than that. */
const LONGEST_WAIT_MS = 250;

/**
 * Keeps the queries in step with core for as long as the page lives. What the steps of a call make out of
 * date is asked for once, behind them: the machine has a connection to set up meanwhile.
 */
export function keepQueriesFresh(client: CoreClient, queries: QueryClient): () => void {
  const outdated = new Map<string, readonly string[]>();
  let ofCall = false;
  let begunAt = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const forget = (): void => {
    clearTimeout(timer);
    outdated.clear();
    ofCall = false;
  };
  const ask = (keys: readonly (readonly string[])[]): void => {
    for (const queryKey of keys) void queries.invalidateQueries({ queryKey });
  };
  const askForAll = (): void => {
    const keys = [...outdated.values()];
    forget();
    ask(keys);
  };
  const askBehind = (keys: readonly string[][], isCall: boolean): void => {
    const at = performance.now();
    if (outdated.size === 0) begunAt = at;
    for (const key of keys) outdated.set(JSON.stringify(key), key);
    ofCall ||= isCall;
    const quiet = ofCall ? QUIET_MS : TOGETHER_MS;
    clearTimeout(timer);
    timer = setTimeout(askForAll, Math.max(0, Math.min(quiet, begunAt + LONGEST_WAIT_MS - at)));
  };

  const stopHearing = client.onEvent((event) => {
    const keys = outdatedBy(event);
    if (keys === null) {
      forget();
      void queries.invalidateQueries();
    } else if (COMES_WITH_CALLS.has(event.type)) askBehind(keys, event.type === 'calls.changed');
    else ask(keys);
    if (event.type === 'sample.progress') queries.setQueryData(['sampleProgress'], event);
  });
  return () => {
    stopHearing();
    forget();
  };
}

export const CoreClientContext = createContext<CoreClient | null>(null);

export function useCoreClient(): CoreClient {
  const client = useContext(CoreClientContext);
  if (!client) throw new Error('no core client above this component');
  return client;
}

/** Core's methods, for commands: each rejects with a CoreError only. */
export function useCore(): Core {
  return useCoreClient().core;
}

export function useCoreState(): CoreState {
  const client = useCoreClient();
  return useSyncExternalStore(client.subscribe, client.state);
}

/** What core said when this window claimed the desk; only below a frame that has waited for it. */
export function useOpening(): Opening {
  const state = useCoreState();
  if (state.phase !== 'ready' && state.phase !== 'lost') throw new Error('core is not linked yet');
  return state.opening;
}

export function useWaiting(): Answer<CoreOutput<'desk', 'waiting'>> {
  const core = useCore();
  return useQuery({ queryKey: ['waiting'], queryFn: () => core.desk.waiting() });
}

const OPEN_WRAP_UPS = ['wrapUps', 'open'];

export function useOpenWrapUps(): Answer<CoreOutput<'wrapUps', 'open'>> {
  const core = useCore();
  return useQuery({ queryKey: OPEN_WRAP_UPS, queryFn: () => core.wrapUps.open() });
}

/** Takes a wrap-up that was just saved out of the open ones: core's answer comes a moment later. */
export function useSettledWrapUp(): (wrapUpId: string) => void {
  const queries = useQueryClient();
  return (wrapUpId) =>
    void queries.setQueryData<CoreOutput<'wrapUps', 'open'>>(OPEN_WRAP_UPS, (open) =>
      open?.filter((one) => one.wrapUpId !== wrapUpId),
    );
}

/** Own figures of today; live. */
export function useMyDay(): Answer<CoreOutput<'kpi', 'day'>> {
  const core = useCore();
  return useQuery({
    queryKey: ['kpi', 'day'],
    queryFn: () => core.kpi.day({}),
    placeholderData: keepPreviousData,
    // Time available goes on without any event.
    refetchInterval: 60_000,
  });
}

export function useDays(from: string, to: string): Answer<CoreOutput<'kpi', 'days'>> {
  const core = useCore();
  return useQuery({
    queryKey: ['kpi', 'days', from, to],
    queryFn: () => core.kpi.days({ from, to }),
    placeholderData: keepPreviousData,
  });
}

export const storyKey = (customerId: string) => ['customer', customerId, 'story'];

/** Everything about one customer; null asks nothing. */
export function useStory(customerId: string | null): Answer<CoreOutput<'customers', 'story'>> {
  const core = useCore();
  return useQuery({
    queryKey: storyKey(customerId ?? ''),
    queryFn: () => core.customers.story({ customerId: customerId ?? '' }),
    enabled: customerId !== null,
  });
}

/** Open work by when it is due: missed calls, callbacks, voicemails. */
export function useOpenWork(
  owner: 'any' | 'me' | 'nobody' = 'any',
): Answer<CoreOutput<'work', 'list'>> {
  const core = useCore();
  return useQuery({
    queryKey: ['waiting', 'work', owner],
    queryFn: () => core.work.list({ state: 'open', owner }),
    placeholderData: keepPreviousData,
  });
}

export function useAgents(): Answer<CoreOutput<'agents', 'list'>> {
  const core = useCore();
  return useQuery({ queryKey: ['agents'], queryFn: () => core.agents.list() });
}

/** The settings; known from the first moment on. */
export function useSettings(): Opening['settings'] {
  const core = useCore();
  const opening = useOpening();
  const { data } = useQuery({
    queryKey: ['settings'],
    queryFn: () => core.settings.get(),
    initialData: opening.settings,
  });
  return data;
}

/** The stored account, or null; known from the first moment on. */
export function useAccount(): Opening['account'] {
  const core = useCore();
  const opening = useOpening();
  const { data } = useQuery({
    queryKey: ['account'],
    queryFn: () => core.account.get(),
    initialData: opening.account,
  });
  return data;
}

export function useCueRules(): Answer<CoreOutput<'cues', 'rules'>> {
  const core = useCore();
  return useQuery({ queryKey: ['cues', 'rules'], queryFn: () => core.cues.rules() });
}

export function useSampleStatus(): Answer<CoreOutput<'sample', 'status'>> {
  const core = useCore();
  return useQuery({ queryKey: ['sample'], queryFn: () => core.sample.status() });
}

/** Tokens, webhooks, links and connections, as the settings show them. */
export function useConnections(): Answer<CoreOutput<'connections', 'state'>> {
  const core = useCore();
  return useQuery({
    queryKey: ['connections', 'state'],
    queryFn: () => core.connections.state(),
  });
}

/** Links into other systems' pages about a customer. */
export function useOutsideLinks(): Answer<CoreOutput<'connections', 'links'>> {
  const core = useCore();
  return useQuery({
    queryKey: ['connections', 'links'],
    queryFn: () => core.connections.links(),
  });
}

/** The newest deliveries of one webhook. */
export function useDeliveries(webhookId: string): Answer<CoreOutput<'connections', 'deliveries'>> {
  const core = useCore();
  return useQuery({
    queryKey: ['connections', 'deliveries', webhookId],
    queryFn: () => core.connections.deliveries({ webhookId, limit: 20 }),
  });
}

/** What other programs want dialled. */
export function useDialRequests(): Answer<CoreOutput<'connections', 'dialRequests'>> {
  const core = useCore();
  return useQuery({
    queryKey: ['dialRequests'],
    queryFn: () => core.connections.dialRequests(),
  });
}

export type SampleProgress = Extract<CoreEvent, { type: 'sample.progress' }>;

/** How far installing or removing the sample book has come, or null when nothing was heard of it. */
export function useSampleProgress(): SampleProgress | null {
  const { data } = useQuery<SampleProgress | null>({
    queryKey: ['sampleProgress'],
    queryFn: () => null,
    initialData: null,
    enabled: false,
  });
  return data ?? null;
}
