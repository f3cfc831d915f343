import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  BUCKET_MS,
  type CountedLeg,
  differenceOf,
  type MeasureRow,
  measuresOfContact,
  measuresOfDeal,
  measuresOfState,
  summed,
} from '../../../main/core/kpi/measure-rows.ts';

const whose = { agentId: 'a', listId: null, origin: 'real' as const };
const call: CountedLeg = {
  ...whose,
  legKind: 'customer',
  direction: 'inbound' as const,
  internal: false,
  missed: false,
  startedAt: 10 * BUCKET_MS + 5,
  answeredAt: 10 * BUCKET_MS + 5_005,
  endedAt: 11 * BUCKET_MS,
  talkMs: 60_000,
  holdMs: 3_000,
};
const measuresOfCall = (leg: CountedLeg) => measuresOfContact([leg]);
const valuesOf = (rows: readonly MeasureRow[]) =>
  Object.fromEntries(rows.map(({ measure, value }) => [measure, value]));

describe('a call', () => {
  test('counts once it is over, where it began', () => {
    const rows = measuresOfCall(call);
    expect(valuesOf(rows)).toEqual({
      handled: 1,
      handledInbound: 1,
      talkMs: 60_000,
      holdMs: 3_000,
    });
    expect(new Set(rows.map((row) => row.bucket))).toEqual(new Set([10 * BUCKET_MS]));
    expect(measuresOfCall({ ...call, endedAt: null })).toEqual([]);
  });

  test('does not count among colleagues, and unanswered it is a dial or missed', () => {
    expect(measuresOfCall({ ...call, internal: true })).toEqual([]);
    const unanswered = { ...call, answeredAt: null, talkMs: 0, holdMs: 0 };
    expect(valuesOf(measuresOfCall({ ...unanswered, missed: true }))).toEqual({ missed: 1 });
    expect(valuesOf(measuresOfCall({ ...unanswered, direction: 'outbound' }))).toEqual({
      dials: 1,
    });
    expect(valuesOf(measuresOfCall({ ...call, direction: 'outbound' }))).toMatchObject({
      dials: 1,
      answered: 1,
    });
  });
});

describe('a contact of several legs', () => {
  const second = {
    ...call,
    startedAt: 12 * BUCKET_MS,
    answeredAt: 12 * BUCKET_MS,
    talkMs: 20_000,
    holdMs: 0,
  };
  const consultation: CountedLeg = { ...second, legKind: 'consultation', direction: 'outbound' };

  test('is handled once, where its first answered leg began; talk is in the bucket of each', () => {
    const rows = measuresOfContact([second, call]);
    expect(rows.filter(({ measure }) => measure === 'handled')).toEqual([
      expect.objectContaining({ bucket: 10 * BUCKET_MS, value: 1 }),
    ]);
    const talk = rows.filter(({ measure }) => measure === 'talkMs');
    expect(talk.map(({ bucket, value }) => [bucket / BUCKET_MS, value])).toEqual([
      [10, 60_000],
      [12, 20_000],
    ]);
    const unanswered = { ...call, answeredAt: null, talkMs: 0, holdMs: 0, missed: true };
    expect(measuresOfContact([unanswered, second])).toContainEqual(
      expect.objectContaining({ measure: 'handled', bucket: 12 * BUCKET_MS }),
    );
  });

  test('keeps what colleagues were asked apart; alone, or about a colleague, it counts nothing', () => {
    const alone = valuesOf(measuresOfContact([call]));
    expect(valuesOf(measuresOfContact([call, consultation]))).toEqual({
      ...alone,
      consultMs: 20_000,
    });
    expect(measuresOfContact([consultation])).toEqual([]);
    expect(measuresOfContact([{ ...call, internal: true }, consultation])).toEqual([]);
  });

  test('adds up the same in whatever order its legs end', () => {
    const leg = fc.record({
      legKind: fc.constantFrom('customer' as const, 'consultation' as const),
      direction: fc.constantFrom('inbound' as const, 'outbound' as const),
      internal: fc.boolean(),
      startedAt: fc.nat(20 * BUCKET_MS),
      answeredAt: fc.option(fc.nat(20 * BUCKET_MS)),
      talkMs: fc.nat(100_000),
      holdMs: fc.nat(100_000),
    });
    const legs = fc
      .array(leg, { maxLength: 6 })
      .map((some) => some.map((one) => ({ ...whose, missed: false, endedAt: 1, ...one })));
    fc.assert(
      fc.property(legs, fc.infiniteStream(fc.nat()), (all, order) => {
        const open: CountedLeg[] = all.map((one) => ({ ...one, endedAt: null }));
        const counted: MeasureRow[] = [];
        const left = all.map((_, index) => index);
        while (left.length > 0) {
          const [index = 0] = left.splice((order.next().value ?? 0) % left.length, 1);
          const before = measuresOfContact(open);
          open[index] = all[index] ?? call;
          counted.push(...differenceOf(before, measuresOfContact(open)));
        }
        const sorted = (rows: readonly MeasureRow[]) =>
          rows
            .filter(({ value }) => value !== 0)
            .map((row) => JSON.stringify(row))
            .sort();
        expect(sorted(summed(counted))).toEqual(sorted(measuresOfContact(all)));
        const handled = counted.filter(({ measure }) => measure === 'handled');
        expect(handled.reduce((sum, { value }) => sum + value, 0)).toBeLessThanOrEqual(1);
      }),
    );
  });
});

test('a deal counts when it is decided; a cancelled one takes its win back', () => {
  const won = {
    ...whose,
    state: 'won' as const,
    valueCents: 500,
    decidedAt: BUCKET_MS,
    cancelledAt: null,
  };
  expect(valuesOf(measuresOfDeal(won))).toEqual({ won: 1, wonCents: 500 });
  const cancelled = differenceOf(
    measuresOfDeal(won),
    measuresOfDeal({ ...won, cancelledAt: 2 * BUCKET_MS }),
  );
  expect(valuesOf(cancelled)).toEqual({ won: -1, wonCents: -500 });
  expect(measuresOfDeal({ ...won, state: 'open', decidedAt: null })).toEqual([]);
});

test('time in a state is split at the edges, and adds up however it is cut', () => {
  const time = fc.integer({ min: 0, max: 20 * BUCKET_MS });
  fc.assert(
    fc.property(time, time, fc.double({ min: 0, max: 1, noNaN: true }), (one, other, share) => {
      const since = Math.min(one, other);
      const until = Math.max(one, other);
      const state = { ...whose, state: 'available' as const, since, until };
      const whole = measuresOfState(state);
      expect(whole.reduce((sum, row) => sum + row.value, 0)).toBe(until - since);
      for (const row of whole) {
        expect(row.value).toBeLessThanOrEqual(BUCKET_MS);
        expect(row.bucket % BUCKET_MS).toBe(0);
      }
      const cut = since + Math.floor((until - since) * share);
      const parts = [
        ...measuresOfState({ ...state, until: cut }),
        ...measuresOfState({ ...state, since: cut }),
      ];
      expect(summed(parts)).toEqual(whole);
    }),
  );
});

test('no state but available and wrap-up adds time', () => {
  const state = { ...whose, since: 0, until: BUCKET_MS };
  expect(measuresOfState({ ...state, state: 'call' })).toEqual([]);
  expect(measuresOfState({ ...state, state: 'offline' })).toEqual([]);
  expect(valuesOf(measuresOfState({ ...state, state: 'wrapUp' }))).toEqual({ wrapMs: BUCKET_MS });
});
