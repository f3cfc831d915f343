// Every method that core offers and every event that it publishes: the one interface between window
// and core, over a MessagePort or a WebSocket. Procedures return data and codes, never sentences.
import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { cleanBook } from './clean-book.ts';
import { connections } from './api.ts';
import { callEvent, callRecord, missedCall, recording } from './calls.ts';
import { customerLists, foundCustomer, indexing, searchHint } from './customer-search.ts';
import {
  callerContext,
  customer,
  customerChanges,
  customerInput,
  customerStory,
  promise,
  timelineChoice,
  timelineEntry,
} from './customers.ts';
import { ERRORS } from './errors.ts';
import { exchangeProcedures } from './exchange.ts';
import { KPI_IDS } from './kpi-catalogue.ts';
import { dataProcedures, rightsProcedures } from './rights.ts';
import { account, accountInput, credentials, settings, settingsPatch } from './settings.ts';
import { cursor, day, emotion, id, instant, name, pageLimit, zone } from './shapes.ts';
import { AGENT_STATES, CUE_RULES } from './vocabulary.ts';
import { work } from './work.ts';
import { openWrapUp, wrapUpDraft } from './wrap-ups.ts';

const procedure = oc.errors(ERRORS);
const nothing = z.object({});

/** Something changed; who shows it asks again. */
export const coreEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('calls.changed'), callId: id, customerId: id.nullable() }),
  z.object({ type: z.literal('customers.changed'), customerId: id.nullable() }),
  z.object({ type: z.literal('wrapUps.changed') }),
  z.object({ type: z.literal('waiting.changed') }),
  z.object({ type: z.literal('kpi.changed') }),
  z.object({ type: z.literal('settings.changed') }),
  z.object({ type: z.literal('account.changed') }),
  /** Copies, checks or the work on them. */
  z.object({ type: z.literal('data.changed') }),
  z.object({ type: z.literal('connections.changed') }),
  /** Another program wants a number dialled, or wants it no longer. */
  z.object({ type: z.literal('dial.asked') }),
  z.object({
    type: z.literal('sample.progress'),
    state: z.enum(['running', 'done', 'cancelled', 'failed']),
    done: z.int(),
    total: z.int(),
  }),
  z.object({ type: z.literal('duplicates.changed') }),
  z.object({ type: z.literal('tags.changed') }),
  /** What was known of `from` is now with `into`; after an undo the other way about it is gone again. */
  z.object({ type: z.literal('customers.merged'), from: id, into: id }),
  z.object({ type: z.literal('imports.changed'), importId: id }),
]);
export type CoreEvent = z.output<typeof coreEvent>;

export const agent = z.object({ id, name: z.string(), me: z.boolean() });
export type Agent = z.output<typeof agent>;

/** One figure as it is to be shown: `interval` and rates only for rates, from n = 10 on. */
export const figure = z.object({
  kpi: z.enum(KPI_IDS),
  /** null while the denominator is 0. */
  value: z.number().nullable(),
  numerator: z.number(),
  denominator: z.number().nullable(),
  /** How many decisions or calls the value rests on. */
  n: z.int().min(0),
  interval: z.object({ low: z.number(), high: z.number() }).nullable(),
});
export type Figure = z.output<typeof figure>;

export const sampleStatus = z.object({
  installed: z.boolean(),
  running: z.boolean(),
  customers: z.int(),
  contacts: z.int(),
});

