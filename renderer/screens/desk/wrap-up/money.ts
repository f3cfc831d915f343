const MOST_CENTS = 1_000_000_000_000;

/**
 * Integer cents for an amount as people write it in German or English: 31.400, 31,400.50, 31 400 €,
 * EUR 12,5. A single separator before exactly three digits groups thousands, because nobody writes
 * tenths of a cent. null for what is not a positive amount of money.
 */
export function centsFrom(text: string): number | null {
  const bare = text
    .trim()
    .replace(/^(€|eur|euro|\$|£|chf|fr\.)\s*/iu, '')
    .replace(/\s*(€|eur|euro|\$|£|chf|,-|,–|\.–)$/iu, '')
    .replace(/,(-|–)$/u, '')
    .replace(/(?<=\d)[\s’'](?=\d{3}(\D|$))/gu, '');
  const match = /^(\d{1,3}(?:([.,])\d{3})(?:\2\d{3})*|\d+)(?:([.,])(\d{1,2}))?$/u.exec(bare);
  if (match === null) return null;
  const [, whole = '', group, decimal, fraction = ''] = match;
  if (group !== undefined && group === decimal) return null;
  const units = Number(whole.replace(/[.,]/gu, ''));
  const cents = units * 100 + Number(fraction.padEnd(2, '0'));
  return Number.isSafeInteger(cents) && cents <= MOST_CENTS ? cents : null;
}

/** An amount as it would be typed; `centsFrom` reads it back. */
export function centsAsTyped(cents: number, language: string): string {
  const units = Math.floor(cents / 100);
  const rest = cents % 100;
  const separator = language === 'de' ? ',' : '.';
  return rest === 0 ? String(units) : `${units}${separator}${String(rest).padStart(2, '0')}`;
}
