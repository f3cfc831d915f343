import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { callEvent } from '../../../preload/contract/calls.ts';
import type { CallEffect, CallInput, CallState } from '../../../renderer/phone/call-state.ts';
import { isUp, microphoneOpen, PHASE_LIMITS } from '../../../renderer/phone/call-draft.ts';
import { isReferring } from '../../../renderer/phone/call-transfer.ts';
import { nextCallState, offerCall, placeCall } from '../../../renderer/phone/call.ts';
import { anyCompany, anyInput, quality } from './any-input.ts';

const REMOTE = { uri: 'sip:+4930@x.test', number: '+4930', display: null, anonymous: false };
const HEAD = {
  callId: '01890000-0000-7000-8000-000000000001',
  remote: REMOTE,
  origin: 'real',
  accountId: null,
} as const;
const begun = (direction: 'in' | 'out') =>
  direction === 'out'
    ? placeCall(
        {
          ...HEAD,
          customerId: null,
          returnsCallId: null,
          legOfCallId: null,
          consultationFor: null,
          referredByCallId: null,
        },
        { at: 1_000, random: 0.5 },
      )
    : offerCall(
        { ...HEAD, calledNumber: null, divertedFrom: null, queue: null, replacesCallId: null },
        { at: 1_000, random: 0.5 },
      );

interface Run {
  states: CallState[];
  effects: CallEffect[];
  /** Timers that run after each step. */
  running: Set<string>[];
}

function play(direction: 'in' | 'out', inputs: readonly CallInput[]): Run {
  const run: Run = { states: [], effects: [], running: [] };
  const timers = new Set<string>();
  const take = (step: { state: CallState; effects: readonly CallEffect[] }): CallState => {
    for (const effect of step.effects) {
      if (effect.type === 'startTimer') timers.add(effect.timer);
      if (effect.type === 'stopTimer') timers.delete(effect.timer);
      run.effects.push(effect);
    }
    run.states.push(step.state);
    run.running.push(new Set(timers));
    return step.state;
  };
  let state = take(begun(direction));
  let at = 1_000;
  for (const input of inputs) {
    at += 1_000;
    // A timer that does not run cannot go off.
    if (input.type === 'timer' && !timers.delete(input.timer)) continue;
    state = take(nextCallState(state, input, { at, random: (at % 7) / 7 }));
  }
  return run;
}

const anyThing = fc.oneof({ weight: 6, arbitrary: anyInput }, { weight: 1, arbitrary: anyCompany });
const anyRun = fc
  .tuple(fc.constantFrom('in' as const, 'out' as const), fc.array(anyThing, { maxLength: 60 }))
  .map(([direction, inputs]) => ({ direction, inputs }));
/** Random inputs seldom find their way into a call; these begin in one. */
const inCall = anyRun.map(({ direction, inputs }) => ({
  direction,
  inputs: [
    ...((direction === 'out'
      ? [{ type: 'inviteSent' }, { type: 'accepted' }, { type: 'ackSent' }]
      : [
          { type: 'progressSent' },
          { type: 'answer' },
          { type: 'okSent' },
          { type: 'ackReceived' },
        ]) as CallInput[]),
    ...inputs,
  ],
}));
const anyCall = fc.oneof(anyRun, inCall);
const holds = (rule: (run: Run) => boolean | void): void => {
  fc.assert(
    fc.property(anyCall, ({ direction, inputs }) => rule(play(direction, inputs))),
    { numRuns: 2_000 },
  );
};

const emitted = (run: Run) =>
  run.effects.flatMap((effect) => (effect.type === 'emit' ? [effect.event] : []));

