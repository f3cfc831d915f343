import type { CoreEvent } from '../../../preload/contract/contract.ts';
import type {
  CallerContext,
  Cue,
  Customer,
  CustomerChanges,
  CustomerInput,
  CustomerStory,
  TimelineChoice,
} from '../../../preload/contract/customers.ts';
import type { FoundCustomer } from '../../../preload/contract/customer-search.ts';
import type { ChangeSource, CueRule, IgnoreAction } from '../../../preload/contract/vocabulary.ts';
import { type TimelinePage, timelineReader, type TimelineWindow } from '../contacts/timeline.ts';
import { zonedDay } from '../cues/zoned-day.ts';
import type { CueVerdict } from '../cues/cue-history.ts';
import type { DeskDatabase } from '../database/desk-database.ts';
import { type CallerQuestion, callerMatch } from './caller-match.ts';
import { type CustomerPage, customerSearch } from './customer-search.ts';
import { customFieldStore } from './clean-book/custom-field-store.ts';
import { customerStore } from './customer-store.ts';
import { storyReader } from './customer-story.ts';
import { customerSummary } from './customer-summary.ts';
import { savedSearches } from './saved-searches.ts';
import { searchIndex } from './search-index.ts';

export interface CustomersDependencies {
  database: DeskDatabase;
  settings: () => { country: string; zone: string };
  /** The agent at this desk. */
  agentId: () => string;
  now: () => number;
  newId: () => string;
  publish: (event: CoreEvent) => void;
  /** What happens to calls of a number; null when it is not ignored. */
  ignored: (numberKey: string | null) => IgnoreAction | null;
  /** In the transaction in which a record was entered or changed. */
  recordChanged?: (customerId: string, change: 'created' | 'updated') => void;
  cues: {
    verdictsOn: (customerId: string) => CueVerdict[];
    muted: () => ReadonlySet<CueRule>;
    /** Counts what a card shows, once for each occasion. */
    shown: (customerId: string, cues: readonly Cue[], occasion: string) => void;
  };
}

