// Core as a whole: opens the database, builds the services, serves the contract. The subjects know
// nothing of each other; here they are given what they need as functions.
import { join } from 'node:path';
import type { CoreStart, FromCore } from '../../preload/contract/host.ts';
import type { Settings } from '../../preload/contract/settings.ts';
import type { Origin } from '../../preload/contract/vocabulary.ts';
import { createAccount } from './account/account.ts';
import { createApi } from './api/api.ts';
import { entryWriter } from './api/entries.ts';
import { factTeller } from './api/fact-teller.ts';
import { importsForApi } from './api/imports-for-api.ts';
import { readPolicy, retentionLaidDown } from './api/policy.ts';
import { httpSender } from './api/webhooks/http-sender.ts';
import { createAgentStates } from './agents/agent-states.ts';
import { createAgents } from './agents/agents.ts';
import { createCalls } from './calls/calls.ts';
import { contactMover } from './calls/contact-owner.ts';
import { type Now, processTimers, type Schedule } from './clock.ts';
import { createConnections, type DeskPort } from './connection/connections.ts';
import type { Handlers } from './connection/handlers.ts';
import { cueHandlers } from './cues/cue-handlers.ts';
import { cueStore } from './cues/cue-store.ts';
import { createCleanBook } from './customers/clean-book/clean-book.ts';
import { createCustomers } from './customers/customers.ts';
import { createDataKeeping } from './data/data-keeping.ts';
import { backupsIn } from './database/backups.ts';
import { openDatabase } from './database/open-database.ts';
import { runJob, writeBackByJobs } from './database/run-job.ts';
import { createDesk } from './desk/waiting.ts';
import { createEventBus } from './events/event-bus.ts';
import { createExchange } from './exchange/exchange.ts';
import { importsBeside } from './exchange/import-beside.ts';
import { newId as makeId } from './ids.ts';
import { createKpi } from './kpi/kpi.ts';
import { createMeasureStore } from './kpi/measure-store.ts';
import { createCoreLog } from './log/core-log.ts';
import { createPractice } from './practice/practice.ts';
import { createPromises } from './promises/promises.ts';
import { createQuestions } from './questions/questions.ts';
import { createRecordings } from './recordings/recordings.ts';
import { createRights } from './rights/rights.ts';
import { createSample } from './sample/sample.ts';
import type { Vault } from './secrets/vault.ts';
import { createSession } from './session/session.ts';
import { createSettings } from './settings/settings.ts';
import { isZone } from './settings/zone.ts';
import { createDeals } from './wrap-ups/deals.ts';
import { createIgnoredNumbers } from './work/ignored-numbers.ts';
import { createWork } from './work/work.ts';
import { createWrapUps } from './wrap-ups/wrap-ups.ts';

export interface CoreOptions {
  start: CoreStart;
  vault: Vault;
  send: (message: FromCore) => void;
  now?: Now;
  schedule?: Schedule;
  /** Ends this process in an orderly way, so that its host starts the next; once the answer has left. */
  restart?: () => void;
}

export interface Core {
  servePort(port: DeskPort): void;
  /** Ends all links, writes everything back and frees the data folder. */
  stop(): Promise<void>;
}

const REAL_ORIGINS: readonly Origin[] = ['real', 'imported'];
/** How long a practice caller waits for the sample book that is being put in, ms. */
const BOOK_PATIENCE = 8_000;
const ALL_ORIGINS: readonly Origin[] = ['real', 'imported', 'practice', 'sample'];

