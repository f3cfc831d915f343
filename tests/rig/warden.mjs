// Outlives the test process by a moment: when its standard input ends (the test process stopped or
// was killed), it ends every peer named in the pid file, undoes what it lists and removes the rig's folder.
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';

const folder = process.argv[2];
if (!folder) throw new Error('usage: warden.mjs FOLDER');

function state() {
  try {
    return JSON.parse(readFileSync(`${folder}/peers.json`, 'utf8'));
  } catch {
    return { peers: [], undo: [] };
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
  const { peers, undo } = state();
  for (const [command, ...args] of undo) spawnSync(command, args);
  for (const { pid } of peers) signal(pid, 'SIGTERM');
  setTimeout(() => {
    for (const { pid } of peers) signal(pid, 'SIGKILL');
    rmSync(folder, { recursive: true, force: true });
    process.exit(0);
  }, 1500);
});
