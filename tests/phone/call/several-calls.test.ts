// Several calls at once, driven at random: what has to hold whatever happens.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isUp } from '../../../renderer/phone/call-draft.ts';
import { offerCall, placeCall } from '../../../renderer/phone/call.ts';
import type { CallInput, CallState } from '../../../renderer/phone/call-state.ts';
import { joinConference } from '../../../renderer/phone/conference.ts';
import {
  addCall,
  type DeskCalls,
  type DeskStep,
  freeLine,
  giveUpWish,
  isOver,
  LINES,
  NO_CALLS,
  nextDeskState,
  occupiesAgent,
  wantDial,
} from '../../../renderer/phone/desk-calls.ts';
import { anyInput } from './any-input.ts';

const REMOTE = { uri: 'sip:+4930@x.test', number: '+4930', display: null, anonymous: false };
const UP = [
  { type: 'progressSent' },
  { type: 'answer' },
  { type: 'okSent' },
  { type: 'ackReceived' },
];
const OUT_UP = [{ type: 'inviteSent' }, { type: 'accepted' }, { type: 'ackSent' }];

type Step =
  | { kind: 'input'; which: number; input: CallInput }
  | { kind: 'ring' | 'dial' | 'giveUp'; up: boolean }
  | { kind: 'consult' | 'complete' | 'join' | 'agree' | 'transfer' | 'fail'; which: number };

const which = fc.nat(7);
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ kind: fc.constant('input' as const), which, input: anyInput }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constantFrom('ring', 'dial', 'giveUp'), up: fc.boolean() }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom('consult', 'complete', 'join', 'agree', 'transfer', 'fail'),
      which,
    }),
  },
);

/** `expect` takes too long to be asked a million times. */
function must(condition: boolean, rule: string): void {
  if (!condition) throw new Error(rule);
}

class World {
  desk: DeskCalls = NO_CALLS;
  at = 1_000;
  #ids = 0;
  readonly ended = new Map<string, number>();
  readonly timers = new Map<string, Set<string>>();
  /** What the newest step granted. */
  granted: string | null = null;

  take(step: DeskStep): void {
    const before = this.desk;
    this.desk = step.desk;
    for (const effect of step.effects) {
      if ('dialGranted' in effect) this.granted = effect.dialGranted;
      if (!('effect' in effect)) continue;
      const running = this.timers.get(effect.callId) ?? new Set();
      this.timers.set(effect.callId, running);
      if (effect.effect.type === 'startTimer') running.add(effect.effect.timer);
      if (effect.effect.type === 'stopTimer') running.delete(effect.effect.timer);
      if (effect.effect.type === 'emit' && effect.effect.event.type === 'ended') {
        this.ended.set(effect.callId, (this.ended.get(effect.callId) ?? 0) + 1);
      }
    }
    this.check(before);
  }

  input(callId: string, input: CallInput): void {
    this.at += 100;
    if (input.type === 'timer' && !this.timers.get(callId)?.delete(input.timer)) return;
    this.take(nextDeskState(this.desk, callId, input, { at: this.at, random: 0.5 }));
  }

  newId(): string {
    this.#ids += 1;
    return `01890000-0000-7000-8000-${String(this.#ids).padStart(12, '0')}`;
  }

  nth(index: number): CallState | undefined {
    const living = this.desk.calls.filter((call) => !isOver(call));
    return living[index % Math.max(1, living.length)];
  }

  ring(up: boolean): void {
    if (freeLine(this.desk) === null) return;
    const callId = this.newId();
    const call = {
      callId,
      remote: REMOTE,
      origin: 'real' as const,
      accountId: null,
      calledNumber: null,
      divertedFrom: null,
      queue: null,
      replacesCallId: null,
    };
    this.take(addCall(this.desk, offerCall(call, { at: this.at, random: 0.5 })));
    if (up) for (const input of UP) this.input(callId, input as CallInput);
  }

