// The parts that a build consists of: where each starts, what it is made of, what it makes.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));
export const outFolder = join(root, 'out');

/** Stands in index.html where the host puts the nonce of the answer. */
export const NONCE_PLACEHOLDER = '__CSP_NONCE__';

/** @typedef {'loopback' | 'electron'} Host */

/** @type {readonly Host[]} */
const every = ['loopback', 'electron'];

/**
 * @typedef {object} Part
 * @property {string} name
 * @property {string} entry      first source file, from the root
 * @property {string[]} inputs   files and folders whose contents decide whether the part is fresh
 * @property {string} output     what must exist after the build, below out/
 * @property {readonly Host[]} hosts  who needs it
 */

const everywhere = ['package-lock.json', 'resources/build/parts.mjs', 'resources/build/build.mjs'];

/** @type {Part[]} */
export const parts = [
  {
    name: 'renderer',
    entry: 'renderer/index.html',
    inputs: [...everywhere, 'renderer', 'preload/contract', 'resources/sounds', 'lingui.config.ts'],
    output: 'renderer/index.html',
    hosts: every,
  },
  {
    name: 'core',
    entry: 'main/core/start.ts',
    inputs: [...everywhere, 'main/core', 'preload/contract', 'resources/connections'],
    output: 'core/core.js',
    hosts: every,
  },
  {
    name: 'core-thread',
    entry: 'main/core/database/job-thread.ts',
    inputs: [...everywhere, 'main/core/database', 'preload/contract'],
    output: 'core-thread/job-thread.js',
    hosts: every,
  },
  {
    name: 'import-thread',
    entry: 'main/core/import-thread.ts',
    inputs: [...everywhere, 'main/core', 'preload/contract'],
    output: 'import-thread/import-thread.js',
    hosts: every,
  },
  {
    name: 'reading-thread',
    entry: 'main/core/reading-thread.ts',
    inputs: [...everywhere, 'main/core', 'preload/contract'],
    output: 'reading-thread/reading-thread.js',
    hosts: every,
  },
  {
    name: 'loopback',
    entry: 'main/loopback/start.ts',
    inputs: [...everywhere, 'main/loopback', 'main/host', 'preload/contract'],
    output: 'loopback/host.js',
    hosts: ['loopback'],
  },
  {
    name: 'shell',
    entry: 'main/start.ts',
    inputs: [...everywhere, 'main/start.ts', 'main/shell', 'main/host', 'preload/contract'],
    output: 'main/start.js',
    hosts: ['electron'],
  },
  {
    name: 'bridge',
    entry: 'preload/bridge.ts',
    inputs: [...everywhere, 'preload'],
    output: 'preload/bridge.cjs',
    hosts: ['electron'],
  },
];

/** One set of compiler settings for each environment that code runs in. */
export const typeProjects = [
  'preload/contract',
  'preload/tsconfig.bridge.json',
  'main/core',
  'main/tsconfig.hosts.json',
  'renderer',
  'tests',
];
