// Which language the desk speaks, and switching it at once.
import { i18n } from '@lingui/core';
import type { Language } from '../../preload/contract/vocabulary.ts';
import { messages as german } from './catalogues/de.po';
import { messages as english } from './catalogues/en.po';

i18n.load({ de: german, en: english });

/** The language at the next start, before core has answered. */
const REMEMBERED_KEY = 'anklang.language';

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

/** Speaks this language from now on. */
export function speak(language: Language): void {
  if (i18n.locale !== language) i18n.activate(language);
  document.documentElement.lang = language;
  localStorage.setItem(REMEMBERED_KEY, language);
  window.anklang?.language(language);
}

/** Speaks the language of the start's option, or that of the last time, until core has answered. */
export function speakFirst(): void {
  const kept = localStorage.getItem(REMEMBERED_KEY);
  const remembered = kept === 'de' || kept === 'en' ? kept : null;
  speak(languageFor(languageAskedFor(location.search), remembered, navigator.languages));
}

/** The agent has chosen: what the start asked for counts no longer, not even after a reload. */
export function forgetLanguageAskedFor(): void {
  const address = new URL(location.href);
  if (!address.searchParams.has('language')) return;
  address.searchParams.delete('language');
  history.replaceState(history.state, '', address);
}
