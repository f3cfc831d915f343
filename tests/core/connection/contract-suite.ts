// What the contract promises, as a window sees it. The suite runs over every transport.
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { newId } from '../../../main/core/ids.ts';
import type { CoreEvent } from '../../../preload/contract/contract.ts';
import { wrapUpDraft } from '../../../preload/contract/wrap-ups.ts';
import {
  aHandledCall,
  anInboundCall,
  anOutboundCall,
  completed,
  givenUp,
  unanswered,
} from '../support/call-events.ts';
import {
  aCore,
  MORNING,
  type TestCore,
  type TestLink,
  type Transport,
} from '../support/test-core.ts';

/** Frames that no window of ours sends. */
const NO_MESSAGES: readonly (string | Uint8Array)[] = [
  ...[
    '',
    '{',
    'null',
    '[]',
    '7',
    '"text"',
    '{"not":"a request"}',
    '{"i":1,"p":{"u":"/session/ping"}}',
  ],
  ...['{"i":"1"}', '{"i":"1","p":null}', '{"i":"1","p":{}}', '{"i":"1","p":{"u":7}}'],
  ...['{"i":"1","p":{"u":"session"}}', '{"i":"1","p":{"u":"http://[/"}}', '{"i":"1","t":3}'],
  ...['{"i":"1","t":2,"p":{"u":"/session/ping"}}', '{"i":"1","t":"x","p":{"u":"/"}}'],
  ...['{"i":"1","p":{"u":"/session/ping","h":null}}', '{"i":"1","p":{"u":"/","m":{}}}'],
  `{"i":"1","p":${'['.repeat(50_000)}${']'.repeat(50_000)}}`,
  new Uint8Array([0xff, 0xfe, 0x00]),
  new TextEncoder().encode('{"i":"1","p":{"u":"/session/ping"}}'),
];

