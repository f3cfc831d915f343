import type { I18n } from '@lingui/core';
import type { CallerContext } from '../../../preload/contract/customers.ts';
import { remoteInWords } from '../../language/words/calls.ts';
import type { CallSnapshot } from '../../phone/phone.ts';

/** The customer's name where there is one, else what signalling shows. */
export function callerName(i18n: I18n, call: CallSnapshot, context: CallerContext | null): string {
  return context?.story?.customer.name ?? remoteInWords(i18n, call.remote);
}
