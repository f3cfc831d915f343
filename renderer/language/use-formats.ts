import { useLingui } from '@lingui/react';
import { useMemo } from 'react';
import { useSettings } from '../core-client/queries.ts';
import { formatsFor, type Formats } from './formats.ts';
import { shownNumber } from './phone-number.ts';

/** The formats of the language that is spoken now, in the agent's zone and currency. */
export function useFormats(): Formats {
  const { i18n } = useLingui();
  const { zone, currency } = useSettings();
  return useMemo(
    () => formatsFor({ locale: i18n.locale, zone, currency, now: Date.now }),
    [i18n.locale, zone, currency],
  );
}

/** How a stored number is shown, read in the agent's own country where it names none. */
export function useShownNumber(): (number: string) => string {
  const { country } = useSettings();
  return (number) => shownNumber(number, country);
}
