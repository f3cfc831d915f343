// Checks the types of every environment: node resources/build/types.mjs [--ts6]
// TypeScript 7 by default, because it is several times faster; TypeScript 6 checks the same on demand.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root, typeProjects } from './parts.mjs';

const compiler = process.argv.includes('--ts6')
  ? join(root, 'node_modules', 'typescript', 'bin', 'tsc')
  : join(root, 'node_modules', 'typescript-native', 'bin', 'tsc');

let failed = false;
for (const project of typeProjects) {
  const { status } = spawnSync(process.execPath, [compiler, '-p', project], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  process.stderr.write(`${status === 0 ? 'ok  ' : 'FAIL'} ${project}\n`);
  if (status !== 0) failed = true;
}
process.exit(failed ? 1 : 0);