  dial(up: boolean, consultationFor: string | null): string | null {
    if (freeLine(this.desk) === null) return null;
    const callId = this.newId();
    this.granted = null;
    this.take(wantDial(this.desk, callId, { at: this.at, random: 0.5 }));
    for (const call of this.desk.calls) this.input(call.callId, { type: 'reinviteAccepted' });
    if (this.granted !== callId) return null;
    const call = {
      callId,
      remote: REMOTE,
      origin: 'real' as const,
      accountId: null,
      customerId: null,
      returnsCallId: null,
      legOfCallId: consultationFor,
      consultationFor,
      referredByCallId: null,
    };
    if (this.desk.calls.some(occupiesAgent)) return null;
    this.take(addCall(this.desk, placeCall(call, { at: this.at, random: 0.5 })));
    if (up) for (const input of OUT_UP) this.input(callId, input as CallInput);
    return callId;
  }

  run(step: Step): void {
    switch (step.kind) {
      case 'ring':
        return this.ring(step.up);
      case 'dial':
        return void this.dial(step.up, null);
      case 'giveUp':
        return this.take(giveUpWish(this.desk));
      case 'input':
      case 'consult':
      case 'complete':
      case 'join':
      case 'agree':
      case 'transfer':
      case 'fail': {
        const call = this.nth(step.which);
        if (!call) return;
        const { callId } = call;
        if (step.kind === 'input') return this.input(callId, step.input);
        if (step.kind === 'agree') return this.input(callId, { type: 'reinviteAccepted' });
        if (step.kind === 'transfer') {
          return this.input(callId, { type: 'transfer', target: '200', uri: 'sip:200@x.test' });
        }
        if (step.kind === 'fail') {
          return this.input(callId, { type: 'referProgress', sipCode: 486, over: true });
        }
        if (step.kind === 'complete') return this.input(callId, { type: 'completeTransfer' });
        if (step.kind === 'join') {
          const moment = { at: this.at, random: 0.5 };
          return this.take(joinConference(this.desk, callId, this.newId(), moment));
        }
        const withCallId = this.dial(true, callId);
        if (withCallId) this.input(callId, { type: 'consult', target: '200', withCallId });
      }
    }
  }

  check(before: DeskCalls): void {
    const { calls, wish } = this.desk;
    const open = calls.filter((call) => isUp(call) && !call.localHold);
    const parties = new Set(open.map((call) => call.conferenceId ?? call.callId));
    must(parties.size <= 1, 'one party at most is open');

    for (const call of calls) {
      must((this.ended.get(call.callId) ?? 0) === (isOver(call) ? 1 : 0), 'each call ends once');
      const old = before.calls.find((each) => each.callId === call.callId);
      const failed = call.transfer.state === 'failed' && old?.transfer.state !== 'failed';
      if (!failed || !old || !isUp(call)) continue;
      const { negotiation } = call;
      const comesBack =
        !call.localHold ||
        call.intents.includes('resume') ||
        (negotiation.kind === 'localPending' && negotiation.intent === 'resume') ||
        wish !== null;
      const agentIsElsewhere = calls.some(
        (other) => other.callId !== call.callId && occupiesAgent(other),
      );
      must(comesBack || agentIsElsewhere, 'the customer is back');
    }

    const living = calls.filter((call) => !isOver(call));
    must(living.length <= LINES, 'six lines');
    const keys = new Set(living.map((call) => call.lineNumber));
    must(keys.size === living.length, 'each call has its own line');

    const members = living.filter((call) => call.conferenceId !== null && isUp(call));
    must(members.length !== 1, 'nobody confers alone');
    const rooms = new Set(members.map((call) => call.conferenceId));
    must(rooms.size <= 1, 'one conference');
  }
}

test('whatever happens to several calls, one party at most is open, each call ends once, and failed transfers bring the customer back', () => {
  let conferences = 0;
  let failures = 0;
  fc.assert(
    fc.property(fc.array(anyStep, { minLength: 10, maxLength: 60 }), (steps) => {
      const world = new World();
      world.ring(true);
      for (const step of steps) {
        world.run(step);
        if (world.desk.calls.some((call) => call.conferenceId !== null)) conferences += 1;
        if (world.desk.calls.some((call) => call.transfer.state === 'failed')) failures += 1;
      }
    }),
    { numRuns: 3_000 },
  );
  // The generator does get there.
  expect(conferences).toBeGreaterThan(100);
  expect(failures).toBeGreaterThan(100);
});
