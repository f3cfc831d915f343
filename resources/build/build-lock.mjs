// One build of a checkout at a time: a second one waits, and takes over what a dead one left behind.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { outFolder } from './parts.mjs';

const lockFile = join(outFolder, '.build-lock');
const PATIENCE_MS = 180_000;

/** Runs `action` while no other process builds into the same folder. */
export async function whileBuildingAlone(action) {
  mkdirSync(outFolder, { recursive: true });
  await acquire();
  try {
    return await action();
  } finally {
    rmSync(lockFile, { force: true });
  }
}

async function acquire() {
  const until = Date.now() + PATIENCE_MS;
  let announced = false;
  while (true) {
    try {
      writeFileSync(lockFile, String(process.pid), { flag: 'wx' });
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (!holderLives()) {
      rmSync(lockFile, { force: true });
      continue;
    }
    if (Date.now() > until) throw new Error(`another build holds ${lockFile} for too long`);
    if (!announced) process.stderr.write('Waiting for another build of this checkout …\n');
    announced = true;
    await pause(100);
  }
}

function holderLives() {
  try {
    const pid = Number(readFileSync(lockFile, 'utf8'));
    // An empty file belongs to a build that is writing its pid this very moment.
    if (!Number.isInteger(pid) || pid <= 0) return true;
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