/** Customers: who they are, what happened with them, and who is calling. */
export function createCustomers(dependencies: CustomersDependencies) {
  const { database, settings, agentId, now, newId, publish, cues } = dependencies;
  const country = () => settings().country;
  const fields = customFieldStore({ database, now, newId });
  const requireCustom = fields.requireFitting('customer');
  const store = customerStore({ database, country, agentId, now, newId, requireCustom });
  const timeline = timelineReader(database);
  const index = searchIndex(database);
  const search = customerSearch(database, index, now);
  const lists = savedSearches({ database, agentId, now, newId, publish, count: search.count });
  const summary = customerSummary(database);
  const storyOf = storyReader({
    database,
    customers: store,
    verdictsOn: cues.verdictsOn,
    mutedRules: cues.muted,
    agentId,
    zone: () => settings().zone,
  });
  const callers = callerMatch({
    ...{ database, country, agentId, storyOf },
    ignored: dependencies.ignored,
  });

  /** As of one moment, and without finding that moment anew for each statement. */
  function contextFor(question: CallerQuestion, at: number): CallerContext {
    return database.reading(() => callers.contextFor(question, at));
  }

  function counted(context: CallerContext, occasion: string): CallerContext {
    if (context.story) cues.shown(context.story.customer.id, context.story.cues, occasion);
    return context;
  }

  function cardOccasion(at: number): string {
    return `card:${agentId()}:${zonedDay(at, settings().zone)}`;
  }

  function create(input: CustomerInput): Customer {
    return database.transaction(() => {
      const made = store.create(input);
      dependencies.recordChanged?.(made.id, 'created');
      return made;
    });
  }

  function update(customerId: string, changes: CustomerChanges, source: ChangeSource): Customer {
    return database.transaction(() => {
      const after = store.update(customerId, changes, source);
      dependencies.recordChanged?.(customerId, 'updated');
      return after;
    });
  }

  function changed(customer: Customer): Customer {
    publish({ type: 'customers.changed', customerId: customer.id });
    return customer;
  }

  return {
    /** The handlers of `customers.*`. */
    handlers: {
      search: (input: { query: string; limit: number }): FoundCustomer[] =>
        search.search(input.query, input.limit),
      list: (input: { query: string; cursor?: string | undefined; limit: number }): CustomerPage =>
        search.list(input.query, input.cursor, input.limit),
      story(input: { customerId: string }): CustomerStory {
        const at = now();
        const story = database.reading(() => storyOf(input.customerId, at));
        cues.shown(input.customerId, story.cues, cardOccasion(at));
        return story;
      },
      contextOf(input: { number: string | null }): CallerContext {
        const at = now();
        return counted(contextFor(input, at), cardOccasion(at));
      },
      timeline({
        cursor,
        limit,
        ...choice
      }: TimelineChoice & { cursor?: string | undefined; limit: number }): TimelinePage {
        store.find(choice.customerId);
        return timeline.page(choice, cursor, limit);
      },
      timelineWindow({
        offset,
        limit,
        ...choice
      }: TimelineChoice & { offset: number; limit: number }): TimelineWindow {
        store.find(choice.customerId);
        return timeline.window(choice, offset, limit);
      },
      timelinePlace({
        at,
        ...choice
      }: TimelineChoice & { at: { until: number } | { contactId: string } }): { offset: number } {
        store.find(choice.customerId);
        return {
          offset:
            'until' in at
              ? timeline.placeOfInstant(choice, at.until)
              : timeline.placeOfContact(choice, at.contactId),
        };
      },
      matters({ customerId }: { customerId: string }) {
        store.find(customerId);
        return timeline.matters(customerId);
      },
      create(input: CustomerInput): Customer {
        search.forgetCount();
        return changed(create(input));
      },
      update: (input: { customerId: string; changes: CustomerChanges }): Customer =>
        changed(update(input.customerId, input.changes, 'agent')),
    },

    /** The handlers of `customerLists.*`. */
    listHandlers: lists,
    searchIndex: index,

    /** What the card shows for a call: who it is, why, and the story. Showings count once per call. */
    callerContextFor(question: CallerQuestion): CallerContext {
      const at = now();
      return counted(contextFor(question, at), question.callId ?? cardOccasion(at));
    },

    /**
     * Within the transaction that assigns a call: remembers the choice, and with `confirm` adds the
     * number to the customer's record or confirms it there. Refused with NOT_FOUND.
     */
    learnNumber(input: { number: string | null; customerId: string; confirm: boolean }): void {
      store.find(input.customerId);
      database.transaction(() => {
        const taught =
          input.confirm && input.number !== null
            ? store.confirmNumber(input.customerId, input.number)
            : null;
        callers.learnChoice(input.number, input.customerId, taught, now());
      });
    },

    /**
     * Within a transaction: takes back what choosing the customer for a number taught, with the number
     * itself where that was added then. Answers whether there was anything to take back.
     */
    forgetNumber(input: { number: string | null; customerId: string }): boolean {
      store.find(input.customerId);
      return database.transaction(() => {
        const forgotten = callers.forgetChoice(input.number, input.customerId);
        if (forgotten?.taught && input.number !== null)
          store.unconfirmNumber(input.customerId, input.number, forgotten.taught);
        return forgotten !== null;
      });
    },

    /** The one customer to whom a number belongs; null when it is nobody's or several people's. */
    ownerOf: callers.ownerOf,

    /** Within the transaction of a fact that changes a customer's contacts, feelings or matters. */
    refreshSummary: summary.refresh,
    find: store.find,
    /** For other programs: nothing is counted as shown, and the history names them as the source. */
    lookUp: (number: string | null): CallerContext => contextFor({ number }, now()),
    createFromApi(input: CustomerInput): Customer {
      fields.adopt('customer', input.custom);
      search.forgetCount();
      return changed(create(input));
    },
    updateFromApi(customerId: string, changes: CustomerChanges): Customer {
      if (changes.custom) fields.adopt('customer', changes.custom);
      return changed(update(customerId, changes, 'api'));
    },
    exists: store.exists,
    forgetCount: search.forgetCount,
    /** For the clean book. */
    store,
    fields,
    /** For the sample book and imports, inside their own transactions. */
    insert: store.insert,
    update: store.update,
    remove: store.remove,
    removingMany: index.removingMany,
    /** After many were removed. */
    purgeSearch: index.purge,
    searchKeptElsewhere: index.leaveToOthers,
  };
}
