// `npm run package -- --linux dir` and the like: builds, then lets electron-builder pack. Where
// Electron's own binary is absent, a stand-in of the same layout takes its place, so that what goes
// into a package can be proven everywhere; such a package does not start and says so.
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const require = createRequire(import.meta.url);
const electronVersion = require('electron/package.json').version;
const wanted = process.argv.slice(2);

run([join(root, 'resources', 'build', 'build.mjs')]);
const builder = [require.resolve('electron-builder/cli.js'), '--publish', 'never', ...wanted];
if (!existsSync(join(root, 'node_modules', 'electron', 'dist', 'version'))) {
  builder.push(`-c.electronDist=${standIn()}`);
}
run(builder);

function run(args) {
  const result = spawnSync(process.execPath, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ELECTRON_BUILDER_OFFLINE: 'true', CSC_IDENTITY_AUTO_DISCOVERY: 'false' },
  });
  if (result.status !== 0) process.exit(result.status ?? 1);
}

/** A folder laid out like Electron's Linux distribution; its executable carries an unset fuse wire. */
function standIn() {
  if (wanted.some((word) => /^(--win|-w|--mac|-m|--windows|--macos)$/.test(word))) {
    process.stderr.write(
      'Packaging for Windows and macOS needs Electron’s own binary: run "npx install-electron" where its release site can be reached.\n' +
        'Pakete für Windows und macOS brauchen Electrons eigenes Programm: „npx install-electron“ ausführen, wo dessen Seite erreichbar ist.\n',
    );
    process.exit(1);
  }
  process.stderr.write(
    'Electron’s binary is not here: packing around a stand-in, which does not start.\n',
  );
  const folder = join(root, '.cache', 'electron-stand-in');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'resources'), { recursive: true });
  mkdirSync(join(folder, 'locales'), { recursive: true });
  const executable = join(folder, 'electron');
  const script =
    '#!/bin/sh\necho "This package was built without Electron and cannot start." >&2\nexit 1\n';
  // Sentinel, wire version 1, nine fuses, all as Electron ships them: '0' off, '1' on.
  const wire = Buffer.concat([
    Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX', 'latin1'),
    Buffer.from([1, 9]),
    Buffer.from('101100011', 'latin1'),
  ]);
  writeFileSync(executable, Buffer.concat([Buffer.from(script), wire, Buffer.from('\n')]));
  chmodSync(executable, 0o755);
  for (const locale of ['de', 'en-US']) writeFileSync(join(folder, 'locales', `${locale}.pak`), '');
  writeFileSync(join(folder, 'version'), electronVersion);
  writeFileSync(
    join(folder, 'LICENSE'),
    readFileSync(join(root, 'node_modules', 'electron', 'LICENSE')),
  );
  writeFileSync(join(folder, 'LICENSES.chromium.html'), '<!doctype html><title>Stand-in</title>\n');
  return folder;
}
