// What concerns more than one call: lines, transfers, colleagues.
import type { I18n, MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { Transfer } from '../../../preload/contract/calls.ts';
import type { CallSnapshot, LineState, TransferSnapshot } from '../../phone/phone.ts';
import { phaseInWords } from './calls.ts';

/** What a call does, beside other calls. */
export function callBesideOthersInWords(i18n: I18n, call: CallSnapshot): string {
  if (call.waiting)
    return i18n._(msg({ message: 'is waiting', comment: 'A second caller: klopft an' }));
  if (call.inConference && call.phase === 'confirmed' && !call.localHold) {
    return i18n._(msg`In the conference`);
  }
  return phaseInWords(i18n, call);
}

const LINE_STATE_WORDS: Record<LineState['state'], MessageDescriptor> = {
  unknown: msg({ message: 'unknown', comment: 'State of a colleague’s line' }),
  idle: msg({ message: 'free', comment: 'State of a colleague’s line: frei' }),
  ringing: msg({ message: 'ringing', comment: 'State of a colleague’s line: es klingelt' }),
  busy: msg({ message: 'in a call', comment: 'State of a colleague’s line: im Gespräch' }),
  held: msg({ message: 'call on hold', comment: 'State of a colleague’s line' }),
  away: msg({ message: 'not reachable', comment: 'State of a colleague’s line' }),
};

export function lineStateInWords(i18n: I18n, state: LineState['state']): string {
  return i18n._(LINE_STATE_WORDS[state]);
}

/** How far a transfer is, or null when there is none under way. */
export function transferInWords(i18n: I18n, transfer: TransferSnapshot): string | null {
  const target = transfer.target ?? '';
  switch (transfer.state) {
    case 'referSent':
      return i18n._(msg`Transferring to ${target}: asking the other side …`);
    case 'accepted':
      return i18n._(msg`Transferring to ${target}: it is being dialled …`);
    case 'progress':
      return i18n._(msg`Transferring to ${target}: it rings there …`);
    case 'done':
      return i18n._(msg`Transferred to ${target}.`);
    case 'none':
    case 'consulting':
    case 'failed':
      return null;
  }
}

/** Why a transfer did not come about, from the target's final answer (RFC 3261). */
export function transferFailureInWords(i18n: I18n, transfer: TransferSnapshot): string {
  const target = transfer.target ?? '';
  switch (transfer.sipCode) {
    case 486:
    case 600:
      return i18n._(msg`${target} is busy.`);
    case 603:
      return i18n._(msg`${target} declined.`);
    case 404:
    case 604:
      return i18n._(msg`${target} does not exist.`);
    case 408:
    case 480:
      return i18n._(msg`Nobody answers at ${target}.`);
    case 487:
      return i18n._(msg`The transfer to ${target} was cancelled.`);
    case null:
      return i18n._(msg`The transfer to ${target} did not come about.`);
    default:
      return i18n._(msg`The transfer to ${target} was refused (SIP ${transfer.sipCode}).`);
  }
}

/** What became of a transfer, as the timeline keeps it. */
export function storedTransferInWords(i18n: I18n, { target, state, sipCode }: Transfer): string {
  switch (state) {
    case 'asked':
      return i18n._(msg`To be transferred to ${target}; what became of it is not known`);
    case 'done':
      return i18n._(msg`Transferred to ${target}`);
    case 'failed':
      return sipCode === null
        ? i18n._(msg`Not transferred to ${target}`)
        : i18n._(msg`Not transferred to ${target} (SIP ${sipCode})`);
  }
}