describe('whatever happens to a call', () => {
  test('it ends at most once, its last event says so, and everything is given back once', () =>
    holds((run) => {
      const events = emitted(run);
      const ends = events.filter((event) => event.type === 'ended');
      expect(ends.length).toBe(run.states.at(-1)?.phase === 'terminated' ? 1 : 0);
      if (ends.length > 0) expect(events.at(-1)?.type).toBe('ended');
      expect(run.effects.filter((effect) => effect.type === 'release')).toHaveLength(ends.length);
    }));

  test('a call that is over stays over', () =>
    holds((run) => {
      const over = run.states.findIndex((state) => state.phase === 'terminated');
      if (over >= 0)
        expect(run.states.slice(over).every((state) => state.phase === 'terminated')).toBe(true);
    }));

  test('its events are numbered without gaps and fit the contract', () =>
    holds((run) => {
      emitted(run).forEach((event, index) => {
        expect(event.seq).toBe(index);
        callEvent.parse(event);
      });
    }));

  test('every phase and negotiation that must not last has a timer, and none runs when it is over', () =>
    holds((run) => {
      run.states.forEach((state, index) => {
        const running = run.running[index] ?? new Set();
        expect(running.has('phase')).toBe(state.phase in PHASE_LIMITS);
        expect(running.has('negotiation')).toBe(state.negotiation.kind !== 'stable');
        if (state.phase === 'terminated') expect(running.size).toBe(0);
        if (state.phase === 'confirmed') {
          expect(running.has('transfer')).toBe(isReferring(state.transfer));
        }
        expect(running.has('refer')).toBe(state.referRequest !== null);
        if (
          !state.linked &&
          state.phase !== 'terminated' &&
          !['canceling', 'terminating'].includes(state.phase)
        ) {
          expect(running.has('link')).toBe(true);
        }
        if (
          state.phase === 'confirmed' &&
          ['disconnected', 'failed', 'restarting'].includes(state.media)
        ) {
          expect(running.has('media') || state.media === 'restarting').toBe(true);
        }
      });
    }));

  test('it ends by itself when nothing more is heard', () =>
    holds((run) => {
      let state = run.states.at(-1);
      const running = run.running.at(-1);
      if (!state || state.phase === 'confirmed') return;
      for (
        let step = 0;
        step < 20 && state.phase !== 'terminated' && state.phase !== 'confirmed';
        step += 1
      ) {
        expect(running?.has('phase')).toBe(true);
        state = nextCallState(
          state,
          { type: 'timer', timer: 'phase' },
          { at: 9e6, random: 0 },
        ).state;
      }
      expect(state.phase).toBe('terminated');
    }));

  test('hold is shown only after the other side agreed', () =>
    holds((run) => {
      run.states.forEach((state, index) => {
        const before = run.states[index - 1];
        if (!before || before.localHold === state.localHold) return;
        expect(before.negotiation).toMatchObject({
          kind: 'localPending',
          intent: state.localHold ? 'hold' : 'resume',
        });
      });
      const own = emitted(run).filter(
        (event) => (event.type === 'held' || event.type === 'resumed') && event.by === 'agent',
      );
      own.forEach((event, index) => expect(event.type).toBe(index % 2 === 0 ? 'held' : 'resumed'));
    }));

  test('one re-INVITE at a time', () =>
    holds((run) => {
      let pending = 0;
      for (const [index, state] of run.states.entries()) {
        const before = run.states[index - 1];
        if (
          state.negotiation.kind === 'localPending' &&
          before?.negotiation.kind === 'localPending'
        ) {
          // It can only follow itself by ending in between.
          if (before.negotiation !== state.negotiation) pending += 1;
        }
      }
      const sent = run.effects.filter((effect) => effect.type === 'reinvite').length;
      expect(sent).toBeGreaterThanOrEqual(pending);
      for (const state of run.states) {
        expect(
          state.intents.filter((intent) => intent !== 'iceRestart').length,
        ).toBeLessThanOrEqual(2);
        if (state.phase === 'terminated') expect(state.negotiation.kind).toBe('stable');
      }
    }));

  test('the microphone is shut before the call is up, while held or muted, and after it', () =>
    holds((run) => {
      for (const state of run.states) {
        if (!isUp(state) || state.muted || state.localHold)
          expect(microphoneOpen(state)).toBe(false);
      }
    }));

  test('a transfer is asked for at most as often as it is settled, plus one', () =>
    holds((run) => {
      let open = false;
      for (const { type } of emitted(run)) {
        if (type === 'transferAsked') {
          expect(open).toBe(false);
          open = true;
        }
        if (type === 'transferDone' || type === 'transferFailed') {
          expect(open).toBe(true);
          open = false;
        }
      }
      for (const state of run.states) {
        if (state.transfer.state === 'done') expect(state.phase).not.toBe('confirmed');
      }
    }));

  test('each failed transfer asks for the customer back', () =>
    holds((run) => {
      const failures = run.states.filter(
        ({ transfer }, index) =>
          transfer.state === 'failed' && run.states[index - 1]?.transfer.state !== 'failed',
      );
      expect(run.effects.filter(({ type }) => type === 'retrieve').length).toBeGreaterThanOrEqual(
        failures.length,
      );
    }));

  test('conferences and recordings are left before the end, and only what was begun', () =>
    holds((run) => {
      let conference = 0;
      let recorded = 0;
      for (const { type } of emitted(run)) {
        if (type === 'conferenceJoined') conference += 1;
        if (type === 'conferenceLeft') conference -= 1;
        if (type === 'recordingStarted') recorded += 1;
        if (type === 'recordingStopped') recorded -= 1;
        if (type === 'ended') expect([conference, recorded]).toEqual([0, 0]);
        expect(conference === 0 || conference === 1).toBe(true);
        expect(recorded === 0 || recorded === 1).toBe(true);
      }
    }));

  test('the last word to the microphone is what the state says', () => {
    fc.assert(
      fc.property(anyCall, ({ direction, inputs }) => {
        const run = play(direction, inputs);
        const last = run.effects.findLast((effect) => effect.type === 'microphone');
        const state = run.states.at(-1);
        if (!state || last?.type !== 'microphone') return;
        expect(last.open).toBe(microphoneOpen(state));
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('the end before the answer', () => {
  const cancelled = play('out', [
    { type: 'inviteSent' },
    { type: 'provisional', sipCode: 180, withMedia: false },
    { type: 'hangUp' },
  ]);

  test('a 2xx after CANCEL is acknowledged and ended, in time or late', () => {
    const state = cancelled.states.at(-1);
    if (!state) throw new Error('no state');
    expect(state.phase).toBe('canceling');
    const inTime = nextCallState(state, { type: 'accepted' }, { at: 9_000, random: 0 });
    expect(inTime.state.phase).toBe('terminating');
    expect(inTime.effects).toContainEqual({ type: 'sendBye' });
    const late = nextCallState(state, { type: 'timer', timer: 'phase' }, { at: 9_000, random: 0 });
    expect(late.state.phase).toBe('terminated');
    const after = nextCallState(late.state, { type: 'accepted' }, { at: 9_500, random: 0 });
    expect(after.effects).toEqual([{ type: 'sendBye' }]);
  });

  test('a call that nobody takes is cancelled as unanswered', () => {
    const run = play('out', [
      { type: 'inviteSent' },
      { type: 'provisional', sipCode: 180, withMedia: false },
      { type: 'timer', timer: 'phase' },
      { type: 'rejected', sipCode: 487 },
    ]);
    expect(emitted(run).at(-1)).toMatchObject({ type: 'ended', cause: 'noAnswer' });
    expect(run.effects).toContainEqual({ type: 'sendCancel' });
  });

  test('an offered call that nobody takes is missed', () => {
    const run = play('in', [{ type: 'progressSent' }, { type: 'timer', timer: 'phase' }]);
    expect(emitted(run).at(-1)).toMatchObject({ cause: 'missed' });
    expect(run.effects).toContainEqual({ type: 'sendReject', sipCode: 480 });
  });
});

test('quality is stored with the end of the call and once a minute', () => {
  const up: CallInput[] = [{ type: 'inviteSent' }, { type: 'accepted' }, { type: 'ackSent' }];
  const measured: CallInput = { type: 'quality', now: quality, total: quality, oneWay: 'in' };
  const run = play('out', [
    ...up,
    ...Array<CallInput>(130).fill(measured),
    { type: 'byeReceived' },
  ]);
  expect(emitted(run).map((event) => event.type)).toEqual([
    'placed',
    'answered',
    'quality',
    'quality',
    'quality',
    'ended',
  ]);
  expect(run.states.at(-2)?.oneWay).toBe('in');
});
