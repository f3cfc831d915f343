// Sends 20,000 damaged SIP messages to desks in mid-call; `npm test` sends 2,000.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const vitest = fileURLToPath(new URL('../../node_modules/vitest/vitest.mjs', import.meta.url));
const { status } = spawnSync(
  process.execPath,
  [vitest, 'run', 'tests/phone/sip/damaged-messages.test.ts'],
  {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, SIP_FUZZ_MESSAGES: process.env['SIP_FUZZ_MESSAGES'] ?? '20000' },
  },
);
process.exitCode = status ?? 1;
