import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CallInput } from '../../../renderer/phone/call-state.ts';
import { isUp } from '../../../renderer/phone/call-draft.ts';
import { offerCall, placeCall } from '../../../renderer/phone/call.ts';
import {
  addCall,
  type DeskCalls,
  type DeskEffect,
  giveUpWish,
  isFree,
  isOver,
  NO_CALLS,
  nextDeskState,
} from '../../../renderer/phone/desk-calls.ts';
import { anyInput } from './any-input.ts';

const REMOTE = { uri: 'sip:+4930@x.test', number: '+4930', display: null, anonymous: false };
const NOW = { at: 1_000, random: 0.5 };

function begin(desk: DeskCalls, callId: string, direction: 'in' | 'out'): DeskCalls {
  const head = { callId, remote: REMOTE, origin: 'real', accountId: null } as const;
  return addCall(
    desk,
    direction === 'out'
      ? placeCall(
          {
            ...head,
            customerId: null,
            returnsCallId: null,
            legOfCallId: null,
            consultationFor: null,
            referredByCallId: null,
          },
          NOW,
        )
      : offerCall(
          { ...head, calledNumber: null, divertedFrom: null, queue: null, replacesCallId: null },
          NOW,
        ),
  ).desk;
}

class Desk {
  calls: DeskCalls = NO_CALLS;
  effects: DeskEffect[] = [];
  do(callId: string, ...inputs: CallInput[]): this {
    for (const input of inputs) {
      const step = nextDeskState(this.calls, callId, input, NOW);
      this.calls = step.desk;
      this.effects = [...step.effects];
    }
    return this;
  }
  begin(callId: string, direction: 'in' | 'out'): this {
    this.calls = begin(this.calls, callId, direction);
    return this;
  }
  phase(callId: string): string | undefined {
    return this.calls.calls.find((call) => call.callId === callId)?.phase;
  }
}

const TAKEN: CallInput[] = [
  { type: 'progressSent' },
  { type: 'answer' },
  { type: 'okSent' },
  { type: 'ackReceived' },
];

describe('a second call', () => {
  const talkingAndRinging = (): Desk =>
    new Desk()
      .begin('a', 'in')
      .do('a', ...TAKEN)
      .begin('b', 'in')
      .do('b', { type: 'progressSent' });

  test('is answered only once the first is held', () => {
    const desk = talkingAndRinging().do('b', { type: 'answer' });
    expect(desk.phase('b')).toBe('alerting');
    expect(desk.effects).toContainEqual({
      callId: 'a',
      effect: { type: 'reinvite', hold: true, iceRestart: false },
    });
    desk.do('a', { type: 'reinviteAccepted' });
    expect(desk.phase('b')).toBe('answering');
    expect(desk.effects).toContainEqual({ wishTimer: null });
  });

  test('keeps ringing when the first cannot be held, or not in time', () => {
    const refused = talkingAndRinging()
      .do('b', { type: 'answer' })
      .do('a', { type: 'reinviteRejected', sipCode: 488 });
    expect(refused.phase('b')).toBe('alerting');
    expect(refused.effects).toContainEqual({ wishGivenUp: 'b' });
    const late = talkingAndRinging().do('b', { type: 'answer' });
    const given = giveUpWish(late.calls);
    expect(given.effects).toEqual([{ wishGivenUp: 'b' }]);
    late.calls = given.desk;
    expect(late.do('a', { type: 'reinviteAccepted' }).phase('b')).toBe('alerting');
  });

  test('is answered at once when the first ends meanwhile', () => {
    const desk = talkingAndRinging().do('b', { type: 'answer' }).do('a', { type: 'byeReceived' });
    expect(desk.phase('b')).toBe('answering');
  });

  test('a held call is resumed only when no other is being set up', () => {
    const desk = new Desk()
      .begin('a', 'in')
      .do('a', ...TAKEN, { type: 'hold' }, { type: 'reinviteAccepted' });
    expect(isFree(desk.calls)).toBe(true);
    desk.begin('b', 'out').do('a', { type: 'resume' });
    expect(desk.effects).toEqual([{ wishGivenUp: 'a' }]);
    expect(isFree(desk.calls)).toBe(false);
  });
});

test('whatever happens, at most one confirmed call is not on hold', () => {
  const step = fc.oneof(
    fc.record({ callId: fc.constantFrom('a', 'b', 'c'), input: anyInput }),
    fc.record({ begin: fc.constantFrom('in' as const, 'out' as const) }),
    fc.constant({ giveUp: true as const }),
  );
  /** Several calls that are up, so that the rule has something to hold. */
  const rich = fc.array(step, { maxLength: 80 });
  fc.assert(
    fc.property(rich, (steps) => {
      let desk: DeskCalls = NO_CALLS;
      let letters = 0;
      for (const [callId, direction] of [
        ['a', 'in'],
        ['b', 'in'],
      ] as const) {
        desk = begin(desk, callId, direction);
        for (const input of TAKEN) desk = nextDeskState(desk, callId, input, NOW).desk;
        desk = nextDeskState(desk, 'a', { type: 'reinviteAccepted' }, NOW).desk;
        for (const input of TAKEN.slice(2)) desk = nextDeskState(desk, callId, input, NOW).desk;
      }
      for (const next of steps) {
        if ('callId' in next) desk = nextDeskState(desk, next.callId, next.input, NOW).desk;
        else if ('giveUp' in next) desk = giveUpWish(desk).desk;
        else if (next.begin === 'in' || isFree(desk)) {
          const name = ['a', 'b', 'c'].find((id) =>
            desk.calls.every((call) => call.callId !== id || isOver(call)),
          );
          letters += 1;
          if (name)
            desk = begin(
              { ...desk, calls: desk.calls.filter((call) => call.callId !== name) },
              name,
              next.begin,
            );
        }
        const talking = desk.calls.filter((call) => isUp(call) && !call.localHold);
        expect(talking.length).toBeLessThanOrEqual(1);
      }
      return letters >= 0;
    }),
    { numRuns: 3_000 },
  );
});
