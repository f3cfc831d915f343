// A telephone number in copied text. More than one different number is none: the agent must know
// which one is meant.
const LONGEST_TEXT = 2_000;
const CANDIDATE = /(?<![\p{L}\d.])(?:\+|\()?\d[\d ()/.\u00a0-]*\d(?![\p{L}\d])/gu;
const DATE = /^(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d{2}-\d{2})$/;

/** The one number in a text as digits with its plus, or null. E.164 has at most 15 digits. */
export function phoneNumberIn(text: string): string | null {
  if (text.length > LONGEST_TEXT) return null;
  const found = new Set<string>();
  for (const [candidate] of text.matchAll(CANDIDATE)) {
    if (DATE.test(candidate)) continue;
    const digits = candidate.replace('(0)', '').replace(/\D/g, '');
    if (digits.length < 5 || digits.length > 15) continue;
    found.add(candidate.startsWith('+') ? `+${digits}` : digits);
  }
  const [only] = found;
  return found.size === 1 && only !== undefined ? only : null;
}
