import type { I18n, MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { TimelinePart, WorkKind, WorkState } from '../../../preload/contract/vocabulary.ts';

const KIND_WORDS: Record<WorkKind, MessageDescriptor> = {
  missedCall: msg({ message: 'Missed call', comment: 'Kind of work: verpasster Anruf' }),
  callback: msg({ message: 'Callback', comment: 'Kind of work: Rückruf', context: 'work' }),
  voicemail: msg({ message: 'Voicemail', comment: 'Kind of work', context: 'work' }),
};

export function workKindInWords(i18n: I18n, kind: WorkKind): string {
  return i18n._(KIND_WORDS[kind]);
}

const STATE_WORDS: Record<WorkState, MessageDescriptor> = {
  open: msg({ message: 'open', comment: 'State of work: offen', context: 'work' }),
  done: msg({ message: 'done', comment: 'State of work: erledigt', context: 'work' }),
  cancelled: msg({
    message: 'dropped',
    comment: 'State of work: fallen gelassen',
    context: 'work',
  }),
};

export function workStateInWords(i18n: I18n, state: WorkState): string {
  return i18n._(STATE_WORDS[state]);
}

const PART_WORDS: Record<TimelinePart, MessageDescriptor> = {
  call: msg({ message: 'Calls', comment: 'Filter of the timeline' }),
  note: msg({ message: 'Notes', comment: 'Filter of the timeline' }),
  order: msg({ message: 'Orders', comment: 'Filter of the timeline: Bestellungen' }),
  delivery: msg({ message: 'Deliveries', comment: 'Filter of the timeline: Lieferungen' }),
  complaint: msg({ message: 'Complaints', comment: 'Filter of the timeline' }),
  email: msg({ message: 'E-mails', comment: 'Filter of the timeline' }),
  visit: msg({ message: 'Visits', comment: 'Filter of the timeline: Besuche' }),
  deal: msg({ message: 'Deals', comment: 'Filter of the timeline', context: 'filter' }),
  promise: msg({ message: 'Promises', comment: 'Filter of the timeline', context: 'filter' }),
  feeling: msg({ message: 'With a feeling', comment: 'Filter of the timeline' }),
  callback: msg({ message: 'Callbacks', comment: 'Filter of the timeline' }),
  voicemail: msg({ message: 'Voicemails', comment: 'Filter of the timeline' }),
};

export function timelinePartInWords(i18n: I18n, part: TimelinePart): string {
  return i18n._(PART_WORDS[part]);
}
