import { useLingui } from '@lingui/react';
import { useSettings } from '../core-client/queries.ts';
import { formatsFor, type Formats } from './formats.ts';
import { shownNumber } from './phone-number.ts';

let shared: { key: string; formats: Formats } | null = null;

/** The browser takes milliseconds to make one set: all components share the one in use. */
function sharedFormats(locale: string, zone: string, currency: string): Formats {
  const key = [locale, zone, currency].join(' ');
  if (shared?.key !== key) {
    shared = { key, formats: formatsFor({ locale, zone, currency, now: Date.now }) };
  }
  return shared.formats;
}

/** The formats of the language that is spoken now, in the agent's zone and currency. */
export function useFormats(): Formats {
  const { i18n } = useLingui();
  const { zone, currency } = useSettings();
  return sharedFormats(i18n.locale, zone, currency);
}

/** How a stored number is shown, read in the agent's own country where it names none. */
export function useShownNumber(): (number: string) => string {
  const { country } = useSettings();
  return (number) => shownNumber(number, country);
}
