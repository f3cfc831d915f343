// Builds what is out of date: node resources/build/build.mjs [part …] [--force]
// Each part is made in a folder of its own and then put in place, so that a desk that is being
// started never reads half a build.
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { lingui } from '@lingui/vite-plugin';
import react from '@vitejs/plugin-react';
import { build } from 'vite';
import { whileBuildingAlone } from './build-lock.mjs';
import { digestFile, inputDigest, staleParts } from './freshness.mjs';
import { NONCE_PLACEHOLDER, outFolder, parts, root } from './parts.mjs';

// Whoever builds, tests too: any other value would put React's development build into the window.
process.env['NODE_ENV'] = 'production';

const common = { configFile: false, envDir: false, logLevel: 'warn', clearScreen: false };
const names = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const force = process.argv.includes('--force');
const unknown = names.find((name) => !parts.some((part) => part.name === name));
if (unknown !== undefined) {
  say(`There is no part "${unknown}". Parts: ${parts.map((part) => part.name).join(', ')}`);
  process.exit(2);
}
const missing = parts.find(
  ({ name, entry }) => names.includes(name) && !existsSync(join(root, entry)),
);
if (missing !== undefined) {
  say(`There is no ${missing.entry} to build from.`);
  process.exit(1);
}
const wanted = parts.filter((part) => names.length === 0 || names.includes(part.name));

await whileBuildingAlone(async () => {
  const due = force
    ? wanted.filter((part) => existsSync(join(root, part.entry)))
    : staleParts(wanted);
  for (const part of due) await buildPart(part);
});

async function buildPart(part) {
  const began = performance.now();
  // Taken before the build: what is changed meanwhile makes the part stale again.
  const digest = inputDigest(part);
  const draft = join(outFolder, `.draft-${part.name}`);
  rmSync(draft, { recursive: true, force: true });
  await build(part.name === 'renderer' ? pageSettings(draft) : programSettings(part, draft));
  putInPlace(draft, join(outFolder, dirname(part.output)));
  mkdirSync(dirname(digestFile(part)), { recursive: true });
  writeFileSync(digestFile(part), digest);
  say(`Built ${part.name} in ${Math.round(performance.now() - began)} ms`);
}

function putInPlace(draft, target) {
  const old = `${target}.old-${process.pid}`;
  mkdirSync(dirname(target), { recursive: true });
  if (existsSync(target)) renameSync(target, old);
  renameSync(draft, target);
  rmSync(old, { recursive: true, force: true });
}

/** The window's page: hashed files with relative addresses, so that app:// and http:// serve the same. */
function pageSettings(outDir) {
  return {
    ...common,
    root: join(root, 'renderer'),
    base: './',
    plugins: [
      lingui({ cwd: root, macroTransform: true, failOnCompileError: true }),
      react(),
      sipGrammarDecodedOnce(),
    ],
    html: { cspNonce: NONCE_PLACEHOLDER },
    build: {
      outDir,
      emptyOutDir: true,
      target: 'chrome146',
      sourcemap: true,
      // Data addresses would need wider rules for fonts and sounds.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      chunkSizeWarningLimit: 2_000,
    },
  };
}

/**
 * sip.js decodes the tables of its grammar, which never change, anew for every header that it reads: a
 * third of what a profile of a call's beginning showed for its messages.
 */
function sipGrammarDecodedOnce() {
  const tables = /const peg\$bytecode = (\[[\s\S]*?\n {4}\]);/;
  return {
    name: 'sip-grammar-decoded-once',
    transform(code, id) {
      if (!id.endsWith('/sip.js/lib/grammar/pegjs/dist/grammar.js')) return null;
      if (!tables.test(code)) throw new Error('The grammar of sip.js is not what it was.');
      const once = code.replace(tables, 'const peg$$bytecode = (decodedTables ??= $1);');
      return { code: `let decodedTables; ${once}`, map: null };
    },
  };
}

/** A program of one file, for Node (core, host, shell) or for a sandboxed preload (CommonJS). */
function programSettings(part, outDir) {
  const commonJs = part.output.endsWith('.cjs');
  return {
    ...common,
    root,
    publicDir: false,
    // Everything is bundled but what is native or belongs to Electron.
    ssr: { noExternal: true, target: 'node' },
    build: {
      outDir,
      emptyOutDir: true,
      target: 'node24',
      ssr: true,
      sourcemap: true,
      minify: false,
      reportCompressedSize: false,
      rolldownOptions: {
        input: join(root, part.entry),
        external: (id) => isBuiltin(id) || id === 'electron' || id === 'better-sqlite3',
        output: {
          format: commonJs ? 'cjs' : 'es',
          entryFileNames: part.output.slice(part.output.lastIndexOf('/') + 1),
          codeSplitting: false,
        },
      },
    },
  };
}

function say(text) {
  process.stderr.write(`${text}\n`);
}
