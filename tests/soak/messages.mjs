// Sends damaged SIP messages to desks in mid-call; `npm test` sends 2,000.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { wholeNumber } from './whole-number.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const vitest = fileURLToPath(new URL('../../node_modules/vitest/vitest.mjs', import.meta.url));

/** @type {import('./soak.mjs').Part} */
export const messages = {
  name: 'messages',
  options: { messages: { type: 'string', default: process.env['SIP_FUZZ_MESSAGES'] ?? '20000' } },
  run: async ({ values, signal }) => {
    const count = wholeNumber(values, 'messages', 1);
    const child = spawn(
      process.execPath,
      [vitest, 'run', 'tests/phone/sip/damaged-messages.test.ts'],
      {
        cwd: root,
        // Not the terminal's: vitest would wait for keys.
        stdio: ['ignore', 'inherit', 'inherit'],
        env: { ...process.env, SIP_FUZZ_MESSAGES: String(count) },
      },
    );
    const stop = () => child.kill('SIGTERM');
    signal.addEventListener('abort', stop);
    const status = await new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('exit', (code) => resolve(code ?? 1));
    });
    signal.removeEventListener('abort', stop);
    signal.throwIfAborted();
    return status === 0 ? [] : ['a damaged message did harm; the words are above'];
  },
};
