// What goes into a package: packed for real, around Electron's binary where it is present and around a
// stand-in elsewhere, then held against the list of what may be in it.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
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

  it('offers telephone links to the system', () => {
    const settings = readFileSync(join(root, 'electron-builder.yml'), 'utf8');
    for (const scheme of ['tel', 'sip', 'sips', 'callto']) expect(settings).toContain(scheme);
  });
});
