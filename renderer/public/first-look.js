// Runs before the first paint, so that the page never flashes in the wrong theme or language.
{
  let theme = null;
  let language = new URLSearchParams(location.search).get('language');
  try {
    theme = localStorage.getItem('anklang.theme');
    language ??= localStorage.getItem('anklang.language');
  } catch {
    // Storage may be blocked; the system's theme is then right.
  }
  const dark =
    theme === 'dark' || (theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
  document.documentElement.lang = language ?? navigator.language.slice(0, 2);
}
