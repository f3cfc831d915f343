// The loopback host as a program: reads its options, takes the data folder, starts the host, tells
// where the desk is, and ends cleanly. Only the line of --json goes to stdout.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import manifest from '../../package.json' with { type: 'json' };
import { policyTrouble } from '../host/policy-file.ts';
import { appWindowProgram, openAppWindow } from './app-window.ts';
import { defaultDataFolder, prepareDataFolder } from './data-folder.ts';
import { type Host, PortTaken, startHost } from './host.ts';
import { type HostLock, takeHostLock } from './host-lock.ts';
import { removeTokenFile, writeTokenFile } from './token-file.ts';
import { type StartOptions, startOptionsFrom, typedIn } from './options.ts';
import {
  alreadyRunning,
  bothLanguages,
  coreFailureInWords,
  deskIsAt,
  folderUnusable,
  notBuilt,
  optionProblemInWords,
  portTaken,
  tokenFileUnusable,
  usage,
} from './words.ts';

type Said = Parameters<typeof bothLanguages>[0];

const built = join(dirname(fileURLToPath(import.meta.url)), '..');

// Who reads our output may be gone before us.
process.stdout.on('error', () => undefined);
process.stderr.on('error', () => undefined);

const read = startOptionsFrom(process.argv.slice(2));
if ('refused' in read) end(2, optionProblemInWords(read.refused), usage);
else if (read.options.help) end(0, usage);
else await run(read.options);

async function run(options: StartOptions): Promise<void> {
  const dataFolder = options.data
    ? resolve(typedIn(process.env), options.data)
    : defaultDataFolder({ platform: process.platform, env: process.env, home: homedir() });
  const coreProgram = join(built, 'core', 'core.js');
  const pageFolder = join(built, 'renderer');
  if (!existsSync(coreProgram) || !existsSync(pageFolder)) return end(1, notBuilt);

  // Whoever lays a policy down means it to be in force: without it nothing is begun.
  const policyFile = options.policy === null ? null : resolve(typedIn(process.env), options.policy);
  const unusable = policyFile === null ? null : policyTrouble(policyFile);
  if (unusable) return end(1, unusable);

  let lock: HostLock;
  try {
    prepareDataFolder(dataFolder);
    const taken = takeHostLock(dataFolder);
    if ('holder' in taken) {
      return end(1, alreadyRunning(dataFolder, taken.holder.pid, taken.holder.url));
    }
    lock = taken.lock;
  } catch (error) {
    return end(1, folderUnusable(dataFolder, error instanceof Error ? error.message : ''));
  }
  process.on('exit', () => lock.release());

  const tokenFile =
    options.apiTokenFile === null ? null : resolve(typedIn(process.env), options.apiTokenFile);
  let token: string | null = null;
  try {
    token = tokenFile === null ? null : writeTokenFile(tokenFile);
  } catch (error) {
    return end(1, tokenFileUnusable(tokenFile ?? '', error));
  }
  if (tokenFile !== null && token !== null) {
    const written = token;
    process.on('exit', () => removeTokenFile(tokenFile, written));
  }

  let host: Host;
  try {
    host = await startHost({
      ...options,
      dataFolder,
      coreProgram,
      pageFolder,
      version: manifest.version,
      policyFile,
      api:
        options.json || token !== null
          ? {
              on: true,
              port: null,
              tokenHash: token === null ? null : createHash('sha256').update(token).digest('hex'),
            }
          : null,
    });
  } catch (error) {
    if (error instanceof PortTaken) return end(1, portTaken(error.port));
    throw error;
  }
  lock.tellAddress(host.url);
  endOnSignals(host);

  const trouble = await host.started;
  if (options.json) {
    const api = host.apiAddress();
    const line = { url: host.url, pid: process.pid, corePid: host.corePid() ?? null, api };
    process.stdout.write(`${JSON.stringify(line)}\n`);
  }
  if (trouble) say(coreFailureInWords(trouble.reason, trouble.detail));
  say(deskIsAt(host.url));
  if (options.open) openWindow(host, dataFolder);
}

function openWindow(host: Host, dataFolder: string): void {
  const isRoot = process.getuid?.() === 0;
  const program = appWindowProgram({ platform: process.platform, env: process.env, isRoot });
  if (program === null) return;
  openAppWindow(program, host.singleUseAddress(), join(dataFolder, 'window'), () => {
    void host.stop().then(() => process.exit(0));
  });
}

function endOnSignals(host: Host): void {
  let asked = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      // Asked twice: whoever asks does not want to wait. Core ends when its channel closes.
      if (asked) process.exit(1);
      asked = true;
      void host.stop().then(() => process.exit(0));
    });
  }
}

function say(...all: Said[]): void {
  for (const said of all) process.stderr.write(bothLanguages(said));
}

function end(status: number, ...all: Said[]): void {
  say(...all);
  process.exitCode = status;
}
