// Brings a fresh checkout to the point where every npm script can run: the pinned Node, then the
// pinned packages. Plain JavaScript that Node 20 can read, with nothing installed. It says what it
// does on stderr only, because the first line of stdout belongs to `npm start -- --json`.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const NODE_VERSION = '24.21.0';
const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const cache = join(root, '.cache');
const windows = process.platform === 'win32';
const platformPackage = `node-${windows ? 'win' : process.platform}-${process.arch}`;
const nodeHome = join(cache, `node-${NODE_VERSION}`);
const nodeBinary = join(
  nodeHome,
  'node_modules',
  platformPackage,
  'bin',
  windows ? 'node.exe' : 'node',
);
const stamp = join(root, 'node_modules', '.anklang-installed');

bootstrap();

function bootstrap() {
  const wanted = installationDigest();
  if (isInstalled(wanted)) return;
  waitForOtherInstallation();
  if (isInstalled(wanted)) return;
  const npm = npmCommandLine();
  if (!existsSync(nodeBinary)) installNode(npm);
  installPackages(npm);
  linkNode();
  writeFileSync(stamp, wanted);
}

function isInstalled(wanted) {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted && existsSync(nodeBinary);
}

/** Two installations into one folder would destroy each other; the later one finds nothing to do. */
function waitForOtherInstallation() {
  mkdirSync(cache, { recursive: true });
  const lock = join(cache, 'installing');
  for (let waited = 0; ; waited += 200) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      process.on('exit', () => rmSync(lock, { force: true }));
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
        process.on(signal, () => process.exit(1));
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (waited === 0) say('Another start is installing; waiting for it …');
    if (waited > 900_000 || !isRunning(lock)) rmSync(lock, { force: true });
    else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
  }
}

function isRunning(lock) {
  try {
    const pid = Number(readFileSync(lock, 'utf8'));
    // An empty file belongs to a start that is writing its pid this very moment.
    if (pid > 0) process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** What an installation depends on, as one hex digest. */
function installationDigest() {
  const { dependencies, devDependencies, overrides } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  );
  return createHash('sha256')
    .update(NODE_VERSION)
    .update(platformPackage)
    .update(JSON.stringify({ dependencies, devDependencies, overrides }))
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
}

/** npm's own script file, so that it can be run under another Node than the one that found it. */
function npmCommandLine() {
  const fromNpm = process.env['npm_execpath'];
  if (fromNpm?.endsWith('npm-cli.js') && existsSync(fromNpm)) return fromNpm;
  const beside = join(dirname(process.execPath), windows ? '' : '..', windows ? '' : 'lib');
  const bundled = join(beside, 'node_modules', 'npm', 'bin', 'npm-cli.js');
  if (existsSync(bundled)) return bundled;
  fail('npm was not found. Start this with "npm start" or "npm test".');
}

function installNode(npm) {
  say(`Installing Node ${NODE_VERSION} …`);
  rmSync(nodeHome, { recursive: true, force: true });
  mkdirSync(nodeHome, { recursive: true });
  writeFileSync(join(nodeHome, 'package.json'), '{"private":true}\n');
  run(process.execPath, [
    npm,
    'install',
    '--prefix',
    nodeHome,
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--no-save',
    '--no-package-lock',
    `${platformPackage}@${NODE_VERSION}`,
  ]);
  if (!existsSync(nodeBinary))
    fail(`No Node ${NODE_VERSION} for this platform (${platformPackage}).`);
}

function installPackages(npm) {
  say('Installing packages …');
  // Scripts stay off: npm would otherwise compile better-sqlite3, whose package carries its binaries.
  run(nodeBinary, [npm, 'ci', '--ignore-scripts', '--no-audit', '--no-fund']);
}

/** Puts the pinned Node first on the PATH of every npm script of this project. */
function linkNode() {
  const bin = join(root, 'node_modules', '.bin');
  mkdirSync(bin, { recursive: true });
  if (windows) {
    writeFileSync(join(bin, 'node.cmd'), `@"%~dp0\\${relative(bin, nodeBinary)}" %*\r\n`);
    return;
  }
  const link = join(bin, 'node');
  rmSync(link, { force: true });
  symlinkSync(relative(bin, nodeBinary), link);
}

function run(command, args) {
  const environment = { ...process.env };
  // npm hands its own flags down as variables; a "--silent" or "--prefix" meant for the outer call must not reach this one.
  for (const name of Object.keys(environment)) {
    if (/^npm_(config_prefix|config_local_prefix|config_global|command|lifecycle)/i.test(name)) {
      delete environment[name];
    }
  }
  // A company's own certificate authority is known to the system, not to Node's built-in list.
  environment['NODE_USE_SYSTEM_CA'] = '1';
  environment['PATH'] = `${dirname(command)}${windows ? ';' : ':'}${environment['PATH'] ?? ''}`;
  const result = spawnSync(command, args, { cwd: root, env: environment, stdio: ['ignore', 2, 2] });
  if (result.status !== 0) {
    fail(
      'Installing did not succeed; the lines above say why. Installed files are left as they are, the next start tries again.\n' +
        'Die Einrichtung ist nicht gelungen; die Zeilen darüber nennen den Grund. Der nächste Start versucht es erneut.',
    );
  }
}

function say(text) {
  process.stderr.write(`${text}\n`);
}

function fail(text) {
  say(text);
  process.exit(1);
}
