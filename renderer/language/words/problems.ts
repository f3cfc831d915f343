import type { I18n, MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { WrapUpProblem } from '../../../preload/contract/wrap-ups.ts';
import type { CoreProblem } from '../../core-client/core-error.ts';
import { exchangeRefusedInWords } from './exchange.ts';

/** Why core did not do what was asked: what is true and what to do, in a sentence. */
export function coreProblemInWords(i18n: I18n, problem: CoreProblem): string {
  switch (problem.kind) {
    case 'unreachable':
      return i18n._(msg`The desk’s memory is restarting. Nothing is lost; try again in a moment.`);
    case 'timedOut':
      return i18n._(msg`No answer in time. Try again in a moment.`);
    case 'failed':
      return i18n._(msg`That did not work: an error inside the desk. Nothing was changed.`);
    case 'refused':
      break;
  }
  switch (problem.code) {
    case 'BAD_INPUT':
      return i18n._(msg`Something that was entered does not fit. Nothing was changed.`);
    case 'NOT_FOUND':
      return i18n._(msg`This record is no longer there.`);
    case 'STALE':
      return i18n._(msg`A newer version was stored meanwhile.`);
    case 'CALL_EVENT_REFUSED':
      return i18n._(msg`This call could not be recorded completely.`);
    case 'WRAP_UP_INCOMPLETE':
      return i18n._(msg`Something is still missing.`);
    case 'RECORDING_REFUSED':
      return i18n._(RECORDING_WORDS[problem.data.reason]);
    case 'MERGE_REFUSED':
      return i18n._(MERGE_WORDS[problem.data.reason]);
    case 'EXCHANGE_REFUSED':
      return exchangeRefusedInWords(i18n, problem.data.reason);
    case 'ERASE_REFUSED':
      return i18n._(
        msg`This customer is on the line. Erase the record after the call; nothing was changed.`,
      );
    case 'DESK_OPEN_ELSEWHERE':
      return i18n._(msg`The desk is already open in another window.`);
    case 'NO_ACCOUNT':
      return i18n._(msg`No account is set up.`);
    case 'BUSY':
      return i18n._(msg`The desk is busy with something else. Try again when it has finished.`);
    case 'STORAGE':
      return i18n._(STORAGE_WORDS[problem.data.reason]);
  }
}

const STORAGE_WORDS: Record<
  Extract<CoreProblem, { kind: 'refused'; code: 'STORAGE' }>['data']['reason'],
  MessageDescriptor
> = {
  diskFull: msg`The disk is full. Make room; nothing was changed.`,
  readOnly: msg`The data folder cannot be written. Check its permissions; nothing was changed.`,
  keyUnavailable: msg`The key to the data is locked away at the moment. Unlock the system’s key store and try again.`,
  damaged: msg`The data could not be read. Restart the desk; it then restores the newest good copy.`,
  other: msg`The data could not be stored. Nothing was changed.`,
};

const MERGE_WORDS: Record<
  Extract<CoreProblem, { kind: 'refused'; code: 'MERGE_REFUSED' }>['data']['reason'],
  MessageDescriptor
> = {
  sameRecord: msg`This is one and the same record.`,
  undoneAlready: msg`This merge was undone already.`,
  laterMerge: msg`The record was merged once more since. Undo that later merge first.`,
};

const RECORDING_WORDS: Record<
  Extract<CoreProblem, { kind: 'refused'; code: 'RECORDING_REFUSED' }>['data']['reason'],
  MessageDescriptor
> = {
  notAllowed: msg`Recording is switched off in the settings.`,
  consentMissing: msg`Recording begins only when it was announced and the customer has agreed.`,
  callOver: msg`This call is over already.`,
  closed: msg`This recording has ended already.`,
  gap: msg`A part of this recording did not arrive.`,
};

const WRAP_UP_WORDS: Record<WrapUpProblem, MessageDescriptor> = {
  outcomeMissing: msg`Choose an outcome.`,
  promiseTextMissing: msg`Say what was promised.`,
  promiseDueMissing: msg`Say by when, for example 27.11. 14:00.`,
  promiseOwnerMissing: msg`Choose who keeps the promise.`,
  dealValueMissing: msg`A won deal needs its value.`,
};

/** What is missing before a wrap-up can be saved. */
export function wrapUpProblemInWords(i18n: I18n, problem: WrapUpProblem): string {
  return i18n._(WRAP_UP_WORDS[problem]);
}
