// Core and telephone in memory: enough to show the desk in every state and to see what it asks for.
import type { CallRecord } from '../../../preload/contract/calls.ts';
import type { OpenWrapUp, WrapUpDraft } from '../../../preload/contract/wrap-ups.ts';
import type { CoreClient } from '../../../renderer/core-client/core-client.ts';
import { CoreError } from '../../../renderer/core-client/core-error.ts';
import type { Core } from '../../../renderer/core-client/core.ts';
import * as book from './book.ts';
import { type StandInPhone, standInPhone } from './stand-in-phone.ts';

export const EMPTY_DRAFT: WrapUpDraft = {
  customerId: null,
  outcome: null,
  end: null,
  peak: null,
  expectation: null,
  promise: null,
  deal: null,
  openQuestion: null,
  matter: null,
  note: '',
};

const record = (callId: string, customer: boolean): CallRecord => ({
  callId,
  contactId: book.idOf(400),
  customerId: customer ? book.story.customer.id : null,
  customerName: customer ? book.story.customer.name : null,
  agentId: book.idOf(1),
  accountId: null,
  origin: 'practice',
  direction: 'inbound',
  remote: { uri: 'sip:x@example.test', number: '+49 561 4990 21', display: null, anonymous: false },
  e164: '+49561499021',
  internal: false,
  startedAt: book.now,
  answeredAt: book.now + 4_000,
  endedAt: null,
  ringMs: 4_000,
  talkMs: 252_000,
  holdMs: 0,
  cause: null,
  sipCode: null,
  endedBy: null,
  quality: null,
  queue: null,
  divertedFrom: null,
  transfer: null,
  legOfCallId: null,
  legKind: 'customer',
});

export interface StandIns extends StandInPhone {
  core: Core;
  client: CoreClient;
  /** What was asked of core and telephone, oldest first. */
  asked: unknown[][];
  wrapUps: OpenWrapUp[];
  /** Calls to core fail as if it were gone, while true. */
  setCoreGone: (gone: boolean) => void;
  openWrapUp: (callId: string, customer?: boolean, draft?: Partial<WrapUpDraft>) => void;
  changed: () => void;
}

export function standIns(
  theme: 'light' | 'dark',
  empty: boolean,
  recordingAllowed: boolean,
): StandIns {
  const settings = { ...book.opening.settings, theme, recordingAllowed };
  const asked: unknown[][] = [];
  const wrapUps: OpenWrapUp[] = [];
  const drafts = new Map<string, { revision: number; draft: WrapUpDraft }>();
  let gone = false;
  const eventListeners = new Set<(event: { type: 'linked' }) => void>();
  const answer =
    <T>(name: string, value: () => T) =>
    async (input?: unknown): Promise<T> => {
      asked.push([name, input]);
      if (gone) throw new CoreError({ kind: 'unreachable' });
      return value();
    };
  const methods = {
    calls: {
      missed: answer('calls.missed', () => []),
      dismissMissed: answer('calls.dismissMissed', () => ({})),
      assignCustomer: answer('calls.assignCustomer', () => book.known),
    },
    customers: {
      search: answer('customers.search', () => book.hits),
      story: answer('customers.story', () => book.story),
      timeline: answer('customers.timeline', () => ({ entries: book.story.contacts, next: null })),
      timelineWindow: answer('customers.timelineWindow', () => ({
        entries: book.story.contacts,
        total: book.story.contacts.length,
      })),
      timelinePlace: answer('customers.timelinePlace', () => ({ offset: 0 })),
      matters: answer('customers.matters', () => ({
        matters: book.story.matters.map((matter) => ({ ...matter, entries: 2, lastAt: null })),
        loose: 1,
      })),
      create: answer('customers.create', () => book.story.customer),
    },
    fields: { list: answer('fields.list', () => []) },
    tags: { list: answer('tags.list', () => []) },
    organisations: {
      list: answer('organisations.list', () => ({ organisations: [], next: null })),
    },
    households: { of: answer('households.of', () => ({ household: null, suggestions: [] })) },
    duplicates: { check: answer('duplicates.check', () => []) },
    recordings: {
      ofCall: async (input: { callId: string }) => {
        await answer('recordings.ofCall', () => null)(input);
        return input.callId === book.recording.callId ? [book.recording] : [];
      },
      read: answer('recordings.read', () => ({ chunk: '', next: null, bytes: 0 })),
      erase: answer('recordings.erase', () => ({ ...book.recording, state: 'erased' })),
    },
    cues: { dismiss: answer('cues.dismiss', () => ({})) },
    wrapUps: {
      open: answer('wrapUps.open', () => [...wrapUps]),
      saveDraft: async (input: { wrapUpId: string; revision: number; draft: WrapUpDraft }) => {
        await answer('wrapUps.saveDraft', () => null)(input);
        const revision = input.revision + 1;
        drafts.set(input.wrapUpId, { revision, draft: input.draft });
        return { revision };
      },
      save: async (input: { wrapUpId: string }) => {
        await answer('wrapUps.save', () => null)(input);
        wrapUps.splice(
          wrapUps.findIndex((known) => known.wrapUpId === input.wrapUpId),
          1,
        );
        changed();
        return { contactId: book.idOf(400) };
      },
    },
    questions: { settle: answer('questions.settle', () => ({})) },
    promises: { settle: answer('promises.settle', () => book.story.promises[0]) },
    work: {
      list: answer('work.list', () => ({ items: [], total: 0 })),
      reportMailbox: answer('work.reportMailbox', () => ({})),
    },
    desk: { waiting: answer('desk.waiting', () => (empty ? book.nothingWaiting : book.waiting)) },
    kpi: { day: answer('kpi.day', () => book.day) },
    agents: { list: answer('agents.list', () => book.agents) },
    settings: { get: answer('settings.get', () => settings) },
    account: { get: answer('account.get', () => null) },
    rights: {
      ofCustomer: answer('rights.ofCustomer', () => ({
        objections: [],
        consents: [],
        disputed: [],
      })),
    },
    sample: {
      status: answer('sample.status', () => ({
        installed: true,
        running: false,
        customers: 500,
        contacts: 4000,
      })),
    },
  };
  const core = methods as unknown as Core;
  const changed = () => {
    for (const listener of eventListeners) listener({ type: 'linked' });
  };
  const state = {
    phase: 'ready',
    opening: { ...book.opening, settings },
  } as const;
  const client: CoreClient = {
    core,
    state: () => state,
    subscribe: () => () => undefined,
    onEvent: (listener) => {
      eventListeners.add(listener);
      return () => void eventListeners.delete(listener);
    },
    retry: () => undefined,
    close: () => undefined,
  };

  const openWrapUp = (callId: string, customer = true, draft: Partial<WrapUpDraft> = {}) => {
    wrapUps.unshift({
      wrapUpId: book.idOf(500 + wrapUps.length),
      revision: 0,
      openedAt: Date.now(),
      draft: { ...EMPTY_DRAFT, ...draft },
      call: record(callId, customer),
    });
    changed();
  };
  const { phone, setCalls, setPhone, changeCall } = standInPhone(asked, openWrapUp);
  return {
    core,
    client,
    phone,
    asked,
    wrapUps,
    setCalls,
    setPhone,
    changeCall,
    openWrapUp,
    changed,
    setCoreGone: (now) => {
      gone = now;
    },
  };
}