/** Throws StartFailure or VaultUnavailable when the database cannot be opened. */
export async function startCore(options: CoreOptions): Promise<Core> {
  const { start, vault, send, now = Date.now, schedule = processTimers } = options;
  const { restart = () => undefined } = options;
  const opened = await openDatabase({ folder: start.dataFolder, vault, now: now() });
  const { database } = opened;
  const { log, close: closeLog } = createCoreLog(join(start.dataFolder, 'logs'));
  const { publish, subscribe, subscribeEach } = createEventBus();
  const newId = () => makeId(now());

  const settings = createSettings({ database, now, publish, startLanguage: start.language });
  const agents = createAgents({ database, now, newId, ownName: settings.current().agentName });
  settings.onChange(({ agentName }) => agents.renameSelf(agentName));
  const agentId = agents.me;
  const me = () => agentId;
  const zone = () => settings.current().zone;
  const account = await createAccount({
    ...{ database, vault, now, newId, publish },
    announce: (sources) => send({ type: 'connectSources', sources }),
    practiceOnly: start.practice,
  });
  const countedOrigins = () => (account.exists() ? REAL_ORIGINS : ALL_ORIGINS);

  const measures = createMeasureStore(database);
  const cues = cueStore({
    ...{ database, now, newId, agentId: me },
    changed: (customerId) => publish({ type: 'customers.changed', customerId }),
  });
  const ignored = createIgnoredNumbers({
    ...{ database, now, agentId },
    country: () => settings.current().country,
  });
  const customers = createCustomers({
    ...{ database, now, newId, publish, cues, agentId: me },
    settings: settings.current,
    ignored: ignored.actionFor,
    recordChanged: (customerId, change) => tell.customerChanged(customerId, change),
  });
  const erasuresKey = opened.deriveKey('erasures').toString('hex');
  const jobContext = { paths: opened.paths, key: opened.key, erasuresKey };
  const writeBack = writeBackByJobs(database, jobContext);
  const book = createCleanBook({
    ...{ database, customers, now, newId, publish, agentId: me, writeBack },
    country: () => settings.current().country,
    recordChanged: (customerId, change, into) => tell.customerChanged(customerId, change, into),
  });
  subscribeEach((event) => {
    if (event.type === 'customers.changed' && event.customerId !== null)
      book.duplicates.touched(event.customerId);
  });
  // A window may still name a record that was merged into another.
  const current = (id: string) => book.currentCustomer(id);
  const giveContact = contactMover(database, customers.refreshSummary);
  const moveContact: typeof giveContact = (contactId, customerId) =>
    giveContact(contactId, customerId === null ? null : current(customerId));
  const customerExists = (id: string) => customers.exists(current(id));
  const indexing = customers.searchIndex.keep({
    ...{ schedule, writeBack },
    changed: () => publish({ type: 'customers.changed', customerId: null }),
  });
  const promises = createPromises({ database, now, newId, publish, agentId });
  const questions = createQuestions({ database, now, publish });
  const deals = createDeals({
    ...{ database, newId },
    currency: () => settings.current().currency,
    addMeasures: measures.add,
  });
  const wrapUps = createWrapUps({
    ...{ database, now, newId, agentId, publish, moveContact },
    isAgent: agents.exists,
    customerExists,
    callRecord: (callId) => calls.wrappedUp(callId),
    refreshSummary: customers.refreshSummary,
    makePromise: promises.make,
    recordDeal: deals.record,
    notReached: (callId) => calls.notReached(callId),
    tellOthers: (draft, contact) => tell.wrapUpSaved(draft, contact),
    onTurn: () => states.refresh(),
  });
  const calls = createCalls({
    ...{ database, now, newId, agentId, publish, wrapUps, moveContact, zone, countedOrigins },
    country: () => settings.current().country,
    callerContextOf: ({ number, customerId, callId }) =>
      customers.callerContextFor({
        number,
        callId,
        // A card may have been open for a customer who is gone by now.
        customerId: customerId !== null && customerExists(customerId) ? current(customerId) : null,
      }),
    addMeasures: measures.add,
    refreshSummary: customers.refreshSummary,
    learnNumber: (choice) =>
      customers.learnNumber({ ...choice, customerId: current(choice.customerId) }),
    forgetNumber: (choice) =>
      customers.forgetNumber({ ...choice, customerId: current(choice.customerId) }),
    isIgnored: (numberKey) => ignored.actionFor(numberKey) !== null,
    work: {
      answered: (call) => work.answered(call),
      plansFollow: (at) => work.plansFollow(at),
      notReached: (callId) => work.notReached(callId),
    },
    customerExists,
    tellOthers: (what, call) => tell.callTurned(what, call),
    onTurn: () => states.refresh(),
  });
  const work = createWork({
    ...{ database, now, newId, publish, agentId, zone, ignored, calls },
    country: () => settings.current().country,
    origin: () => (account.exists() ? 'real' : 'practice'),
    customerExists: customers.exists,
    ownerOf: customers.ownerOf,
    isAgent: agents.exists,
  });
  const states = createAgentStates({
    ...{ database, now, newId, schedule, agentId },
    situation: () => ({
      windowHeld: session.held(),
      call: calls.live(),
      wrapUp: wrapUps.waiting(),
      hasAccount: account.exists(),
    }),
    addMeasures: measures.add,
    onChange: () => publish({ type: 'kpi.changed' }),
  });
  const kpi = createKpi({
    ...{ database, now, publish, agentId, zone, isZone, measures, countedOrigins },
    agentState: states.current,
    running: states.running,
    facts: [calls.eachMeasure, deals.eachMeasure, states.eachMeasure],
  });
  const desk = createDesk({
    ...{ database, now, agentId: me },
    settings: settings.current,
    missedCalls: calls.missed,
  });
  const sample = createSample({
    ...{ database, now, publish, agentId },
    settings: settings.current,
    insertCustomer: customers.insert,
    refreshSummary: customers.refreshSummary,
    addMeasures: measures.add,
    forgetCounts() {
      customers.forgetCount();
      desk.forgetCounts();
    },
  });
  const practice = createPractice({ database, now, random: Math.random });
  const recordings = createRecordings({
    ...{ database, now, schedule, publish, log, agentId },
    folder: opened.recordings,
    wrappingKey: opened.deriveKey('recordings'),
    settings: settings.current,
    callOf: calls.record,
    eventsOf: calls.events,
  });
  const importFiles = {
    folder: join(start.dataFolder, 'imports'),
    wrappingKey: opened.deriveKey('imports'),
  };
  const exchange = createExchange({
    ...{ database, now, newId, publish, log, agentId, customers, writeBack, ...importFiles },
    settings: settings.current,
    beside: importsBeside({
      ...{ ...jobContext, turns: opened.turns, ...importFiles },
      ...{ agentId, log, now, settings: settings.current },
    }),
  });
  const data = createDataKeeping({
    ...{ database, now, schedule, publish, log, restart, paths: opened.paths, key: opened.key },
    erasuresKey,
    backupGigabytes: () => settings.current().backupGigabytes,
    checkFirst: opened.uncheckedAfterCrash,
    suspectDamage: opened.suspectDamage,
    inCall: () => calls.live() !== null,
    logAccess: (what) => rights.logAccess({ what }),
  });
  const rights = createRights({
    ...{ database, now, schedule, newId, publish, log, agentId, agentName: agents.nameOf },
    ...{ erasures: opened.erasures, deriveKey: opened.deriveKey, settings: settings.current },
    retentionPolicy: () => retentionLaidDown(policy.policy.retention),
    customerExists: customers.exists,
    refreshSummary: customers.refreshSummary,
    flush: cues.flush,
    busyWith: () => (exchange.running() ? 'import' : null),
    forget({ customerIds: [erasedId], recordingIds }) {
      if (erasedId !== undefined) tell.customerChanged(erasedId, 'erased');
      recordings.removeFiles(recordingIds);
      exchange.forgetWaitingFiles();
      customers.forgetCount();
      desk.forgetCounts();
    },
    reportBeside: (job, piece) => runJob(job, jobContext, () => undefined, piece),
    copies: {
      ...data,
      count: (rows) => data.run({ kind: 'preview', rows }),
      copyCount: () => backupsIn(opened.paths).length,
    },
  });
  // Who was erased again at this start had recordings that are not in the copy's place only.
  recordings.removeFiles(opened.erasedRecordings);
  if (opened.erasedAgain > 0) exchange.forgetWaitingFiles();
  let retained = retentionIn(settings.current());
  settings.onChange((changed) => {
    const wanted = retentionIn(changed);
    if (wanted === retained) return;
    retained = wanted;
    database.afterCommit(rights.retentionChanged);
  });
  const session = createSession({
    ...{ now, schedule, subscribe },
    closeUnclaimed(held) {
      const closed = calls.closeUnclaimed(held, states.vouchedUntil);
      recordings.closeUnclaimed(held);
      return closed;
    },
    onHeldChange() {
      states.refresh();
      if (!session.held()) api.windowLeft();
    },
    describe: () => ({
      version: start.version,
      agent: agents.self(),
      settings: settings.current(),
      account: account.current(),
      keyStore: vault.kind,
      dataFolder: start.dataFolder,
      recovery: opened.recovery,
    }),
  });

  // Who is to be called back without a number is called on their first one.
  const withNumber = <Asked extends { customerId: string | null; number: string | null }>(
    asked: Asked,
  ): Asked => ({
    ...asked,
    number:
      asked.number ??
      (asked.customerId === null ? undefined : customers.find(asked.customerId).numbers[0]?.raw) ??
      null,
  });
  const policy = readPolicy(start.policyFile ?? null);
  const api = createApi({
    ...{ database, now, newId, schedule, publish, log, start, send, policy, countedOrigins },
    settled: book.settled,
    random: Math.random,
    settings: settings.current,
    changeSettings: settings.change,
    sendWebhook: httpSender({ allowPrivate: () => policy.policy.webhooks.privateTargets ?? false }),
    windowHeld: session.held,
    customers: {
      find: customers.find,
      create: customers.createFromApi,
      update: customers.updateFromApi,
      list: (query, cursor, limit) => customers.handlers.list({ query, cursor, limit }),
      lookUp: customers.lookUp,
      timeline: (customerId, cursor, limit) =>
        customers.handlers.timeline({ customerId, only: [], cursor, limit }),
    },
    entries: entryWriter({
      ...{ database, now, newId, agentId, zone },
      currency: () => settings.current().currency,
      refreshSummary: customers.refreshSummary,
      makePromise: promises.make,
      recordDeal: deals.record,
      addWork(customerId, entry) {
        const asked = { ...entry, customerId, at: entry.at ?? now() };
        const { workId } =
          entry.kind === 'callback'
            ? work.addCallback(withNumber(asked), 'api')
            : work.addMessage({ ...withNumber(asked), audio: null }, 'api');
        return workId ?? '';
      },
      changed(customerId, what) {
        publish({ type: 'customers.changed', customerId });
        if (what !== 'contact') publish({ type: 'waiting.changed' });
        if (what === 'deal') publish({ type: 'kpi.changed' });
      },
    }),
    work: {
      addCallback: (asked) => work.addCallback(withNumber(asked), 'api'),
      addVoicemail: (left) => work.addVoicemail(withNumber(left), 'api'),
      find: work.find,
      agents: agents.list,
    },
    calls: { live: calls.live, record: calls.record, recent: calls.newest },
    rights: {
      accessReport: rights.accessReportAsJson,
      erase: (customerId) => rights.eraseCustomer(customerId),
    },
    imports: importsForApi(exchange),
    mappings: {
      save: exchange.keepNamedMapping,
      remove: exchange.forgetMapping,
    },
  });
  const tell = factTeller(api.webhooks);
  book.begin();

  const handlers: Handlers = {
    session: session.handlers,
    calls: calls.handlers,
    recordings: recordings.handlers,
    ...book.handlers,
    customers: {
      ...customers.handlers,
      story: ({ customerId }) => customers.handlers.story({ customerId: current(customerId) }),
    },
    customerLists: customers.listHandlers,
    cues: cueHandlers(cues),
    wrapUps: wrapUps.handlers,
    promises: promises.handlers,
    questions: questions.handlers,
    desk: desk.handlers,
    work: work.handlers,
    kpi: kpi.handlers,
    agents: {
      list: agents.list,
      add: agents.add,
      reportRegistered({ registered }) {
        states.reportRegistered(registered);
        return {};
      },
    },
    settings: settings.handlers,
    account: account.handlers,
    connections: api.handlers,
    sample: sample.handlers,
    exchange: exchange.handlers,
    rights: rights.handlers,
    data: data.handlers,
    practice: {
      async nextCaller(asked) {
        // Who rings while the book is still being put in would be a stranger to it.
        if (!asked.unknown) await sample.settled(BOOK_PATIENCE);
        return practice.handlers.nextCaller(asked);
      },
    },
  };
  const connections = createConnections({
    ...{ handlers, log, settled: book.settled },
    admit: session.admit,
    onLinkClosed: session.linkClosed,
    onDamage: opened.suspectDamage,
  });
  send({ type: 'connectSources', sources: account.connectSources() });
  if (start.socket !== null) await connections.listen(start.socket);
  await api.begin();
  sample.start(start.sample);
  if (opened.recovery) log.warn({ kind: opened.recovery.kind }, 'recovered');

  return {
    servePort: connections.servePort,
    async stop() {
      session.stop();
      await api.stop();
      recordings.stop();
      await rights.stop();
      await data.stop();
      await connections.close();
      states.stop();
      await sample.stop();
      await book.stop();
      await exchange.stop();
      await indexing.stop();
      cues.flush();
      opened.close();
      closeLog();
    },
  };
}

function retentionIn({ retentionOn, retentionMonths }: Settings): string {
  return JSON.stringify([retentionOn, retentionMonths]);
}
