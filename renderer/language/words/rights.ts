import type { I18n, MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type {
  ConsentManner,
  ConsentPurpose,
  ObjectionKind,
  RetentionClass,
} from '../../../preload/contract/vocabulary.ts';

const OBJECTIONS: Record<ObjectionKind, MessageDescriptor> = {
  advertising: msg({
    message: 'Advertising and sales calls',
    comment: 'What a customer objects to',
  }),
  recording: msg({ message: 'Recording of calls', comment: 'What a customer objects to' }),
  processing: msg({ message: 'Any use of the data', comment: 'What a customer objects to' }),
};
const MANNERS: Record<ConsentManner, MessageDescriptor> = {
  call: msg({ message: 'in a call', comment: 'How a customer said it' }),
  email: msg({ message: 'by e-mail', comment: 'How a customer said it' }),
  letter: msg({ message: 'by letter', comment: 'How a customer said it' }),
  inPerson: msg({ message: 'in person', comment: 'How a customer said it' }),
  web: msg({ message: 'on a web page', comment: 'How a customer said it' }),
  other: msg({ message: 'in another way', comment: 'How a customer said it' }),
};
const PURPOSES: Record<ConsentPurpose, MessageDescriptor> = {
  salesCalls: msg({ message: 'Sales calls', comment: 'What a customer agrees to' }),
  recording: msg({ message: 'Recording', comment: 'What a customer agrees to: Aufzeichnung' }),
  email: msg({ message: 'Offers by e-mail', comment: 'What a customer agrees to' }),
};
const CLASSES: Record<RetentionClass, MessageDescriptor> = {
  feelings: msg({ message: 'Tags of feeling', comment: 'Class of data' }),
  notes: msg({ message: 'Notes', comment: 'Class of data: texts of contacts' }),
  callDetails: msg({ message: 'Numbers and details of calls', comment: 'Class of data' }),
  changes: msg({ message: 'History of the records', comment: 'Class of data' }),
  webhookLog: msg({ message: 'Log of what other programs were told', comment: 'Class of data' }),
  importReports: msg({ message: 'Reports of imports', comment: 'Class of data' }),
  accessLog: msg({ message: 'Log of reports and erasures', comment: 'Class of data' }),
};

export const objectionInWords = (i18n: I18n, kind: ObjectionKind): string =>
  i18n._(OBJECTIONS[kind]);
export const mannerInWords = (i18n: I18n, manner: ConsentManner): string => i18n._(MANNERS[manner]);
export const purposeInWords = (i18n: I18n, purpose: ConsentPurpose): string =>
  i18n._(PURPOSES[purpose]);
export const retentionClassInWords = (i18n: I18n, kind: RetentionClass): string =>
  i18n._(CLASSES[kind]);

/**
 * What a customer is told about their data, until the organisation has words of its own. Both languages
 * are there at once: the customer's is not always the agent's.
 */
export const NOTICE_TEXTS = {
  de: 'Wir speichern Ihren Namen, Ihre Nummern und was wir mit Ihnen vereinbaren, damit Sie nichts zweimal erzählen müssen. Dazu notieren wir, wie ein Gespräch auf uns gewirkt hat. Sie können jederzeit Auskunft verlangen, etwas berichtigen oder löschen lassen, der Werbung und der Aufzeichnung widersprechen und sich bei der Datenschutzaufsicht beschweren.',
  en: 'We store your name, your numbers and what we agree with you, so that you need not tell us anything twice. We also note how a call came across to us. At any time you may ask what we store, have it corrected or erased, object to advertising and to recording, and complain to the data protection authority.',
} as const;
