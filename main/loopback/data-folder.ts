// Where a desk outside Electron keeps everything. Never Electron's own folder: there the keys are
// wrapped by the system, here they lie in files.
import { accessSync, chmodSync, constants, mkdirSync } from 'node:fs';
import { join } from 'node:path';

const NAME = 'anklang-loopback';

interface System {
  platform: NodeJS.Platform;
  env: Readonly<Record<string, string | undefined>>;
  home: string;
}

/** The default folder of this system. */
export function defaultDataFolder({ platform, env, home }: System): string {
  if (platform === 'win32') {
    return join(env['LOCALAPPDATA'] || join(home, 'AppData', 'Local'), NAME);
  }
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', NAME);
  // The XDG specification: a relative path is invalid and ignored.
  const xdg = env['XDG_DATA_HOME'];
  return join(xdg?.startsWith('/') ? xdg : join(home, '.local', 'share'), NAME);
}

/** Creates the folder for its owner only. Throws the system's error when it cannot be written to. */
export function prepareDataFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (process.platform !== 'win32') chmodSync(folder, 0o700);
  accessSync(folder, constants.W_OK);
}
