// Which language the desk speaks, and switching it at once.
import { i18n } from '@lingui/core';
import type { Language } from '../../preload/contract/vocabulary.ts';
import { messages as german } from './catalogues/de.po';
import { messages as english } from './catalogues/en.po';
import { languageAskedFor, languageFor } from './choice.ts';

i18n.load({ de: german, en: english });

/** The language at the next start, before core has answered. */
const REMEMBERED_KEY = 'anklang.language';

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
