// What goes into a package: packed for real, around Electron's binary where it is present and around a
// stand-in elsewhere, then held against the list of what may be in it.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { extractFile, listPackage } from '@electron/asar';
import { FuseState, FuseV1Options, FuseVersion, getCurrentFuseWire } from '@electron/fuses';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const require = createRequire(import.meta.url);

/** Every file of the archive matches one of these, and each of these is matched. */
const ALLOWED = [
  /^\/package\.json$/,
  /^\/LICENSE$/,
  /^\/out\/main\/start\.js$/,
  /^\/out\/core\/core\.js$/,
  /^\/out\/core-thread\/job-thread\.js$/,
  /^\/out\/import-thread\/import-thread\.js$/,
  /^\/out\/reading-thread\/reading-thread\.js$/,
  /^\/out\/preload\/bridge\.cjs$/,
  /^\/out\/renderer\/index\.html$/,
  /^\/out\/renderer\/assets\/[\w.-]+\.js$/,
  /^\/out\/renderer\/assets\/[\w.-]+\.css$/,
  /^\/out\/renderer\/assets\/[\w.-]+\.woff2$/,
  /^\/resources\/icons\/(icon|tray|tray@2x)\.png$/,
  /^\/node_modules\/better-sqlite3\/package\.json$/,
  /^\/node_modules\/better-sqlite3\/LICENSE$/,
  /^\/node_modules\/better-sqlite3\/lib\/[\w/-]+\.js$/,
  /^\/node_modules\/better-sqlite3\/prebuilds\/linux-(x64|arm64)\.node$/,
];
/** Files of the page beyond code, style and fonts; none of them has to be there. */
const ALSO_ALLOWED = [
  /^\/out\/renderer\/[\w-]+\.(js|svg|png|ico|css)$/,
  /^\/out\/renderer\/assets\/[\w.-]+\.(svg|png|wasm|ogg|wav)$/,
];

let output: string;
let unpacked: string;

beforeAll(() => {
  output = mkdtempSync(join(tmpdir(), 'anklang-package-'));
  const result = spawnSync(
    process.execPath,
    [
      join(root, 'resources', 'build', 'package.mjs'),
      '--linux',
      'dir',
      `-c.directories.output=${output}`,
    ],
    { cwd: root, encoding: 'utf8' },
  );
  if (result.status !== 0) throw new Error(`${result.stdout}\n${result.stderr}`);
  unpacked = join(output, process.arch === 'arm64' ? 'linux-arm64-unpacked' : 'linux-unpacked');
}, 240_000);
afterAll(() => rmSync(output, { recursive: true, force: true }));

function packedFiles(): string[] {
  const archive = join(unpacked, 'resources', 'app.asar');
  return listPackage(archive, { isPack: false }).filter((path) => /\.[\w]+$|LICENSE$/.test(path));
}

describe('linux dir package', () => {
  it('holds what is allowed and nothing else', () => {
    const strangers = packedFiles().filter(
      (path) => ![...ALLOWED, ...ALSO_ALLOWED].some((pattern) => pattern.test(path)),
    );
    expect(strangers).toEqual([]);
  });

  it('holds everything that it needs', () => {
    const files = packedFiles();
    expect(ALLOWED.filter((pattern) => !files.some((path) => pattern.test(path)))).toEqual([]);
  });

  it('leaves the loopback host, sources, tests and source maps out', () => {
    const files = packedFiles();
    expect(files.filter((path) => /loopback|\.tsx?$|\.map$|tests?\//.test(path))).toEqual([]);
  });

  it('starts at the entry that package.json names', () => {
    const packed = JSON.parse(
      extractFile(join(unpacked, 'resources', 'app.asar'), 'package.json').toString(),
    ) as { main: string };
    expect(packedFiles()).toContain(`/${packed.main}`);
  });

  it('keeps the database binary outside the archive, where it can be loaded', () => {
    const binary = join(
      unpacked,
      'resources/app.asar.unpacked/node_modules/better-sqlite3/prebuilds',
      `linux-${process.arch}.node`,
    );
    expect(existsSync(binary)).toBe(true);
    expect(() => require(binary) as unknown).not.toThrow();
  });

  it('carries every fuse as it was decided', async () => {
    const wire = await getCurrentFuseWire(join(unpacked, 'anklang'));
    const on = FuseState.ENABLE;
    const off = FuseState.DISABLE;
    expect(wire).toEqual({
      version: FuseVersion.V1,
      [FuseV1Options.RunAsNode]: off,
      [FuseV1Options.EnableCookieEncryption]: on,
      [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: off,
      [FuseV1Options.EnableNodeCliInspectArguments]: off,
      [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: on,
      [FuseV1Options.OnlyLoadAppFromAsar]: on,
      [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: off,
      [FuseV1Options.GrantFileProtocolExtraPrivileges]: off,
      [FuseV1Options.WasmTrapHandlers]: on,
    });
  });

  it('offers telephone links and its own to the system, in the desktop entry as it is installed', () => {
    const entry = desktopEntry();
    const types = /^MimeType=(.*)$/m.exec(entry)?.[1]?.split(';') ?? [];
    for (const scheme of ['tel', 'sip', 'sips', 'callto', 'anklang'])
      expect(types, scheme).toContain(`x-scheme-handler/${scheme}`);
    // %U: the link is handed over as an argument.
    expect(entry).toMatch(/^Exec=\S*anklang .*%U$/m);
  });
});

/** What the Debian package installs: caught where electron-builder hands it to the packer. */
function desktopEntry(): string {
  const caught = join(output, 'caught.desktop');
  const packer = join(output, 'fpm.cjs');
  writeFileSync(
    packer,
    `#!${process.execPath}
const { copyFileSync, writeFileSync } = require('node:fs');
const words = process.argv.slice(2);
for (const word of words) {
  const at = word.indexOf('=/usr/share/applications/');
  if (at > 0) copyFileSync(word.slice(0, at), ${JSON.stringify(caught)});
}
writeFileSync(words[words.indexOf('--package') + 1], '');
`,
    { mode: 0o755 },
  );
  const result = spawnSync(
    process.execPath,
    [
      require.resolve('electron-builder/cli.js'),
      ...['--publish', 'never', '--linux', 'deb', '--prepackaged', unpacked],
      `-c.directories.output=${join(output, 'deb')}`,
    ],
    {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, CUSTOM_FPM_PATH: packer, ELECTRON_BUILDER_OFFLINE: 'true' },
    },
  );
  if (!existsSync(caught)) throw new Error(`${result.stdout}\n${result.stderr}`);
  return readFileSync(caught, 'utf8');
}
