// Key combinations as Electron writes them ("CommandOrControl+Alt+A"), from what a person types.

const MODIFIERS: Record<string, string> = {
  ctrl: 'Control',
  control: 'Control',
  strg: 'Control',
  alt: 'Alt',
  option: 'Alt',
  shift: 'Shift',
  umschalt: 'Shift',
  cmd: 'Command',
  command: 'Command',
  super: 'Super',
  win: 'Super',
};

function parts(typed: string): { modifiers: string[]; key: string | null } {
  const words = typed
    .split('+')
    .map((word) => word.trim())
    .filter((word) => word !== '');
  const last = words.at(-1) ?? '';
  const modifiers = words.slice(0, -1).map((word) => MODIFIERS[word.toLowerCase()] ?? '');
  const key = /^[a-z0-9]$/iu.test(last)
    ? last.toUpperCase()
    : /^f([1-9]|1\d|2[0-4])$/iu.test(last)
      ? last.toUpperCase()
      : null;
  return { modifiers, key };
}

/** Whether a text is no combination that may be taken from every program: a plain letter is not. */
export function acceleratorProblem(typed: string): boolean {
  const { modifiers, key } = parts(typed);
  if (key === null || modifiers.includes('')) return true;
  return /^F\d/u.test(key) ? false : modifiers.every((modifier) => modifier === 'Shift');
}

/** The combination in Electron's form; null when nothing, or none, was typed. */
export function acceleratorFrom(typed: string): string | null {
  if (typed.trim() === '' || acceleratorProblem(typed)) return null;
  const { modifiers, key } = parts(typed);
  return [...new Set(modifiers), key].join('+');
}
