// Finds Electron's binary, or fetches it within a time that a person waits for. From version 42 on the
// package comes without it.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './parts.mjs';

const packageFolder = join(root, 'node_modules', 'electron');
const unreachable = join(root, '.cache', 'electron-unreachable');
const FETCH_MS = 20_000;
/** After a failed fetch the next starts do not wait again for this long. */
const FORGET_FAILURE_MS = 3_600_000;

/** The path of Electron's program, or null when it is not installed (completely). */
export function installedElectron() {
  try {
    const program = readFileSync(join(packageFolder, 'path.txt'), 'utf8');
    const { version } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8'));
    const found = readFileSync(join(packageFolder, 'dist', 'version'), 'utf8').replace(/^v/, '');
    const full = join(packageFolder, 'dist', program);
    return found === version && existsSync(full) ? full : null;
  } catch {
    return null;
  }
}

/** The path of Electron's program, fetched if need be; null when that does not succeed in time. */
export async function electronWithinReach() {
  const installed = installedElectron();
  if (installed !== null || failedLately()) return installed;
  process.stderr.write('Fetching Electron … / Electron wird geholt …\n');
  if (await fetchElectron()) {
    rmSync(unreachable, { force: true });
    return installedElectron();
  }
  rememberFailure();
  process.stderr.write(
    'Electron cannot be fetched now; the desk opens in a browser.\n' +
      'Electron ist jetzt nicht erreichbar; der Arbeitsplatz öffnet sich im Browser.\n',
  );
  return null;
}

function rememberFailure() {
  try {
    writeFileSync(unreachable, '');
  } catch {
    // In a folder of somebody else the next start tries again.
  }
}

function failedLately() {
  try {
    return Date.now() - statSync(unreachable).mtimeMs < FORGET_FAILURE_MS;
  } catch {
    return false;
  }
}

/** Runs the package's own installer; resolves to whether it succeeded in time. */
function fetchElectron() {
  return new Promise((resolve) => {
    const installer = spawn(process.execPath, [join(packageFolder, 'install.js')], {
      stdio: 'ignore',
    });
    const late = setTimeout(() => installer.kill('SIGKILL'), FETCH_MS);
    const done = (succeeded) => {
      clearTimeout(late);
      resolve(succeeded);
    };
    installer.on('error', () => done(false));
    installer.on('exit', (status) => done(status === 0));
  });
}
