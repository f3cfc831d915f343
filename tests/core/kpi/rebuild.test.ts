// Random working days through the contract: what was counted as it happened equals what is counted
// again from the facts.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newId } from '../../../main/core/ids.ts';
import { DEAL_STATES, END_CAUSES, OUTCOMES } from '../../../preload/contract/vocabulary.ts';
import { wrapUpDraft } from '../../../preload/contract/wrap-ups.ts';
import { anInboundCall, anOutboundCall } from '../support/call-events.ts';
import { aCore, type DeskClient, type TestCore } from '../support/test-core.ts';

const numbers = ['+493023125001', '+493023125002', '12', null];
const origin = fc.constantFrom('practice' as const, 'real' as const);
const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('call' as const),
      inbound: fc.boolean(),
      number: fc.constantFrom(...numbers),
      origin,
      ringMs: fc.nat(20_000),
      talkMs: fc.option(fc.nat(400_000)),
      holdMs: fc.nat(60_000),
      cause: fc.constantFrom(...END_CAUSES),
      unfinished: fc.boolean(),
      /** Goes on with the call before it. */
      leg: fc.option(fc.constantFrom('customer' as const, 'consultation' as const)),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('wrapUp' as const),
      outcome: fc.constantFrom(...OUTCOMES),
      deal: fc.option(
        fc.record({ state: fc.constantFrom(...DEAL_STATES), valueCents: fc.nat(9_999_999) }),
      ),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: fc.nat(1_000_000) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('registered' as const), is: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('relink' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('account' as const), has: fc.boolean() }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

async function take(
  core: TestCore,
  client: DeskClient,
  happening: Step,
  told: string[],
): Promise<void> {
  const { clock } = core;
  switch (happening.kind) {
    case 'wait':
      clock.advance(happening.ms);
      break;
    case 'registered':
      await client.agents.reportRegistered({ registered: happening.is, at: clock.now() });
      break;
    case 'account':
      if (happening.has)
        await client.account.save({ server: 'wss://pbx.test', user: 'a', domain: 'pbx.test' });
      else await client.account.remove({});
      break;
    case 'wrapUp': {
      const [open] = await client.wrapUps.open({});
      if (!open) return;
      const { outcome, deal } = happening;
      const result = wrapUpDraft.parse({
        outcome,
        deal: deal && { ...deal, title: null, lostReason: null },
      });
      await client.wrapUps.save({ wrapUpId: open.wrapUpId, result });
      break;
    }
    case 'call': {
      const { leg } = happening;
      const options = {
        ...{ number: happening.number, origin: happening.origin },
        ...(leg && { legOfCallId: told.at(-1) ?? null, legKind: leg }),
      };
      const call = happening.inbound
        ? anInboundCall(clock.now(), options)
        : anOutboundCall(clock.now(), options);
      await client.calls.append({ events: call.events });
      told.push(call.callId);
      const { ringMs, talkMs, holdMs, cause } = happening;
      clock.advance(ringMs);
      if (talkMs !== null) {
        call
          .next(ringMs, { type: 'answered' })
          .next(0, { type: 'held', by: 'agent' })
          .next(holdMs, { type: 'resumed', by: 'agent' });
        clock.advance(holdMs + talkMs);
      }
      await client.calls.append({ events: call.events });
      if (happening.unfinished) return;
      call.next(talkMs ?? ringMs, { type: 'ended', cause, sipCode: null, by: 'customer' });
      await client.calls.append({ events: call.events });
      break;
    }
    case 'relink':
      break;
  }
}

test('counting again comes out equal after any working day', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 20 }), async (steps) => {
      const core = await aCore();
      try {
        const windowId = newId();
        let desk = await core.open({ windowId });
        const customer = { name: 'Anna Beispiel', numbers: ['+493023125001'] };
        await desk.client.customers.create(customer);
        const told: string[] = [];
        for (const happening of steps) {
          if (happening.kind === 'relink') {
            await desk.cut();
            core.clock.advance(3_000);
            desk = await core.open({ windowId });
          } else {
            await take(core, desk.client, happening, told);
          }
        }
        const { rows, differing } = await desk.client.kpi.rebuild({});
        expect(differing).toBe(0);
        expect((await desk.client.kpi.rebuild({})).rows).toBe(rows);
      } finally {
        await core.stop();
      }
    }),
    { numRuns: 30 },
  );
});
