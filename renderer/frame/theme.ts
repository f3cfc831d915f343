// Light or dark, resolved before the first paint by public/first-look.js and kept in step here.
import type { Theme } from '../../preload/contract/vocabulary.ts';

const REMEMBERED_KEY = 'anklang.theme';
const darkSystem = matchMedia('(prefers-color-scheme: dark)');
let chosen: Theme = 'system';

function apply() {
  const dark = chosen === 'dark' || (chosen === 'system' && darkSystem.matches);
  document.documentElement.dataset['theme'] = dark ? 'dark' : 'light';
}

darkSystem.addEventListener('change', apply);

/** Shows this theme from now on and at the next start. */
export function showTheme(theme: Theme): void {
  chosen = theme;
  localStorage.setItem(REMEMBERED_KEY, theme);
  apply();
}
