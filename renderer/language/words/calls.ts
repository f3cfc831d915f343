import type { I18n, MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { RemoteParty } from '../../../preload/contract/calls.ts';
import type { Direction, EndCause } from '../../../preload/contract/vocabulary.ts';
import type { CallSnapshot, PhoneProblem, RecordingProblem } from '../../phone/phone.ts';
import { shownNumber } from '../phone-number.ts';

const CAUSE_WORDS: Record<EndCause, MessageDescriptor> = {
  completed: msg({ message: 'Call ended', comment: 'Why a call ended: it was hung up normally' }),
  missed: msg({ message: 'Missed', comment: 'A missed call' }),
  declined: msg`Declined`,
  cancelled: msg`Cancelled before anyone answered`,
  busy: msg({ message: 'Busy', comment: 'The line is engaged: besetzt' }),
  noAnswer: msg`No answer`,
  rejected: msg`The other side declined the call`,
  notFound: msg`This number does not exist`,
  unavailable: msg`Not reachable at the moment`,
  notAcceptable: msg`The telephones could not agree on a way to talk`,
  forbidden: msg`The server does not allow this call`,
  serverError: msg`The telephone server reported an error`,
  timeout: msg`The telephone server did not reply in time`,
  networkLost: msg`The connection was lost`,
  mediaFailed: msg`No sound connection could be made`,
  answeredElsewhere: msg`Answered on another device`,
  interrupted: msg`Interrupted: the desk was closed during the call`,
  failed: msg`The call failed`,
};

/** Why a call ended, as a short statement. */
export function causeInWords(i18n: I18n, cause: EndCause): string {
  return i18n._(CAUSE_WORDS[cause]);
}

export function directionInWords(i18n: I18n, direction: Direction): string {
  return i18n._(direction === 'inbound' ? msg`Inbound` : msg`Outbound`);
}

/** What a call is doing now. */
export function phaseInWords(i18n: I18n, call: CallSnapshot): string {
  switch (call.phase) {
    case 'offered':
    case 'alerting':
      return i18n._(msg({ message: 'is calling', comment: 'After a name: … ruft an' }));
    case 'answering':
    case 'awaitAck':
    case 'connecting':
      return i18n._(msg`Connecting …`);
    case 'preparing':
    case 'calling':
      return i18n._(msg`Calling …`);
    case 'proceeding':
      return i18n._(msg`On its way …`);
    case 'ringing':
    case 'early':
      return i18n._(msg({ message: 'Ringing …', comment: 'It rings at the other side' }));
    case 'confirmed':
      return i18n._(talkInWords(call));
    case 'canceling':
    case 'terminating':
      return i18n._(msg`Ending …`);
    case 'terminated':
      return call.cause === null ? i18n._(msg`Call ended`) : causeInWords(i18n, call.cause);
  }
}

function talkInWords(call: CallSnapshot): MessageDescriptor {
  if (call.media === 'failed') return msg`No sound connection`;
  if (call.media === 'restarting' || call.media === 'disconnected') {
    return msg`Restoring the sound …`;
  }
  if (call.negotiating) return msg`One moment …`;
  if (call.localHold && call.remoteHold) return msg`On hold on both sides`;
  if (call.localHold) return msg`On hold`;
  if (call.remoteHold) return msg`The other side put you on hold`;
  if (call.muted) return msg`Talking, microphone muted`;
  return msg({ message: 'Talking', comment: 'A call is connected' });
}

/** Through which queue a call came and who passed it on, as far as signalling said. */
export function wayInWords(
  i18n: I18n,
  {
    queue,
    divertedFrom,
    calledNumber = null,
  }: Pick<CallSnapshot, 'queue' | 'divertedFrom' | 'calledNumber'>,
): string[] {
  return [
    ...(queue === null ? [] : [i18n._(msg`Queue ${queue}`)]),
    ...(calledNumber === null
      ? []
      : [
          i18n._(
            msg({
              message: `dialled ${calledNumber}`,
              comment: 'The number that the caller dialled',
            }),
          ),
        ]),
    ...(divertedFrom === null ? [] : [i18n._(msg`passed on by ${divertedFrom}`)]),
  ];
}

const PHONE_PROBLEM_WORDS: Record<PhoneProblem, MessageDescriptor> = {
  notRegistered: msg`The telephone is not connected yet. Check the connection at the top right.`,
  noMicrophone: msg`No microphone was found. Plug one in, or choose one in the settings.`,
  microphoneDenied: msg`The microphone may not be used. Allow it in the browser or the system, then try again.`,
  microphoneInUse: msg`Another program is using the microphone. Close it there, or choose another microphone.`,
  badTarget: msg`This is not a number or an address that can be called.`,
  callInProgress: msg`A call is going on. Hang up first.`,
  noSuchCall: msg`This call is over already.`,
  noFreeLine: msg`All six lines are in use. End a call first.`,
  notPossibleNow: msg`This is not possible at the moment.`,
  recordingNotAllowed: msg`Recording is switched off in the settings.`,
  consentMissing: msg`Recording begins only when it was announced and the customer has agreed.`,
  callNotAnswered: msg`Recording begins only once the call has been answered.`,
  alreadyRecording: msg`This call is being recorded already.`,
  diskFull: msg`The disk is full, so nothing can be recorded. Make room on it, then try again.`,
  folderReadOnly: msg`The data folder cannot be written, so nothing can be recorded. Check its permissions.`,
  storageFailed: msg`Nothing can be recorded, because the recording could not be stored. The call goes on.`,
  coreAway: msg`Nothing can be recorded while the desk’s memory is restarting. Try again in a moment.`,
  recorderFailed: msg`Nothing can be recorded, because the browser’s recorder failed. The call goes on.`,
  noMailbox: msg`No number of a mailbox is entered in the account.`,
};

/** Why a command of the telephone could not be carried out, and what to do. */
export function phoneProblemInWords(i18n: I18n, problem: PhoneProblem): string {
  return i18n._(PHONE_PROBLEM_WORDS[problem]);
}

const RECORDING_END_WORDS: Record<RecordingProblem, MessageDescriptor> = {
  diskFull: msg`The disk is full: the recording was stopped. What had been stored is kept; make room before the next one.`,
  folderReadOnly: msg`The data folder cannot be written any more: the recording was stopped. What had been stored is kept; check the folder’s permissions.`,
  storageFailed: msg`The recording could not be stored to its end and was stopped. What had been stored is kept.`,
  coreAway: msg`The desk’s memory was away for too long: the recording was stopped. What had been recorded until then is kept.`,
  recorderFailed: msg`The browser’s recorder failed: the recording was stopped. What had been recorded until then is kept.`,
};

/** Why a recording ended before it should. */
export function recordingEndInWords(i18n: I18n, problem: RecordingProblem): string {
  return i18n._(RECORDING_END_WORDS[problem]);
}

/** Sound quality for an estimated MOS of 1–4.5 (ITU-T G.107, steps of G.109). */
export function qualityInWords(i18n: I18n, mos: number): string {
  if (mos >= 4.03) return i18n._(msg({ message: 'good sound', comment: 'Quality of a call' }));
  if (mos >= 3.6) return i18n._(msg({ message: 'fair sound', comment: 'Quality of a call' }));
  if (mos >= 3.1) return i18n._(msg({ message: 'poor sound', comment: 'Quality of a call' }));
  return i18n._(msg({ message: 'bad sound', comment: 'Quality of a call' }));
}

/** The other side as signalling names it, when no customer is known. */
export function remoteInWords(i18n: I18n, remote: RemoteParty): string {
  if (remote.anonymous) return i18n._(msg`Number withheld`);
  return shownNumber(remote.display || remote.number || remote.uri);
}