export const contract = {
  ...cleanBook,
  session: {
    /**
     * Claims the desk for one window. `liveCalls` are calls that the window still holds: core
     * closes every other open call as interrupted.
     */
    open: procedure
      .input(z.object({ windowId: id, liveCalls: z.array(id).max(20).default([]) }))
      .output(
        z.object({
          version: z.string(),
          agent,
          settings,
          account: account.nullable(),
          /** Where the database key and the SIP password are kept: by the system, or in files of the data folder. */
          keyStore: z.enum(['system', 'files']),
          dataFolder: z.string(),
          /** Set when something went wrong with the data at this start, and what was done. */
          recovery: z
            .object({
              kind: z.enum(['restored', 'startedEmpty', 'restoredByAgent']),
              at: instant,
              quarantine: z.string(),
            })
            .nullable(),
          /** Calls that core closed as interrupted at this start. */
          interruptedCalls: z.int(),
          now: instant,
        }),
      ),
    events: procedure.output(eventIterator(coreEvent)),
    ping: procedure.input(nothing.default({})).output(z.object({ now: instant })),
  },
  calls: {
    /**
     * Stores events; repeating one is harmless. Answers after they are on disk. `context` comes with
     * an event that begins a call.
     */
    append: procedure.input(z.object({ events: z.array(callEvent).min(1).max(200) })).output(
      z.object({
        stored: z.array(z.object({ callId: id, seq: z.int() })),
        context: callerContext.nullable(),
      }),
    ),
    missed: procedure.input(nothing.default({})).output(z.array(missedCall).max(100)),
    dismissMissed: procedure.input(z.object({ callId: id })).output(nothing),
    recent: procedure
      .input(z.object({ limit: pageLimit, before: instant.optional() }))
      .output(z.array(callRecord).max(100)),
    get: procedure.input(z.object({ callId: id })).output(callRecord),
    /** Says whose call it is; `confirm` also teaches the number to that customer's record. */
    assignCustomer: procedure
      .input(
        z.object({ callId: id, customerId: id.nullable(), confirm: z.boolean().default(false) }),
      )
      .output(callerContext),
    /** Takes back what choosing a customer for this call's number had taught the desk. */
    forgetNumber: procedure.input(z.object({ callId: id, customerId: id })).output(callerContext),
  },
  recordings: {
    /** Refused with RECORDING_REFUSED unless the organisation allows it and both have agreed. */
    begin: procedure
      .input(
        z.object({
          callId: id,
          recordingId: id,
          agentAnnouncedAt: instant.nullable(),
          customerAgreedAt: instant.nullable(),
        }),
      )
      .output(recording),
    /** Appends a chunk in base64; `index` rises from 0, repeating one is harmless. */
    append: procedure
      .input(
        z.object({
          recordingId: id,
          index: z.int().min(0).max(100_000),
          chunk: z.base64().max(700_000),
        }),
      )
      .output(z.object({ bytes: z.int() })),
    finish: procedure.input(z.object({ recordingId: id })).output(recording),
    ofCall: procedure.input(z.object({ callId: id })).output(z.array(recording).max(20)),
    /** Decrypted bytes from `offset`, at most 512 KiB, in base64; `next` is null at the end. */
    read: procedure
      .input(z.object({ recordingId: id, offset: z.int().min(0) }))
      .output(z.object({ chunk: z.base64(), next: z.int().nullable(), bytes: z.int() })),
    erase: procedure.input(z.object({ recordingId: id })).output(recording),
  },
  customers: {
    search: procedure
      .input(z.object({ query: z.string().max(200), limit: z.int().min(1).max(50).default(8) }))
      .output(z.array(foundCustomer).max(50)),
    list: procedure
      .input(
        z.object({
          query: z.string().max(200).default(''),
          cursor: cursor.optional(),
          limit: pageLimit,
        }),
      )
      .output(
        z.object({
          rows: z.array(foundCustomer).max(100),
          next: cursor.nullable(),
          /** All customers; with a query, those that fit it, of which at most 2,000 are counted. */
          total: z.int(),
          hints: z.array(searchHint).max(20),
          indexing,
        }),
      ),
    story: procedure.input(z.object({ customerId: id })).output(customerStory),
    contextOf: procedure
      .input(z.object({ number: z.string().max(100).nullable() }))
      .output(callerContext),
    timeline: procedure
      .input(timelineChoice.extend({ cursor: cursor.optional(), limit: pageLimit }))
      .output(z.object({ entries: z.array(timelineEntry).max(100), next: cursor.nullable() })),
    /** Entries from `offset` on, for lists that are entered anywhere; `total` counts the whole choice. */
    timelineWindow: procedure
      .input(timelineChoice.extend({ offset: z.int().min(0), limit: pageLimit }))
      .output(z.object({ entries: z.array(timelineEntry).max(100), total: z.int() })),
    /** How many entries of the choice are newer than the end of an instant, or than a contact. */
    timelinePlace: procedure
      .input(
        timelineChoice.extend({
          at: z.union([z.object({ until: instant }), z.object({ contactId: id })]),
        }),
      )
      .output(z.object({ offset: z.int() })),
    /** The matters of a customer with what belongs to each, newest first; `loose` has no matter. */
    matters: procedure.input(z.object({ customerId: id })).output(
      z.object({
        matters: z
          .array(
            z.object({
              id,
              title: z.string(),
              openedAt: instant,
              closedAt: instant.nullable(),
              entries: z.int(),
              lastAt: instant.nullable(),
            }),
          )
          .max(500),
        loose: z.int(),
      }),
    ),
    create: procedure.input(customerInput).output(customer),
    update: procedure
      .input(z.object({ customerId: id, changes: customerChanges }))
      .output(customer),
  },
  customerLists,
  cues: {
    /** "Not true" holds for good; a snooze until `until`. Answers the cues that are shown now. */
    dismiss: procedure
      .input(
        z.object({
          customerId: id,
          rule: z.literal([...CUE_RULES]),
          subject: z.string().min(1).max(100),
          verdict: z.discriminatedUnion('kind', [
            z.object({ kind: z.literal('notTrue') }),
            z.object({ kind: z.literal('snooze'), until: instant }),
          ]),
        }),
      )
      .output(nothing),
    /** How each rule does: above 40 % "not true" (from 10 verdict-worthy showings on) it mutes itself. */
    rules: procedure.input(nothing.default({})).output(
      z.array(
        z.object({
          rule: z.literal([...CUE_RULES]),
          shown: z.int(),
          dismissed: z.int(),
          muted: z.enum(['no', 'itself', 'byAgent']),
        }),
      ),
    ),
    setMuted: procedure
      .input(z.object({ rule: z.literal([...CUE_RULES]), muted: z.boolean() }))
      .output(nothing),
  },
  wrapUps: {
    /** Newest first. */
    open: procedure.input(nothing.default({})).output(z.array(openWrapUp).max(100)),
    /** Stores what is typed. `revision` is the one the draft was made from. */
    saveDraft: procedure
      .input(z.object({ wrapUpId: id, revision: z.int().min(0), draft: wrapUpDraft }))
      .output(z.object({ revision: z.int() })),
    save: procedure
      .input(
        z.object({
          wrapUpId: id,
          result: wrapUpDraft,
          tagMs: z.int().min(0).nullable().default(null),
        }),
      )
      .output(z.object({ contactId: id })),
  },
  promises: {
    settle: procedure
      .input(z.object({ promiseId: id, state: z.enum(['kept', 'cancelled', 'open']) }))
      .output(promise),
    move: procedure.input(z.object({ promiseId: id, dueAt: instant })).output(promise),
  },
  questions: {
    /** The customer has had the answer; the question is open no longer. */
    settle: procedure.input(z.object({ questionId: id })).output(nothing),
  },
  desk: {
    /** What is waiting, for the left column: each list holds its first rows, `…Count` all. */
    waiting: procedure.input(nothing.default({})).output(
      z.object({
        due: z.array(promise).max(20),
        dueCount: z.int(),
        makeGood: z
          .array(
            z.object({
              customerId: id,
              name: z.string(),
              at: instant,
              emotion,
              quote: z.string().nullable(),
            }),
          )
          .max(20),
        makeGoodCount: z.int(),
        quiet: z
          .array(z.object({ customerId: id, name: z.string(), lastContactAt: instant, emotion }))
          .max(20),
        quietCount: z.int(),
        missed: z.array(missedCall).max(20),
        missedCount: z.int(),
      }),
    ),
  },
  work,
  kpi: {
    day: procedure.input(z.object({ day: day.optional(), zone: zone.optional() })).output(
      z.object({
        day,
        zone,
        figures: z.array(figure),
        state: z.enum(AGENT_STATES),
        stateSince: instant,
      }),
    ),
    days: procedure
      .input(z.object({ from: day, to: day, zone: zone.optional() }))
      .output(z.array(z.object({ day, figures: z.array(figure) })).max(400)),
    /** Recounts every measure from the facts and says where the stored ones differed. */
    rebuild: procedure
      .input(nothing.default({}))
      .output(z.object({ rows: z.int(), differing: z.int(), withoutPerson: z.int() })),
  },
  agents: {
    list: procedure.input(nothing.default({})).output(z.array(agent).max(500)),
    add: procedure.input(z.object({ name })).output(agent),
    /** The window says whether the telephone is registered; core derives the agent's state. */
    reportRegistered: procedure
      .input(z.object({ registered: z.boolean(), at: instant }))
      .output(nothing),
  },
  settings: {
    get: procedure.input(nothing.default({})).output(settings),
    change: procedure.input(settingsPatch).output(settings),
  },
  account: {
    get: procedure.input(nothing.default({})).output(account.nullable()),
    save: procedure.input(accountInput).output(account),
    remove: procedure.input(nothing.default({})).output(nothing),
    /** For registering; `draft` is one under test. Refused with NO_ACCOUNT when there is none. */
    credentials: procedure
      .input(z.object({ draft: z.boolean().default(false) }))
      .output(credentials),
    /** Keeps an account under test in core's memory, so that the window may reload for its connect-src. */
    stage: procedure.input(accountInput).output(account),
    staged: procedure.input(nothing.default({})).output(account.nullable()),
    unstage: procedure.input(nothing.default({})).output(nothing),
  },
  connections,
  sample: {
    status: procedure.input(nothing.default({})).output(sampleStatus),
    install: procedure.input(nothing.default({})).output(sampleStatus),
    cancel: procedure.input(nothing.default({})).output(sampleStatus),
    remove: procedure.input(nothing.default({})).output(sampleStatus),
  },
  exchange: exchangeProcedures,
  rights: rightsProcedures,
  data: dataProcedures,
  practice: {
    /** Someone from the book to play the customer, or a made-up caller when the book is empty. */
    nextCaller: procedure
      .input(z.object({ unknown: z.boolean().default(false) }))
      .output(
        z.object({ number: z.string(), display: z.string().nullable(), customerId: id.nullable() }),
      ),
  },
};
export type Contract = typeof contract;
