import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { callRecordFrom, refusalOf } from '../../../main/core/calls/call-fold.ts';
import { newId } from '../../../main/core/ids.ts';
import { isMissed, outcomeOfUnanswered } from '../../../main/core/calls/call-outcome.ts';
import type { CallEvent } from '../../../preload/contract/calls.ts';
import { END_CAUSES } from '../../../preload/contract/vocabulary.ts';
import {
  anInboundCall,
  anOutboundCall,
  completed,
  givenUp,
  unanswered,
} from '../support/call-events.ts';

const START = 1_000_000;

describe('callRecordFrom', () => {
  test('keeps ringing, talk and hold apart', () => {
    const call = anInboundCall(START)
      .next(6_000, { type: 'answered' })
      .next(10_000, { type: 'held', by: 'agent' })
      .next(5_000, { type: 'resumed', by: 'agent' })
      .next(20_000, completed);
    expect(callRecordFrom(call.events)).toMatchObject({
      direction: 'inbound',
      ringMs: 6_000,
      talkMs: 30_000,
      holdMs: 5_000,
      startedAt: START,
      answeredAt: START + 6_000,
      endedAt: START + 41_000,
      cause: 'completed',
      endedBy: 'customer',
    });
  });

  test('hold by both sides at once counts once', () => {
    const call = anInboundCall(START)
      .next(1_000, { type: 'answered' })
      .next(1_000, { type: 'held', by: 'agent' })
      .next(2_000, { type: 'held', by: 'customer' })
      .next(3_000, { type: 'resumed', by: 'agent' })
      .next(4_000, { type: 'resumed', by: 'customer' })
      .next(5_000, completed);
    expect(callRecordFrom(call.events)).toMatchObject({ holdMs: 9_000, talkMs: 6_000 });
  });

  test('hold that lasts to the end is no talk', () => {
    const call = anInboundCall(START)
      .next(1_000, { type: 'answered' })
      .next(2_000, { type: 'held', by: 'customer' })
      .next(7_000, completed);
    expect(callRecordFrom(call.events)).toMatchObject({ holdMs: 7_000, talkMs: 2_000 });
  });

  test('a transfer is what was asked last, and what became of it', () => {
    const call = anInboundCall(START)
      .next(1_000, { type: 'answered' })
      .next(1_000, { type: 'transferAsked', kind: 'blind', target: '23', withCallId: null });
    const asked = { kind: 'blind', target: '23', state: 'asked', sipCode: null };
    expect(callRecordFrom(call.events).transfer).toEqual(asked);
    call.next(1_000, { type: 'transferFailed', sipCode: 603 });
    expect(callRecordFrom(call.events).transfer).toEqual({
      ...{ ...asked, state: 'failed' },
      sipCode: 603,
    });
    call
      .next(1_000, { type: 'transferAsked', kind: 'attended', target: '24', withCallId: null })
      .next(1_000, { type: 'transferDone' });
    expect(callRecordFrom(call.events).transfer).toEqual({
      ...{ kind: 'attended', target: '24', state: 'done', sipCode: null },
    });
  });

  test('conferences, recordings and answers nobody asked for change no times', () => {
    const recordingId = newId();
    const plain = anInboundCall(START).next(0, { type: 'answered' }).next(9_000, completed);
    const full = anInboundCall(START, { callId: plain.callId })
      .next(0, { type: 'answered' })
      .next(1_000, { type: 'conferenceJoined', conferenceId: recordingId })
      .next(1_000, { type: 'recordingStarted', recordingId })
      .next(1_000, { type: 'transferDone' })
      .next(1_000, { type: 'conferenceLeft', conferenceId: recordingId })
      .next(5_000, completed);
    const { lastSeq: _plain, ...expected } = callRecordFrom(plain.events);
    const { lastSeq: _full, ...folded } = callRecordFrom(full.events);
    expect(folded).toEqual(expected);
  });

  test('an outbound call rings from the first 180 on, and a second one changes nothing', () => {
    const call = anOutboundCall(START)
      .next(800, { type: 'ringing' })
      .next(2_000, { type: 'ringing' })
      .next(3_000, { type: 'answered' })
      .next(1_000, completed);
    expect(callRecordFrom(call.events).ringMs).toBe(5_000);
  });

  test('the last quality is that of the call so far', () => {
    const quality = { mos: 4.1, lossPercent: 0.2, jitterMs: 3, rttMs: 20 };
    const call = anInboundCall(START)
      .next(1_000, { type: 'answered' })
      .next(5_000, { type: 'quality', quality: { ...quality, mos: 3 } })
      .next(5_000, { type: 'quality', quality });
    expect(callRecordFrom(call.events).quality).toEqual(quality);
  });

  const middle = fc.oneof(
    fc.constant({ type: 'ringing' } as const),
    fc.constant({ type: 'answered' } as const),
    fc
      .constantFrom('held', 'resumed')
      .chain((type) =>
        fc
          .constantFrom('agent', 'customer')
          .map((by) => ({ type, by }) as { type: 'held'; by: 'agent' }),
      ),
    fc.constantFrom({ type: 'muted' } as const, { type: 'unmuted' } as const),
    fc.constant({ type: 'dtmf', count: 1 } as const),
  );
  /** Histories as windows send them, with clocks that may be set back by up to a minute. */
  const histories = fc
    .record({
      inbound: fc.boolean(),
      steps: fc.array(fc.tuple(fc.integer({ min: -60_000, max: 600_000 }), middle), {
        maxLength: 25,
      }),
      end: fc.option(fc.tuple(fc.nat(60_000), fc.constantFrom(...END_CAUSES))),
    })
    .map(({ inbound, steps, end }) => {
      const call = inbound ? anInboundCall(START) : anOutboundCall(START);
      for (const [after, happening] of steps) {
        const repeated =
          happening.type === 'answered' && call.events.some(({ type }) => type === 'answered');
        if (!repeated) call.next(after, happening);
      }
      if (end) call.next(end[0], { type: 'ended', cause: end[1], sipCode: null, by: 'network' });
      return call.events;
    });

  test('whatever happens: no negative time, and talk + hold is the time from answer to end', () => {
    fc.assert(
      fc.property(histories, (events) => {
        const record = callRecordFrom(events);
        const until = record.endedAt ?? record.lastEventAt;
        expect(record.ringMs).toBeGreaterThanOrEqual(0);
        expect(record.talkMs).toBeGreaterThanOrEqual(0);
        expect(record.holdMs).toBeGreaterThanOrEqual(0);
        const connected = record.answeredAt === null ? 0 : until - record.answeredAt;
        expect(record.talkMs + record.holdMs).toBe(connected);
        expect(record.lastSeq).toBe(events.length - 1);
      }),
    );
  });

  test('hold is the union of both sides, as counted millisecond by millisecond', () => {
    const holds = fc.array(
      fc.record({
        after: fc.integer({ min: 0, max: 20 }),
        type: fc.constantFrom('held' as const, 'resumed' as const),
        by: fc.constantFrom('agent' as const, 'customer' as const),
      }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(holds, fc.integer({ min: 0, max: 20 }), (steps, last) => {
        const call = anInboundCall(START).next(0, { type: 'answered' });
        for (const { after, type, by } of steps) call.next(after, { type, by });
        call.next(last, completed);
        const record = callRecordFrom(call.events);
        const held = { agent: false, customer: false };
        let expected = 0;
        for (let at = START; at < (record.endedAt ?? 0); at += 1) {
          for (const event of call.events) {
            if (event.at === at && (event.type === 'held' || event.type === 'resumed')) {
              held[event.by] = event.type === 'held';
            }
          }
          if (held.agent || held.customer) expected += 1;
        }
        expect(record.holdMs).toBe(expected);
      }),
    );
  });

  test('every beginning of a history that is accepted is accepted, and nothing follows its end', () => {
    fc.assert(
      fc.property(histories, (events) => {
        events.forEach((event, index) => {
          expect(refusalOf(events.slice(0, index), event)).toBeNull();
        });
        const last = events.at(-1);
        if (last?.type !== 'ended') return;
        const after: CallEvent = {
          type: 'muted',
          callId: last.callId,
          seq: last.seq + 1,
          at: last.at,
        };
        expect(refusalOf(events, after)).toBe('callEnded');
      }),
    );
  });
});

describe('refusalOf', () => {
  const call = anInboundCall(START)
    .next(1_000, { type: 'answered' })
    .next(1_000, { type: 'muted' });
  const at = (seq: number) => call.events[seq] as CallEvent;

  test('names a gap, a missing beginning and a contradiction', () => {
    expect(refusalOf([], at(1))).toBe('noBeginning');
    expect(refusalOf([at(0)], at(2))).toBe('gap');
    expect(refusalOf([at(0), at(1)], { ...at(1), seq: 2 })).toBe('contradiction');
    expect(refusalOf([at(0)], { ...at(0), seq: 1 })).toBe('contradiction');
  });
});

describe('an unanswered call', () => {
  test('is missed when it came in and nobody declined it', () => {
    const ended = (cause: (typeof END_CAUSES)[number]) =>
      isMissed(
        callRecordFrom(
          anInboundCall(START).next(1_000, { type: 'ended', cause, sipCode: null, by: 'customer' })
            .events,
        ),
      );
    expect(ended('missed')).toBe(true);
    expect(ended('cancelled')).toBe(true);
    expect(ended('interrupted')).toBe(true);
    expect(ended('declined')).toBe(false);
    expect(ended('answeredElsewhere')).toBe(false);
    expect(isMissed(callRecordFrom(anInboundCall(START).events))).toBe(false);
    expect(isMissed(callRecordFrom(anOutboundCall(START).next(1_000, unanswered).events))).toBe(
      false,
    );
  });

  test('gives its contact an outcome where the attempt says something', () => {
    expect(
      outcomeOfUnanswered(callRecordFrom(anOutboundCall(START).next(1_000, unanswered).events)),
    ).toBe('noAnswer');
    const unknown = { type: 'ended', cause: 'notFound', sipCode: 404, by: 'network' } as const;
    expect(
      outcomeOfUnanswered(callRecordFrom(anOutboundCall(START).next(1_000, unknown).events)),
    ).toBe('wrongNumber');
    const broken = { type: 'ended', cause: 'serverError', sipCode: 500, by: 'network' } as const;
    expect(
      outcomeOfUnanswered(callRecordFrom(anOutboundCall(START).next(1_000, broken).events)),
    ).toBeNull();
    expect(
      outcomeOfUnanswered(callRecordFrom(anInboundCall(START).next(1_000, givenUp).events)),
    ).toBeNull();
  });
});
