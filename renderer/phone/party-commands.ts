// What the agent does with more than one party at a time: transfer, consult, swap, conference.
import { isUp } from './call-draft.ts';
import type { CallState } from './call-state.ts';
import { isReferring, mayTransfer } from './call-transfer.ts';
import { joinConference, mayJoinConference } from './conference.ts';
import { isFree, occupiesAgent, partyOf } from './desk-calls.ts';
import type { DeskRunner } from './desk-runner.ts';
import type { ReferTarget } from './line.ts';
import type { OutgoingCalls, OutgoingCallsOptions } from './outgoing-calls.ts';
import type { Phone } from './phone.ts';

export type PartyCommands = Pick<
  Phone,
  | 'transfer'
  | 'consult'
  | 'completeTransfer'
  | 'cancelTransfer'
  | 'swap'
  | 'addToConference'
  | 'removeFromConference'
  | 'endConference'
> & {
  /** Calls whom the other side of this call asked us to, now that the agent agreed. */
  follow(callId: string, target: ReferTarget): Promise<void>;
};

export function partyCommands(options: {
  runner: DeskRunner;
  outgoing: OutgoingCalls;
  newId: () => string;
  line: OutgoingCallsOptions['line'];
}): PartyCommands {
  const { runner, outgoing, line } = options;
  const { input, stateOf } = runner;

  /** The customer of an attended transfer, by either of its two calls. */
  const customerOf = (callId: string): CallState | undefined => {
    const { calls } = runner.desk();
    return calls.find(
      (call) =>
        isUp(call) &&
        call.transfer.state !== 'none' &&
        (call.callId === callId || call.transfer.withCallId === callId),
    );
  };

  return {
    transfer: async (callId, target) => {
      const call = stateOf(callId);
      if (!call || !runner.live(callId)) return 'noSuchCall';
      const remote = line()?.line.remoteOf(target, null);
      if (remote === undefined) return 'notRegistered';
      if (remote === null) return 'badTarget';
      if (!mayTransfer(call)) return 'notPossibleNow';
      input(callId, { type: 'transfer', target, uri: remote.uri });
      return null;
    },
    consult: async (callId, target) => {
      const call = stateOf(callId);
      if (!call || !runner.live(callId)) return { problem: 'noSuchCall' };
      const remote = line()?.line.remoteOf(target, null);
      if (remote === undefined) return { problem: 'notRegistered' };
      if (remote === null) return { problem: 'badTarget' };
      if (!mayTransfer(call)) return { problem: 'notPossibleNow' };
      return await outgoing.dial({
        to: { remote, replaces: null },
        legOfCallId: callId,
        consultationFor: callId,
        onPlaced: (withCallId) => input(callId, { type: 'consult', target, withCallId }),
      });
    },
    completeTransfer: async (callId) => {
      const customer = customerOf(callId);
      if (customer?.transfer.state !== 'consulting') return 'notPossibleNow';
      const consultation = stateOf(customer.transfer.withCallId ?? '');
      if (!consultation) return 'notPossibleNow';
      if (consultation.phase === 'confirmed') {
        input(customer.callId, { type: 'completeTransfer' });
      } else {
        // Semi-attended (RFC 5589): the agent does not wait for the target, whom the customer calls anew.
        const target = customer.transfer.target ?? consultation.remote.uri;
        input(customer.callId, { type: 'transfer', target, uri: consultation.remote.uri });
        input(consultation.callId, { type: 'hangUp' });
      }
      return null;
    },
    cancelTransfer: (callId) => {
      const customer = customerOf(callId);
      if (!customer) return;
      const { state, withCallId } = customer.transfer;
      if (state === 'consulting' && withCallId !== null) input(withCallId, { type: 'hangUp' });
      else input(customer.callId, { type: 'cancelTransfer' });
    },
    swap: () => {
      const { calls } = runner.desk();
      const active = calls.find((call) => isUp(call) && occupiesAgent(call));
      const party = active ? partyOf(runner.desk(), active.callId) : [];
      const next = calls.findLast(
        (call) => isUp(call) && !party.includes(call.callId) && !isReferring(call.transfer),
      );
      if (next) input(next.callId, { type: 'resume' });
    },
    addToConference: async (callId) => {
      if (!stateOf(callId) || !runner.live(callId)) return 'noSuchCall';
      if (!mayJoinConference(runner.desk(), callId)) return 'notPossibleNow';
      const conferenceId = options.newId();
      runner.run(() => joinConference(runner.desk(), callId, conferenceId, runner.moment()));
      return null;
    },
    removeFromConference: (callId) => {
      if (stateOf(callId)?.conferenceId != null) input(callId, { type: 'hangUp' });
    },
    endConference: () => {
      const members = runner.desk().calls.filter((call) => call.conferenceId !== null);
      for (const { callId } of members) input(callId, { type: 'hangUp' });
    },
    follow: async (callId, target) => {
      runner.live(callId)?.leg?.notifyRefer(100);
      const dialled = await outgoing.dial({
        to: target,
        legOfCallId: callId,
        referredByCallId: callId,
      });
      if ('callId' in dialled) return;
      input(callId, { type: 'referredCall', sipCode: 480 });
      if (stateOf(callId)?.localHold && isFree(runner.desk())) input(callId, { type: 'resume' });
    },
  };
}
