// The Replaces header of an INVITE (RFC 3891): which call it is about, and whether it may take it.

/** A dialog as we know it; the header's to-tag is our own tag. */
export interface ReplacedDialog {
  callId: string;
  ownTag: string;
  theirTag: string;
  earlyOnly: boolean;
}

/** Reads the header; null when it cannot be read. */
export function replacedDialogIn(header: string): ReplacedDialog | null {
  if (header.length > 1_000) return null;
  const [callId = '', ...params] = header.split(';').map((part) => part.trim());
  const param = (name: string): string | undefined =>
    params
      .map((text) => /^([^=\s]+)\s*=\s*(\S+)$/.exec(text))
      .find((match) => match?.[1]?.toLowerCase() === name)?.[2];
  const ownTag = param('to-tag');
  const theirTag = param('from-tag');
  if (callId === '' || ownTag === undefined || theirTag === undefined) return null;
  const earlyOnly = params.some((text) => text.toLowerCase() === 'early-only');
  return { callId, ownTag, theirTag, earlyOnly };
}

/** How the call that a dialog belongs to stands, as far as Replaces asks. */
export type ReplacedStanding = 'unknown' | 'earlyIn' | 'earlyOut' | 'confirmed' | 'ending';

/** The refusal that section 3 asks for; null when the call may be taken over. */
export function replacesRefusal(standing: ReplacedStanding, earlyOnly: boolean): number | null {
  switch (standing) {
    case 'unknown':
    // An early dialog that the other side began is not ours to give away.
    case 'earlyIn':
      return 481;
    case 'ending':
      return 603;
    case 'confirmed':
      return earlyOnly ? 486 : null;
    case 'earlyOut':
      return null;
  }
}
