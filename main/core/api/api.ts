// Connections to other programs as a whole: the local API, webhooks, links, connection files. What
// belongs to other subjects comes in as functions.
import type { ApiState } from '../../../preload/contract/api.ts';
import type { CallRecord } from '../../../preload/contract/calls.ts';
import type { CoreStart, FromCore } from '../../../preload/contract/host.ts';
import type { Settings, SettingsPatch } from '../../../preload/contract/settings.ts';
import type { Origin } from '../../../preload/contract/vocabulary.ts';
import type { Now, Schedule } from '../clock.ts';
import type { SubjectHandlers } from '../connection/handlers.ts';
import type { DeskDatabase } from '../database/desk-database.ts';
import type { Publish } from '../events/event-bus.ts';
import type { NewId } from '../ids.ts';
import type { CoreLog } from '../log/core-log.ts';
import { type ApiServer, createApiServer } from './api-server.ts';
import { createApiTokens } from './api-tokens.ts';
import { type ApiMappings, connector, previewOf } from './connection-files.ts';
import { createDialling } from './dialling.ts';
import type { EntryWriter } from './entries.ts';
import { linkStore } from './link-store.ts';
import { type OpenApiDocument, openApiDocument } from './openapi.ts';
import type { ReadPolicy } from './policy.ts';
import { READY_CONNECTIONS } from './ready-connections.ts';
import type { Route } from './route.ts';
import { type ApiCustomers, type ApiRights, customerRoutes } from './routes/customers-routes.ts';
import { callRoutes } from './routes/calls-routes.ts';
import { deskRoutes } from './routes/desk-routes.ts';
import { type ApiImports, importRoutes } from './routes/import-routes.ts';
import { type ApiWork, workRoutes } from './routes/work-routes.ts';
import type { Send } from './webhooks/http-sender.ts';
import { createWebhooks, type Webhooks } from './webhooks/webhooks.ts';

export interface ApiDependencies {
  database: DeskDatabase;
  now: Now;
  newId: NewId;
  random: () => number;
  schedule: Schedule;
  publish: Publish;
  log: CoreLog;
  start: Pick<CoreStart, 'version' | 'api'>;
  send: (message: Extract<FromCore, { type: 'api' }>) => void;
  policy: ReadPolicy;
  settings: () => Settings;
  changeSettings: (patch: SettingsPatch) => void;
  sendWebhook: Send;
  countedOrigins: () => readonly Origin[];
  windowHeld: () => boolean;
  /** Resolves when no record that is named here is being merged; null when none is. */
  settled: (named: unknown) => Promise<void> | null;
  customers: ApiCustomers;
  entries: EntryWriter;
  work: ApiWork;
  calls: {
    live: () => CallRecord | null;
    record: (callId: string) => CallRecord | null;
    recent: (limit: number) => CallRecord[];
  };
  rights: ApiRights | null;
  imports: ApiImports | null;
  mappings: ApiMappings | null;
}

export interface Api {
  handlers: SubjectHandlers<'connections'>;
  webhooks: Webhooks;
  /** Begins to listen where that is wanted; answers when it listens or has said why not. */
  begin(): Promise<void>;
  /** After a change of settings. */
  settingsChanged(): void;
  windowLeft(): void;
  stop(): Promise<void>;
}

const PORT_NAME = 'api-port';
const DAY_MS = 24 * 3_600_000;
const LOG_KEPT_DAYS = 30;
/** A quarter of an hour as uncompressed telephone sound. */
const LARGEST_SOUND_MIB = 16;

