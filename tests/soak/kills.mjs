// kill -9 of core at many random moments; `npm test` does so at twenty.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { wholeNumber } from './whole-number.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const vitest = fileURLToPath(new URL('../../node_modules/vitest/vitest.mjs', import.meta.url));

/** @type {import('./soak.mjs').Part} */
export const kills = {
  name: 'kills',
  options: {
    kills: { type: 'string', default: '200' },
    // Repeats what a run before did, as far as the moments of a busy machine can be repeated.
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
  run: async ({ values, signal }) => {
    const moments = wholeNumber(values, 'kills', 1);
    const child = spawn(process.execPath, [vitest, 'run', 'tests/core/kills'], {
      cwd: root,
      // Not the terminal's: vitest would wait for keys.
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, KILL_MOMENTS: String(moments), KILL_SEED: values.seed },
    });
    const stop = () => child.kill('SIGTERM');
    signal.addEventListener('abort', stop);
    const status = await new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('exit', (code) => resolve(code ?? 1));
    });
    signal.removeEventListener('abort', stop);
    signal.throwIfAborted();
    return status === 0 ? [] : ['a kill did harm; the words and the seed are above'];
  },
};
