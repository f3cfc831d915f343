// How telephone numbers are shown. What is dialled is always the number as it was stored.
import { parsePhoneNumberFromString } from 'libphonenumber-js/min';

/**
 * "+494066969557" as "+49 40 66969557": grouped the international way (ITU-T E.123). What carries no
 * country (extensions, service codes, SIP addresses) is shown as it is.
 */
export function shownNumber(number: string): string {
  if (!/^\s*(\+|00)[\d\s()/.-]+$/u.test(number)) return number;
  const parsed = parsePhoneNumberFromString(number.trim().replace(/^00/u, '+'));
  return parsed?.isPossible() === true ? parsed.formatInternational() : number;
}
