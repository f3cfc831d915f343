import type { I18n, MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { FoundCustomer, SearchHint } from '../../../preload/contract/customer-search.ts';

type FoundField = NonNullable<FoundCustomer['found']>['field'];

const FIELDS: Readonly<Record<FoundField, MessageDescriptor>> = {
  number: msg({ message: 'Number', comment: 'Where a search found something: Nummer' }),
  email: msg({ message: 'E-mail', comment: 'Where a search found something' }),
  tag: msg({ message: 'Tag', comment: 'Where a search found something: Schlagwort' }),
  note: msg({ message: 'Note', comment: 'Where a search found something: Notiz' }),
};

/** Where a search found something. */
export function foundFieldInWords(i18n: I18n, field: FoundField): string {
  return i18n._(FIELDS[field]);
}

/** What is put before the colon, and after it where there is a choice, in the language that is spoken. */
export function operatorWords(i18n: I18n) {
  return {
    tag: i18n._(msg({ message: 'tag', comment: 'Search operator, before a colon: schlagwort' })),
    city: i18n._(msg({ message: 'place', comment: 'Search operator, before a colon: ort' })),
    promise: i18n._(
      msg({ message: 'promise', comment: 'Search operator, before a colon: versprechen' }),
    ),
    feeling: i18n._(
      msg({ message: 'feeling', comment: 'Search operator, before a colon: gefühl' }),
    ),
    open: i18n._(msg({ message: 'open', comment: 'Search operator, promise:open: offen' })),
    overdue: i18n._(
      msg({ message: 'overdue', comment: 'Search operator, promise:overdue: überfällig' }),
    ),
    anger: i18n._(msg({ message: 'anger', comment: 'Search operator, feeling:anger: ärger' })),
  };
}

/** What was not understood, and what would be. */
export function searchHintInWords(
  i18n: I18n,
  { code, operator, means, value }: SearchHint,
): string {
  const words = operatorWords(i18n);
  if (code === 'unknownOperator' || means === null) {
    const known = `${words.tag}:, ${words.city}:, ${words.promise}:, ${words.feeling}:`;
    return i18n._(
      msg`“${operator}:” is searched for as a word. Before a colon you can write ${known}`,
    );
  }
  const example = {
    tag: `${words.tag}:VIP`,
    city: `${words.city}:Berlin`,
    promise: `${words.promise}:${words.open}, ${words.promise}:${words.overdue}`,
    feeling: `${words.feeling}:${words.anger}`,
  }[means];
  return code === 'missingValue'
    ? i18n._(msg`What follows “${operator}:” is missing, for example ${example}`)
    : i18n._(msg`“${value}” is not known after “${operator}:”. For example: ${example}`);
}
