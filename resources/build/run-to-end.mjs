// Runs a program until it ends or its time is over, and leaves nothing of it behind.
import { spawn } from 'node:child_process';
import { root } from './parts.mjs';

const alone = process.platform !== 'win32';
let current = null;

// Ctrl-C ends the running program and all that it started.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    if (current) endGroup(current);
    process.exit(1);
  });
}

/**
 * @param {string} program
 * @param {string[]} args
 * @param {number} patience ms after which it is killed and counts as failed
 * @param {Record<string, string>} [environment] added to the own one
 * @returns {Promise<{status: number}>} -1 when it was killed or could not be started
 */
export function runToEnd(program, args, patience, environment = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: root,
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'inherit', 'inherit'],
      detached: alone,
    });
    current = child;
    const late = setTimeout(() => {
      console.log(`Not done after ${patience / 60_000} minutes: ended.`);
      endGroup(child);
    }, patience);
    const done = (status) => {
      clearTimeout(late);
      current = null;
      resolve({ status });
    };
    child.on('error', () => done(-1));
    child.on('exit', (status) => done(status ?? -1));
  });
}

function endGroup(child) {
  try {
    if (alone) process.kill(-child.pid, 'SIGKILL');
    else child.kill('SIGKILL');
  } catch {
    // It ended by itself in this moment.
  }
}
