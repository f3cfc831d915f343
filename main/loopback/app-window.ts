// Opens the desk in a window of its own, without tabs and address bar, in a browser of the Chromium
// family: the only family whose telephone audio the desk is tested with.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const LINUX_NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'microsoft-edge-stable',
  'microsoft-edge',
  'brave-browser',
  'vivaldi',
];
const MAC_PROGRAMS = ['Google Chrome', 'Chromium', 'Microsoft Edge', 'Brave Browser'].map(
  (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
);
const WINDOWS_PROGRAMS = [
  ['Google', 'Chrome', 'Application', 'chrome.exe'],
  ['Microsoft', 'Edge', 'Application', 'msedge.exe'],
  ['BraveSoftware', 'Brave-Browser', 'Application', 'brave.exe'],
];

interface System {
  platform: NodeJS.Platform;
  env: Readonly<Record<string, string | undefined>>;
  isRoot: boolean;
}

/** The browser to use, or null: without a display nobody sees it, and none of them runs as root. */
export function appWindowProgram(
  { platform, env, isRoot }: System,
  exists: (path: string) => boolean = existsSync,
): string | null {
  return isRoot || !hasDisplay(platform, env)
    ? null
    : (candidates(platform, env).find((path) => exists(path)) ?? null);
}

function hasDisplay(platform: NodeJS.Platform, env: System['env']): boolean {
  if (platform === 'win32' || platform === 'darwin') return true;
  return Boolean(env['DISPLAY'] || env['WAYLAND_DISPLAY']);
}

function candidates(platform: NodeJS.Platform, env: System['env']): string[] {
  if (platform === 'darwin') return MAC_PROGRAMS;
  if (platform === 'win32') {
    const places = [env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']];
    return places
      .filter((place) => place !== undefined)
      .flatMap((place) => WINDOWS_PROGRAMS.map((steps) => join(place, ...steps)));
  }
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return LINUX_NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
}

/** A window that was closed this soon was not closed by a person: the browser handed it over. */
const HANDED_OVER_MS = 3_000;

/**
 * Opens the window with a profile of its own. `onClosed` is called when the person closes it. The
 * address must not hold the token: other users of the machine can read the arguments of a process.
 */
export function openAppWindow(
  program: string,
  address: string,
  profile: string,
  onClosed: () => void,
): void {
  const opened = Date.now();
  const browser = spawn(
    program,
    [
      `--app=${address}`,
      `--user-data-dir=${profile}`,
      '--no-first-run',
      '--no-default-browser-check',
      '--window-size=1360,860',
      '--autoplay-policy=no-user-gesture-required',
      // The practice line calls within the page; without a network there is only the loopback for it.
      '--allow-loopback-in-peer-connection',
    ],
    { stdio: 'ignore' },
  );
  browser.on('error', () => undefined);
  browser.on('exit', () => {
    if (Date.now() - opened > HANDED_OVER_MS) onClosed();
  });
}
