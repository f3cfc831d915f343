// `npm start`: builds what is out of date, then starts the desk: in Electron where that can work, else
// in the loopback host. Everything it says goes to stderr; stdout belongs to --json.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { allowsElectron, startOptionsFrom, typedIn } from '../../main/loopback/options.ts';
import { bothLanguages, optionProblemInWords, usage } from '../../main/loopback/words.ts';
import { electronWithinReach } from './electron-binary.mjs';
import { staleParts } from './freshness.mjs';
import { outFolder, parts, root } from './parts.mjs';

/** A program that ends this soon with an error did not work here: libraries missing, no sandbox. */
const DID_NOT_START_MS = 5_000;

const read = startOptionsFrom(process.argv.slice(2));
if ('refused' in read) {
  process.stderr.write(bothLanguages(optionProblemInWords(read.refused)) + bothLanguages(usage));
  process.exit(2);
}
if (read.options.help) {
  process.stderr.write(bothLanguages(usage));
  process.exit(0);
}

const electron = mayUseElectron(read.options) ? await electronWithinReach() : null;
if (electron === null || !(await ranInElectron(electron))) {
  buildWhatIsStale('loopback');
  await import(new URL('../../out/loopback/host.js', import.meta.url).href);
}

function mayUseElectron(options) {
  if (!allowsElectron(options) || !existsSync(join(root, 'main', 'start.ts'))) return false;
  if (process.getuid?.() === 0) return false;
  const hasOwnDisplay = process.platform === 'win32' || process.platform === 'darwin';
  return hasOwnDisplay || Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']);
}

/** Builds in a process of its own, so that the desk does not carry the compiler along. */
function buildWhatIsStale(host) {
  const due = staleParts(parts.filter((part) => part.hosts.includes(host)));
  if (due.length === 0) return;
  const command = [join(root, 'resources', 'build', 'build.mjs'), ...due.map((part) => part.name)];
  const { status } = spawnSync(process.execPath, command, { cwd: root, stdio: ['ignore', 2, 2] });
  if (status !== 0) process.exit(1);
}

/** Resolves to false when Electron cannot run on this machine; otherwise ends with its status. */
async function ranInElectron(program) {
  buildWhatIsStale('electron');
  if (!existsSync(join(outFolder, 'main', 'start.js'))) return false;
  const environment = { ...process.env };
  delete environment['ELECTRON_RUN_AS_NODE'];
  const began = Date.now();
  const desk = spawn(program, [root, ...electronArguments(read.options)], {
    cwd: root,
    env: environment,
    stdio: ['ignore', 2, 2],
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => desk.kill(signal));
  const status = await new Promise((resolve) => {
    desk.on('error', () => resolve(1));
    desk.on('exit', (code, signal) => resolve(signal === null ? code : 0));
  });
  if (status !== 0 && Date.now() - began < DID_NOT_START_MS) {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.removeAllListeners(signal);
    return false;
  }
  process.exit(status ?? 0);
}

/** The options that mean something in Electron, in the one form that it reads alike on all systems. */
function electronArguments({ data, language, practice, sample, policy }) {
  return [
    ...(data === null ? [] : [`--data=${resolve(typedIn(process.env), data)}`]),
    ...(language === null ? [] : [`--language=${language}`]),
    ...(practice ? ['--practice'] : []),
    ...(sample ? ['--sample'] : []),
    ...(policy === null ? [] : [`--policy=${resolve(typedIn(process.env), policy)}`]),
  ];
}