export function createApi(dependencies: ApiDependencies): Api {
  const { database, now, newId, schedule, publish, log, start, policy, settings } = dependencies;
  const changed = () => publish({ type: 'connections.changed' });
  const remembered = database.query<{ value: string }>('SELECT value FROM meta WHERE name = ?');
  const remember = database.query(
    'INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
  );
  const managed = policy.policy;
  const allowPrivate = () => managed.webhooks.privateTargets ?? false;

  const tokens = createApiTokens({
    database,
    now,
    newId,
    startToken: start.api?.tokenHash ?? null,
  });
  const links = linkStore(database, now, newId);
  const webhooks = createWebhooks({
    ...{ database, now, newId, schedule, allowPrivate, changed },
    random: dependencies.random,
    send: dependencies.sendWebhook,
    version: start.version,
    countedOrigins: dependencies.countedOrigins,
    logKeptMs: () => (managed.retention.webhookLog ?? LOG_KEPT_DAYS) * DAY_MS,
  });
  const connectionFiles = connector({
    ...{ database, now, newId, tokens, webhooks, links, mappings: dependencies.mappings },
  });
  const dialling = createDialling({
    ...{ now, newId, schedule },
    windowHeld: dependencies.windowHeld,
    mode: () => managed.api.dialling ?? settings().apiDialling,
    tellWindow: () => publish({ type: 'dial.asked' }),
  });

  let server: ApiServer | null = null;
  let address: string | null = null;
  let problem: ApiState['problem'] = null;
  /** What the server was started for; another port is another server. */
  let servedPort: number | null = null;
  let work: Promise<void> = Promise.resolve();

  const document = (): OpenApiDocument =>
    openApiDocument(routes, { version: start.version, address: address ?? 'http://127.0.0.1' });
  const routes: readonly Route[] = [
    ...deskRoutes({ version: start.version, document }),
    ...customerRoutes({
      customers: dependencies.customers,
      entries: dependencies.entries,
      rights: dependencies.rights,
    }),
    ...callRoutes({
      ...dependencies.calls,
      now,
      nameOf: (customerId) => dependencies.customers.find(customerId).name,
      dial: dialling.dial,
    }),
    ...workRoutes({
      ...{ work: dependencies.work, now },
      largestSound: (managed.voicemails.largestMegabytes ?? LARGEST_SOUND_MIB) * 1024 * 1024,
    }),
    ...importRoutes(dependencies.imports),
  ];

  const wanted = () => managed.api.enabled ?? (start.api?.on === true || settings().apiEnabled);
  const wantedPort = () => managed.api.port ?? start.api?.port ?? settings().apiPort;

  function state(): ApiState {
    return {
      enabled: wanted(),
      address,
      problem,
      port: managed.api.port ?? settings().apiPort,
      dialling: managed.api.dialling ?? settings().apiDialling,
    };
  }

  /** One change after the other. */
  function adjust(): Promise<void> {
    work = work.then(async () => {
      const port = wanted() ? wantedPort() : null;
      if (port === servedPort && (port === null || server !== null)) return;
      await server?.close();
      server = null;
      address = null;
      problem = null;
      servedPort = port;
      if (port !== null) await listen(port);
      changed();
      dependencies.send({ type: 'api', address });
    });
    return work;
  }

  async function listen(port: number): Promise<void> {
    // Other programs keep the address: any free port is the same one as last time, if it is free.
    const kept = port === 0 ? Number(remembered.get(PORT_NAME)?.value ?? 0) : port;
    try {
      await listenOn(kept);
    } catch (error) {
      const taken = codeOf(error) === 'EADDRINUSE' || codeOf(error) === 'EACCES';
      if (port === 0 && taken && kept !== 0) {
        await listenOn(0).catch(() => undefined);
      }
      if (server === null) {
        problem = taken ? 'portTaken' : 'cannotListen';
        log.warn({ kind: problem, port }, 'the API does not listen');
      }
    }
  }

  async function listenOn(port: number): Promise<void> {
    const made = createApiServer({
      ...{ routes: () => routes, bearerOf: tokens.bearerOf, now, log },
      settled: dependencies.settled,
    });
    const actual = await made.listen(port);
    server = made;
    address = `http://127.0.0.1:${actual}`;
    remember.run(PORT_NAME, String(actual));
  }

  const handlers: Api['handlers'] = {
    state: () => ({
      api: state(),
      tokens: tokens.list(),
      webhooks: webhooks.list(),
      links: links.list(),
      connections: connectionFiles.list(),
      policy: policy.state,
      ready: dependencies.mappings === null ? [] : [...READY_CONNECTIONS],
    }),
    async setApi({ enabled, port, dialling: mode }) {
      dependencies.changeSettings({
        ...(enabled === undefined ? {} : { apiEnabled: enabled }),
        ...(port === undefined ? {} : { apiPort: port }),
        ...(mode === undefined ? {} : { apiDialling: mode }),
      });
      await adjust();
      return state();
    },
    createToken(input) {
      const made = tokens.create(input);
      changed();
      return made;
    },
    revokeToken({ tokenId }) {
      tokens.revoke(tokenId);
      changed();
      return {};
    },
    addWebhook: (input) => webhooks.add(input),
    removeWebhook({ webhookId }) {
      webhooks.remove(webhookId);
      return {};
    },
    setWebhookState: ({ webhookId, state: next }) => webhooks.setState(webhookId, next),
    testWebhook: ({ webhookId }) => webhooks.test(webhookId),
    deliveries: (input) => webhooks.deliveries(input),
    links: () => links.list(),
    addLink(input) {
      const link = links.add(input);
      changed();
      return link;
    },
    changeLink({ linkId, ...changes }) {
      const link = links.change(linkId, changes);
      changed();
      return link;
    },
    removeLink({ linkId }) {
      links.remove(linkId);
      changed();
      return {};
    },
    preview: ({ text }) => previewOf(text),
    connect({ text }) {
      const made = connectionFiles.connect(text);
      changed();
      return made;
    },
    disconnect({ connectionId }) {
      connectionFiles.disconnect(connectionId);
      changed();
      return {};
    },
    dialRequests: () => dialling.requests(),
    claimDial({ requestId }) {
      dialling.claim(requestId);
      return {};
    },
    answerDial({ requestId, result }) {
      dialling.answer(requestId, result);
      return {};
    },
  };

  return {
    handlers,
    webhooks,
    begin: adjust,
    settingsChanged: () => void adjust(),
    windowLeft: dialling.windowLeft,
    async stop() {
      webhooks.stop();
      dialling.windowLeft();
      await work;
      await server?.close();
    },
  };
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
