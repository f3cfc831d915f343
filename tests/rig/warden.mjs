// Outlives the test process by a moment: when its standard input ends (the test process stopped or
// was killed), it ends every peer named in the pid file and removes the rig's folder.
import { readFileSync, rmSync } from 'node:fs';

const folder = process.argv[2];
if (!folder) throw new Error('usage: warden.mjs FOLDER');

function peers() {
  try {
    return JSON.parse(readFileSync(`${folder}/peers.json`, 'utf8')).peers;
  } catch {
    return [];
  }
}

function signal(pid, name) {
  try {
    process.kill(-pid, name);
  } catch {
    // It is gone already.
  }
}

for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => {});
process.stdin.resume();
process.stdin.on('error', () => {});
process.stdin.on('close', () => {
  for (const { pid } of peers()) signal(pid, 'SIGTERM');
  setTimeout(() => {
    for (const { pid } of peers()) signal(pid, 'SIGKILL');
    rmSync(folder, { recursive: true, force: true });
    process.exit(0);
  }, 1500);
});
