import { EMOTIONS } from '../../../preload/contract/vocabulary.ts';
import type { Feeling } from '../../../preload/contract/shapes.ts';

/** What was tagged in one contact, with the concern it belongs to. Disputed tags are left out before. */
export interface FeltContact {
  contactId: string;
  at: number;
  matterId: string | null;
  /** When that concern was closed; null while it is open or where there is none. */
  matterClosedAt: number | null;
  end: Feeling | null;
  peak: Feeling | null;
}

/** m·v of one feeling, in −1…+1; surprise takes its sign from the agent. */
export function feelingValue(feeling: Feeling): number {
  const { valence } = EMOTIONS[feeling.emotion];
  return feeling.intensity * (feeling.emotion === 'surprise' ? valence * feeling.sign : valence);
}

/**
 * Value c of a contact in −1…+1, or null when nothing was tagged: m·v(end), with a peak
 * ½·m·v(peak) + ½·m·v(end) (peak-end rule, doi 10.1016/j.obhdp.2022.104149). Without a known end the
 * peak is all that is known and counts alone.
 */
export function contactValue(contact: Pick<FeltContact, 'end' | 'peak'>): number | null {
  const { end, peak } = contact;
  if (end && peak) return (feelingValue(peak) + feelingValue(end)) / 2;
  const only = end ?? peak;
  return only ? feelingValue(only) : null;
}
