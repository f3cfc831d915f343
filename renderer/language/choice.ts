// Which language to speak, as rules.
import type { Language } from '../../preload/contract/vocabulary.ts';

/** The first language of the system that the desk speaks; English when it speaks none of them. */
export function systemLanguage(languages: readonly string[]): Language {
  for (const tag of languages) {
    if (/^de\b/i.test(tag)) return 'de';
    if (/^en\b/i.test(tag)) return 'en';
  }
  return 'en';
}

/** The language that the start asked for in the page's address, or null. */
export function languageAskedFor(search: string): Language | null {
  const asked = new URLSearchParams(search).get('language');
  return asked === 'de' || asked === 'en' ? asked : null;
}

/**
 * The language to speak: what this start asked for, else the agent's choice, else the system's.
 * `chosen` is null while the agent leaves it to the system.
 */
export function languageFor(
  asked: Language | null,
  chosen: Language | null,
  languages: readonly string[],
): Language {
  return asked ?? chosen ?? systemLanguage(languages);
}