export function contractSuite(transport: Transport): void {
  describe(`the contract over a ${transport}`, () => {
    let core: TestCore;
    let desk: TestLink;

    beforeEach(async () => {
      core = await aCore({ transport });
      desk = await core.open();
    });
    afterEach(() => core.stop());

    test('session.open says who and where', async () => {
      const opened = await (await core.link()).client.session.ping({});
      expect(opened.now).toBe(MORNING);
      await desk.cut();
      const again = await core.link();
      const answer = await again.client.session.open({ windowId: newId() });
      expect(answer).toMatchObject({
        version: '0.0.0-test',
        agent: { name: 'Agent', me: true },
        account: null,
        keyStore: 'files',
        dataFolder: core.folder,
        recovery: null,
        interruptedCalls: 0,
      });
    });

    test('one window at a time, until its link is gone', async () => {
      const second = await core.link();
      const refusal = { code: 'DESK_OPEN_ELSEWHERE', defined: true, data: { since: MORNING } };
      await expect(second.client.session.open({ windowId: newId() })).rejects.toMatchObject(
        refusal,
      );
      await expect(second.client.settings.change({ theme: 'dark' })).rejects.toMatchObject(refusal);
      await desk.cut();
      await expect(second.client.session.open({ windowId: newId() })).resolves.toBeDefined();
    });

    test('the same window may come back over a new link while the old one hangs', async () => {
      const windowId = newId();
      await desk.cut();
      await core.open({ windowId });
      const again = await core.open({ windowId });
      await expect(again.client.settings.get({})).resolves.toMatchObject({ theme: 'system' });
    });

    test('an inbound call: stored, wrapped up, in the timeline and in My day', async () => {
      const customer = await desk.client.customers.create({
        name: 'Anna Beispiel',
        numbers: ['030 23125042'],
      });
      const call = anInboundCall(MORNING);
      const first = await desk.client.calls.append({ events: call.events });
      expect(first.stored).toEqual([{ callId: call.callId, seq: 0 }]);
      expect(first.context?.match).toMatchObject({ kind: 'known', reason: 'ownNumber' });
      expect(first.context?.story?.customer.id).toBe(customer.id);

      call
        .next(5_000, { type: 'answered' })
        .next(10_000, { type: 'held', by: 'agent' })
        .next(4_000, { type: 'resumed', by: 'agent' })
        .next(46_000, completed);
      const later = await desk.client.calls.append({ events: call.events.slice(1) });
      expect(later.context).toBeNull();
      core.clock.advance(70_000);
      const record = await desk.client.calls.get({ callId: call.callId });
      expect(record).toMatchObject({
        ringMs: 5_000,
        talkMs: 56_000,
        holdMs: 4_000,
        cause: 'completed',
      });

      const [wrapUp] = await desk.client.wrapUps.open({});
      expect(wrapUp?.call.callId).toBe(call.callId);
      const saved = await desk.client.wrapUps.save({
        wrapUpId: wrapUp?.wrapUpId ?? '',
        result: wrapUpDraft.parse({
          outcome: 'reached',
          end: { emotion: 'trust', intensity: 0.75 },
          expectation: 'met',
          deal: { state: 'won', valueCents: 1_999_00, title: null, lostReason: null },
          note: 'Nimmt den Kombi.',
        }),
        tagMs: 1_200,
      });
      expect(saved.contactId).toBe(record.contactId);

      const { entries } = await desk.client.customers.timeline({ customerId: customer.id });
      expect(entries[0]).toMatchObject({
        kind: 'call',
        outcome: 'reached',
        note: 'Nimmt den Kombi.',
        end: { emotion: 'trust', intensity: 0.75 },
        call: { callId: call.callId, talkMs: 56_000, wrapUpOpen: false },
        deal: { state: 'won', valueCents: 1_999_00 },
      });
      const { figures, day } = await desk.client.kpi.day({});
      expect(day).toBe('2026-11-23');
      const value = (kpi: string) => figures.find((figure) => figure.kpi === kpi)?.value;
      expect(value('handled')).toBe(1);
      expect(value('talkTime')).toBe(56_000);
      expect(value('dealsWon')).toBe(1);
      expect(value('revenue')).toBe(1_999_00);
      expect(value('closeRate')).toBe(1);
      expect(await desk.client.kpi.rebuild({})).toMatchObject({ differing: 0 });
    });

    test('sending events again is harmless, a gap or a contradiction is refused', async () => {
      const call = anInboundCall(MORNING).next(3_000, { type: 'answered' }).next(9_000, completed);
      await desk.client.calls.append({ events: call.events });
      const before = await desk.client.calls.get({ callId: call.callId });
      const again = await desk.client.calls.append({ events: call.events });
      expect(again.stored).toHaveLength(3);
      expect(await desk.client.calls.get({ callId: call.callId })).toEqual(before);

      const refused = (reason: string) => ({
        code: 'CALL_EVENT_REFUSED',
        defined: true,
        data: { reason },
      });
      const other = anInboundCall(MORNING, { callId: call.callId }).next(4_000, {
        type: 'answered',
      });
      await expect(
        desk.client.calls.append({ events: other.events.slice(1) }),
      ).rejects.toMatchObject(refused('contradiction'));
      const next = anInboundCall(MORNING);
      await desk.client.calls.append({ events: next.events });
      next.next(1_000, { type: 'ringing' }).next(1_000, { type: 'answered' });
      await expect(
        desk.client.calls.append({ events: next.events.slice(2) }),
      ).rejects.toMatchObject(refused('gap'));
      const unbegun = anInboundCall(MORNING).next(1_000, { type: 'answered' });
      await expect(
        desk.client.calls.append({ events: unbegun.events.slice(1) }),
      ).rejects.toMatchObject(refused('noBeginning'));
      call.next(1_000, { type: 'muted' });
      await expect(
        desk.client.calls.append({ events: call.events.slice(3) }),
      ).rejects.toMatchObject(refused('callEnded'));
    });

    test('missed calls of one number are one row, until they are returned or dismissed', async () => {
      for (const at of [MORNING, MORNING + 60_000]) {
        const missed = anInboundCall(at).next(20_000, givenUp);
        await desk.client.calls.append({ events: missed.events });
      }
      const other = anInboundCall(MORNING, { number: '+493023125077' }).next(20_000, givenUp);
      await desk.client.calls.append({ events: other.events });
      const missed = await desk.client.calls.missed({});
      expect(missed.map(({ e164, attempts }) => [e164, attempts])).toEqual([
        ['+493023125042', 2],
        ['+493023125077', 1],
      ]);
      await desk.client.calls.dismissMissed({ callId: other.callId });
      const back = anOutboundCall(MORNING + 120_000)
        .next(2_000, { type: 'ringing' })
        .next(5_000, unanswered);
      await desk.client.calls.append({ events: back.events });
      expect(await desk.client.calls.missed({})).toHaveLength(1);
      const reached = anOutboundCall(MORNING + 180_000)
        .next(5_000, { type: 'answered' })
        .next(9_000, completed);
      await desk.client.calls.append({ events: reached.events });
      expect(await desk.client.calls.missed({})).toEqual([]);
    });

    test('drafts keep what is typed, and the older one does not win', async () => {
      const { wrapUp } = await aHandledCall(desk.client, MORNING, 30_000);
      const { wrapUpId } = wrapUp;
      const draft = wrapUpDraft.parse({ note: 'erste Worte' });
      expect(await desk.client.wrapUps.saveDraft({ wrapUpId, revision: 0, draft })).toEqual({
        revision: 1,
      });
      expect(await desk.client.wrapUps.saveDraft({ wrapUpId, revision: 0, draft })).toEqual({
        revision: 1,
      });
      await expect(
        desk.client.wrapUps.saveDraft({
          wrapUpId,
          revision: 0,
          draft: wrapUpDraft.parse({ note: 'älter' }),
        }),
      ).rejects.toMatchObject({ code: 'STALE', data: { revision: 1 } });
      const [open] = await desk.client.wrapUps.open({});
      expect(open?.draft.note).toBe('erste Worte');
    });

    test('a wrap-up that lacks something says everything at once and is kept', async () => {
      const { wrapUp } = await aHandledCall(desk.client, MORNING, 30_000);
      const result = wrapUpDraft.parse({
        promise: { text: ' ', dueAt: null, ownerId: newId() },
        deal: { state: 'won', valueCents: null, title: null, lostReason: null },
      });
      await expect(
        desk.client.wrapUps.save({ wrapUpId: wrapUp.wrapUpId, result }),
      ).rejects.toMatchObject({
        code: 'WRAP_UP_INCOMPLETE',
        data: {
          problems: [
            'outcomeMissing',
            'promiseTextMissing',
            'promiseDueMissing',
            'promiseOwnerMissing',
            'dealValueMissing',
          ],
        },
      });
      expect(await desk.client.wrapUps.open({})).toHaveLength(1);
    });

    test('a promise is made, moved and kept', async () => {
      const [me] = await desk.client.agents.list({});
      const { wrapUp } = await aHandledCall(desk.client, MORNING, 30_000);
      const dueAt = MORNING + 3_600_000;
      await desk.client.wrapUps.save({
        wrapUpId: wrapUp.wrapUpId,
        result: wrapUpDraft.parse({
          outcome: 'callback',
          promise: { text: 'Angebot schicken', dueAt, ownerId: me?.id ?? null },
        }),
      });
      const [due] = (await desk.client.desk.waiting({})).due;
      expect(due).toMatchObject({ text: 'Angebot schicken', state: 'open', ownerName: 'Agent' });
      const promiseId = due?.id ?? '';
      const moved = await desk.client.promises.move({ promiseId, dueAt: dueAt + 60_000 });
      expect(moved.dueAt).toBe(dueAt + 60_000);
      const kept = await desk.client.promises.settle({ promiseId, state: 'kept' });
      expect(kept).toMatchObject({ state: 'kept', settledAt: MORNING });
      expect((await desk.client.desk.waiting({})).dueCount).toBe(0);
      const open = await desk.client.promises.settle({ promiseId, state: 'open' });
      expect(open).toMatchObject({ state: 'open', settledAt: null });
    });

    test('a recording is begun after both consents, sent in chunks, played back and erased', async () => {
      const call = anInboundCall(MORNING).next(2_000, { type: 'answered' });
      await desk.client.calls.append({ events: call.events });
      const recordingId = newId();
      const { recordings } = desk.client;
      const consents = { agentAnnouncedAt: MORNING, customerAgreedAt: MORNING + 1 };
      const begin = () => recordings.begin({ callId: call.callId, recordingId, ...consents });
      await expect(begin()).rejects.toMatchObject({
        ...{ code: 'RECORDING_REFUSED', defined: true, data: { reason: 'notAllowed' } },
      });
      await desk.client.settings.change({ recordingAllowed: true });
      expect(await begin()).toMatchObject({ state: 'open', bytes: 0 });
      expect(await begin()).toMatchObject({ state: 'open', bytes: 0 });
      // The largest chunk that the contract takes.
      const chunk = Buffer.alloc(525_000, 'Anklang').toString('base64');
      expect(await recordings.append({ recordingId, index: 0, chunk })).toEqual({ bytes: 525_000 });
      expect(await recordings.finish({ recordingId })).toMatchObject({ state: 'finished' });
      const head = await recordings.read({ recordingId, offset: 0 });
      const tail = await recordings.read({ recordingId, offset: head.next ?? 0 });
      expect(tail.next).toBeNull();
      const played = [head, tail].map((part) => Buffer.from(part.chunk, 'base64'));
      expect(Buffer.concat(played).toString('base64') === chunk).toBe(true);
      expect(await recordings.erase({ recordingId })).toMatchObject({ state: 'erased', bytes: 0 });
    });

    test('events tell what to ask again', async () => {
      const heard: CoreEvent[] = [];
      const stop = new AbortController();
      const events = await desk.client.session.events(undefined, { signal: stop.signal });
      const listening = (async () => {
        for await (const event of events) {
          heard.push(event);
          if (event.type === 'settings.changed') return;
        }
      })();
      const call = anInboundCall(MORNING);
      await desk.client.calls.append({ events: call.events });
      await desk.client.settings.change({ theme: 'dark' });
      await listening;
      stop.abort();
      expect(heard).toContainEqual({
        type: 'calls.changed',
        callId: call.callId,
        customerId: null,
      });
      expect(heard.at(-1)).toEqual({ type: 'settings.changed' });
    });

    test('an account is staged, saved, used and removed; its password never comes back with it', async () => {
      await expect(desk.client.account.credentials({})).rejects.toMatchObject({
        code: 'NO_ACCOUNT',
      });
      const input = {
        server: 'wss://pbx.test:8443/ws',
        user: '200',
        domain: 'pbx.test',
        password: 'geheim',
      };
      await desk.client.account.stage(input);
      expect(core.sent.at(-1)).toEqual({
        type: 'connectSources',
        sources: ['wss://pbx.test:8443'],
      });
      expect((await desk.client.account.credentials({ draft: true })).password).toBe('geheim');
      expect(await desk.client.account.get({})).toBeNull();
      const { password: _password, ...withoutPassword } = input;
      const saved = await desk.client.account.save(withoutPassword);
      expect(saved).toMatchObject({ user: '200', hasPassword: true });
      expect(JSON.stringify(saved)).not.toContain('geheim');
      expect((await desk.client.account.credentials({})).password).toBe('geheim');
      await desk.client.account.remove({});
      expect(await desk.client.account.get({})).toBeNull();
      expect(core.sent.at(-1)).toEqual({ type: 'connectSources', sources: [] });
    });

    test('frames beyond a mebibyte and frames that are none change nothing and stop nothing', async () => {
      const other = await core.link();
      other.sendRaw('x'.repeat(1_048_577));
      const third = await core.link();
      const complained = vi.spyOn(console, 'error').mockImplementation(() => undefined);
      onTestFinished(() => complained.mockRestore());
      for (const frame of NO_MESSAGES) third.sendRaw(frame);
      await expect(desk.client.session.ping({})).resolves.toEqual({ now: MORNING });
      // The link on which they came goes on, and nothing fell over them.
      await expect(third.client.session.ping({})).resolves.toEqual({ now: MORNING });
      expect(complained).not.toHaveBeenCalled();
    });
  });
}
