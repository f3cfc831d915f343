// System packages that the tests with real peers need; installed by themselves on Debian as root only.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Program → Debian package that brings it. */
const PROGRAMS = {
  '/usr/sbin/kamailio': ['kamailio', 'kamailio-websocket-modules'],
  '/usr/bin/rtpengine': ['rtpengine-daemon'],
  '/usr/bin/baresip': ['baresip-core'],
  '/usr/bin/sipp': ['sip-tester'],
  '/usr/bin/linphonec': ['linphone-cli'],
  '/usr/bin/sqlite3': ['sqlite3'],
  '/usr/bin/chromium': ['chromium', 'fonts-dejavu-core'],
};
/** Spares the tests the drawing of a window; not every Debian has it. */
const LIGHTER_BROWSER = {
  program: '/usr/bin/chromium-headless-shell',
  package: 'chromium-headless-shell',
};

/** Debian packages whose programs this machine lacks. */
export function missingRigPackages() {
  const missing = Object.entries(PROGRAMS)
    .filter(([program]) => !existsSync(program))
    .flatMap(([, packages]) => packages);
  const webSocketModule = '/usr/lib/x86_64-linux-gnu/kamailio/modules/websocket.so';
  if (existsSync('/usr/sbin/kamailio') && process.arch === 'x64' && !existsSync(webSocketModule)) {
    missing.push('kamailio-websocket-modules');
  }
  return missing;
}

/**
 * Installs what is missing and answers what still is. Services that the packages would start are kept
 * from starting: the rig starts its own peers, on its own ports.
 * @returns {{ installed: string[], missing: string[], why: string }}
 */
export function installRigPackages() {
  const wanted = missingRigPackages();
  const lighter = existsSync(LIGHTER_BROWSER.program) ? [] : [LIGHTER_BROWSER.package];
  if (wanted.length + lighter.length === 0) return { installed: [], missing: [], why: '' };
  if (process.platform !== 'linux' || !existsSync('/etc/debian_version')) {
    return { installed: [], missing: wanted, why: 'not a Debian system' };
  }
  if (process.getuid?.() !== 0) return { installed: [], missing: wanted, why: 'not root' };
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  const options = { env, stdio: ['ignore', 2, 2], timeout: 600_000 };
  spawnSync('apt-get', ['update', '-q'], options);
  for (const names of [wanted, lighter]) {
    if (names.length === 0) continue;
    spawnSync('apt-get', ['install', '-q', '-y', '--no-install-recommends', ...names], options);
  }
  const missing = missingRigPackages();
  return {
    installed: wanted.filter((name) => !missing.includes(name)),
    missing,
    why: missing.length > 0 ? 'apt-get could not install them' : '',
  };
}
