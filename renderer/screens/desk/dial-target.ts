/** Whether a text is something to dial rather than a name: digits with the usual signs, or a SIP address. */
export function isDialable(text: string): boolean {
  const bare = text.trim();
  if (/^sips?:\S+$/iu.test(bare) || /^[^\s@]+@[^\s@]+$/u.test(bare)) return true;
  return /^[+*#]?[\d\s()/.*#-]+$/u.test(bare) && /\d/u.test(bare);
}
