// A folder laid out like out/, with the stand-in for core and a small page, for tests of the host.
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const PAGE = `<!doctype html><html><head>
<meta property="csp-nonce" nonce="__CSP_NONCE__">
<script type="module" src="./assets/start-1.js"></script>
<link rel="stylesheet" href="./assets/start-1.css">
</head><body></body></html>`;

export interface DeskFolder {
  root: string;
  coreProgram: string;
  pageFolder: string;
  dataFolder: string;
  remove(): void;
}

export function aDeskFolder(): DeskFolder {
  const root = mkdtempSync(join(tmpdir(), 'anklang-host-'));
  const pageFolder = join(root, 'renderer');
  const dataFolder = join(root, 'data');
  const coreProgram = join(root, 'core', 'core.js');
  mkdirSync(join(pageFolder, 'assets'), { recursive: true });
  mkdirSync(join(root, 'core'));
  mkdirSync(dataFolder, { mode: 0o700 });
  writeFileSync(join(root, 'package.json'), '{"type":"module"}');
  writeFileSync(join(pageFolder, 'index.html'), PAGE);
  writeFileSync(join(pageFolder, 'assets', 'start-1.js'), 'export {};');
  writeFileSync(join(pageFolder, 'assets', 'start-1.css'), 'body{}');
  writeFileSync(join(root, 'secret.js'), 'not yours');
  copyFileSync(join(import.meta.dirname, 'fake-core.mjs'), coreProgram);
  return {
    root,
    coreProgram,
    pageFolder,
    dataFolder,
    remove: () => rmSync(root, { recursive: true, force: true, maxRetries: 5 }),
  };
}
