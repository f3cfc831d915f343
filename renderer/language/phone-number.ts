// How telephone numbers are shown. What is dialled is always the number as it was stored.
import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/min';

/**
 * "+494066969557" as "+49 40 66969557": grouped the international way (ITU-T E.123). A national number
 * ("040 66969557") is read as one of `country` (ISO 3166); without a country, and for extensions,
 * service codes and SIP addresses, what is shown is what is stored.
 */
export function shownNumber(number: string, country: string | null = null): string {
  const bare = number.trim();
  if (!/^(\+|0)[\d\s()/.-]+$/u.test(bare)) return number;
  const international = bare.replace(/^00/u, '+');
  if (international.startsWith('+')) {
    const parsed = parsePhoneNumberFromString(international);
    return parsed?.isPossible() === true ? parsed.formatInternational() : number;
  }
  if (country === null) return number;
  const parsed = parsePhoneNumberFromString(bare, country as CountryCode);
  return parsed?.isValid() === true ? parsed.formatInternational() : number;
}
