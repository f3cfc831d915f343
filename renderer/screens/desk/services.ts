// What the desk screen needs from the rest of the window. The frame supplies it once, above the
// screen; tests supply one in memory. Hooks here obey the rules of hooks.
import { createContext, useContext } from 'react';
import type { Agent } from '../../../preload/contract/contract.ts';
import type { CallerContext, CustomerHit, CustomerStory, TimelineEntry } from '../../../preload/contract/customers.ts';
import type { Settings } from '../../../preload/contract/settings.ts';
import type { OpenWrapUp } from '../../../preload/contract/wrap-ups.ts';
import type { CoreProblem } from '../../core-client/core-error.ts';
import type { Core, CoreOutput } from '../../core-client/core.ts';
import type { Phone } from '../../phone/phone.ts';

/** Data of core that is kept fresh by its events. `data` keeps the last answer while a new one is under way. */
export interface Loaded<T> {
  data: T | undefined;
  problem: CoreProblem | null;
  retry: () => void;
}

export type Waiting = CoreOutput<'desk', 'waiting'>;
export type DayFigures = CoreOutput<'kpi', 'day'>;

export interface TimelinePages {
  entries: readonly TimelineEntry[] | undefined;
  problem: CoreProblem | null;
  hasMore: boolean;
  loadingMore: boolean;
  loadMore: () => void;
  retry: () => void;
}

export interface DeskServices {
  core: Core;
  phone: Phone;
  agent: Agent;
  settings: Settings;
  /** null except on the practice line: makes a practice customer ring. */
  letCustomerRing: (() => Promise<void>) | null;
  /** The context that came with the call's first event, or a newer one; null until it is there. */
  useCallContext: (callId: string | null) => CallerContext | null;
  /** Keeps what `calls.assignCustomer` answered as the call's context. */
  setCallContext: (callId: string, context: CallerContext) => void;
  useWaiting: () => Loaded<Waiting>;
  useStory: (customerId: string | null) => Loaded<CustomerStory>;
  useTimeline: (customerId: string | null) => TimelinePages;
  /** Newest first. */
  useOpenWrapUps: () => Loaded<readonly OpenWrapUp[]>;
  useDay: () => Loaded<DayFigures>;
  useAgents: () => Loaded<readonly Agent[]>;
  /** Search as you type; undefined for an empty query. */
  useSearch: (query: string) => Loaded<readonly CustomerHit[]>;
}

const DeskServicesContext = createContext<DeskServices | null>(null);
export const DeskServicesProvider = DeskServicesContext.Provider;

export function useDeskServices(): DeskServices {
  const services = useContext(DeskServicesContext);
  if (services === null) throw new Error('The desk is shown outside a DeskServicesProvider');
  return services;
}
