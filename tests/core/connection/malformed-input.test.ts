import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contract } from '../../../preload/contract/contract.ts';
import { ERRORS } from '../../../preload/contract/errors.ts';
import { aHandledCall } from '../support/call-events.ts';
import { tableDigest } from '../support/table-digest.ts';
import { aCore, MORNING, type TestCore, type TestLink } from '../support/test-core.ts';

type Caller = (input: unknown) => Promise<unknown>;
type Schema = { safeParse(input: unknown): { success: boolean } };

const procedures = Object.entries(contract).flatMap(([subject, methods]) =>
  Object.entries(methods).flatMap(([method, procedure]) => {
    const schema = procedure['~orpc'].inputSchema as Schema | undefined;
    return schema ? [{ name: `${subject} ${method}`, subject, method, schema }] : [];
  }),
);

/** Anything that JSON can carry and a little more, with the field names of the contract among the keys. */
const fieldNames = [
  ...[
    'windowId',
    'liveCalls',
    'events',
    'callId',
    'customerId',
    'query',
    'cursor',
    'limit',
    'number',
    'name',
  ],
  ...[
    'changes',
    'rule',
    'subject',
    'verdict',
    'wrapUpId',
    'revision',
    'draft',
    'result',
    'promiseId',
    'state',
  ],
  ...[
    'dueAt',
    'day',
    'zone',
    'from',
    'to',
    'registered',
    'at',
    'server',
    'user',
    'domain',
    'password',
    'theme',
  ],
  ...['recordingId', 'index', 'chunk', 'offset', 'agentAnnouncedAt', 'customerAgreedAt'],
  ...[
    'furtherServers',
    'iceServers',
    'url',
    'dtmf',
    'mailbox',
    'globalKeys',
    'colleagues',
    'target',
  ],
  ...['__proto__', 'constructor', 'toString'],
];
const anything = fc.oneof(
  fc.anything({
    maxDepth: 3,
    withDate: true,
    withBigInt: true,
    key: fc.constantFrom(...fieldNames),
  }),
  fc.dictionary(fc.constantFrom(...fieldNames), fc.anything({ maxDepth: 2 }), { maxKeys: 6 }),
);

describe('malformed input', () => {
  let core: TestCore;
  let desk: TestLink;

  beforeAll(async () => {
    core = await aCore();
    desk = await core.open();
    await desk.client.customers.create({ name: 'Anna Beispiel', numbers: ['030 23125042'] });
    await aHandledCall(desk.client, MORNING, 30_000);
  });
  afterAll(() => core.stop());

  function callerOf(subject: string, method: string): Caller {
    const subjects = desk.client as unknown as Record<string, Record<string, Caller>>;
    const caller = subjects[subject]?.[method];
    if (!caller) throw new Error(`no ${subject}.${method}`);
    return caller;
  }

  test.each(procedures)(
    '$name refuses it and changes nothing',
    async ({ subject, method, schema }) => {
      const call = callerOf(subject, method);
      const before = tableDigest(core.folder);
      let refused = 0;
      await fc.assert(
        fc.asyncProperty(anything, async (input) => {
          fc.pre(!schema.safeParse(input).success);
          const error: unknown = await call(input).then(
            () => 'accepted',
            (reason: unknown) => reason,
          );
          // What cannot be put into a frame never leaves the window.
          if (!(error instanceof Error && 'code' in error)) {
            expect(error).toBeInstanceOf(Error);
            return;
          }
          expect(error).toMatchObject({ code: 'BAD_INPUT', defined: true });
          const { data } = error as unknown as { data: unknown };
          expect(ERRORS.BAD_INPUT.data.safeParse(data).success).toBe(true);
          refused += 1;
        }),
        { numRuns: 30, maxSkipsPerRun: 1_000 },
      );
      expect(refused).toBeGreaterThan(0);
      expect(tableDigest(core.folder)).toBe(before);
    },
  );

  test('well-formed ids of nothing are refused by name', async () => {
    const before = tableDigest(core.folder);
    const id = '0196b4c0-0000-7000-8000-000000000000';
    const notFound = { code: 'NOT_FOUND', defined: true, data: { id } };
    const { client } = desk;
    await expect(client.calls.get({ callId: id })).rejects.toMatchObject(notFound);
    await expect(client.calls.dismissMissed({ callId: id })).rejects.toMatchObject(notFound);
    await expect(
      client.calls.assignCustomer({ callId: id, customerId: null }),
    ).rejects.toMatchObject(notFound);
    await expect(client.customers.story({ customerId: id })).rejects.toMatchObject(notFound);
    await expect(client.customers.update({ customerId: id, changes: {} })).rejects.toMatchObject(
      notFound,
    );
    await expect(client.promises.settle({ promiseId: id, state: 'kept' })).rejects.toMatchObject(
      notFound,
    );
    await expect(client.promises.move({ promiseId: id, dueAt: 1 })).rejects.toMatchObject(notFound);
    await expect(client.wrapUps.save({ wrapUpId: id, result: {} })).rejects.toMatchObject(notFound);
    await expect(
      client.wrapUps.saveDraft({ wrapUpId: id, revision: 0, draft: {} }),
    ).rejects.toMatchObject(notFound);
    const recordingId = id;
    const { recordings } = client;
    const chunk = 'AAAA';
    await expect(recordings.append({ recordingId, index: 0, chunk })).rejects.toMatchObject(
      notFound,
    );
    await expect(recordings.finish({ recordingId })).rejects.toMatchObject(notFound);
    await expect(recordings.read({ recordingId, offset: 0 })).rejects.toMatchObject(notFound);
    await expect(recordings.erase({ recordingId })).rejects.toMatchObject(notFound);
    await expect(recordings.ofCall({ callId: id })).rejects.toMatchObject(notFound);
    expect(tableDigest(core.folder)).toBe(before);
  });

  test('time zones, days and addresses that cannot be meant are refused as bad input', async () => {
    const before = tableDigest(core.folder);
    const bad = (path: string, code: string) => ({
      code: 'BAD_INPUT',
      data: { issues: [{ path: [path], code }] },
    });
    const { client } = desk;
    await expect(client.settings.change({ zone: 'Mars/Olympus' })).rejects.toMatchObject(
      bad('zone', 'unknownZone'),
    );
    await expect(client.kpi.day({ zone: 'Mars/Olympus' })).rejects.toMatchObject(
      bad('zone', 'unknownZone'),
    );
    await expect(client.kpi.days({ from: '2026-02-02', to: '2026-02-01' })).rejects.toMatchObject(
      bad('to', 'beforeFrom'),
    );
    await expect(client.kpi.days({ from: '2020-01-01', to: '2026-01-01' })).rejects.toMatchObject(
      bad('to', 'tooManyDays'),
    );
    await expect(
      client.account.save({ server: 'wss://pbx.test:99999', user: 'a', domain: 'pbx.test' }),
    ).rejects.toMatchObject(bad('server', 'webSocketAddress'));
    const furtherServers = ['wss://b.pbx.test', 'wss://c.pbx.test:99999'];
    await expect(
      client.account.stage({
        server: 'wss://pbx.test',
        user: 'a',
        domain: 'pbx.test',
        furtherServers,
      }),
    ).rejects.toMatchObject({
      data: { issues: [{ path: ['furtherServers', 1], code: 'webSocketAddress' }] },
    });
    await expect(
      client.account.save({ server: 'ws://pbx.test', user: 'a', domain: 'pbx.test' }),
    ).rejects.toMatchObject(bad('server', 'webSocketAddress'));
    expect(tableDigest(core.folder)).toBe(before);
  });
});
