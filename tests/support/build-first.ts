// Builds before the first journey, so that no test's time includes it.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export default function buildFirst(): void {
  const build = fileURLToPath(new URL('../../resources/build/build.mjs', import.meta.url));
  const { status } = spawnSync(process.execPath, [build], { stdio: ['ignore', 2, 2] });
  if (status !== 0) throw new Error('the build failed; its words are above');
}
