// tel:, sip: and callto: links from other programs. They prefill the desk's field and never dial.
const LINK = /^(tel|sip|sips|callto):(.+)$/i;
const LONGEST = 200;

/** What to put into the field for a link, or null when there is nothing to dial in it. */
export function dialTargetFrom(link: string): string | null {
  const match = LINK.exec(link.trim());
  const scheme = match?.[1]?.toLowerCase();
  const rest = match?.[2];
  if (!scheme || !rest || link.length > 2_000) return null;
  let text: string;
  try {
    text = decodeURIComponent(rest.replace(/^\/\//, ''));
  } catch {
    return null;
  }
  if (hasControlCharacter(text)) return null;
  const target =
    scheme === 'sip' || scheme === 'sips'
      ? `${scheme}:${beforeAny(text, '?;')}`
      : beforeAny(text, ';?').replace(/^(skype|sip):/i, '');
  const trimmed = target.trim();
  return trimmed === '' || /^sips?:$/i.test(trimmed) || trimmed.length > LONGEST ? null : trimmed;
}

function beforeAny(text: string, marks: string): string {
  const ends = [...marks].map((mark) => text.indexOf(mark)).filter((at) => at >= 0);
  return ends.length === 0 ? text : text.slice(0, Math.min(...ends));
}

function hasControlCharacter(text: string): boolean {
  return [...text].some((character) => {
    const code = character.codePointAt(0) ?? 0;
    return code < 0x20 || code === 0x7f;
  });
}
