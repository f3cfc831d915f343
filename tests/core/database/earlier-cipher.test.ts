// Databases and copies that an earlier version wrote, in SQLCipher's format: nothing of them is lost, and
// they are written anew.
import {
  closeSync,
  copyFileSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { backupsIn } from '../../../main/core/database/backups.ts';
import { dataFolderAt } from '../../../main/core/database/data-folder.ts';
import { openEncrypted } from '../../../main/core/database/encrypted-file.ts';
import { MIGRATIONS } from '../../../main/core/database/migrate.ts';
import { openDatabase } from '../../../main/core/database/open-database.ts';
import { isSqlCipherFile } from '../../../main/core/database/sqlcipher-page.ts';
import { filesVault } from '../../../main/core/secrets/vault.ts';
import { aSmallVolume } from '../support/small-volume.ts';
import { aFolderForThisTest } from '../support/test-core.ts';

const NOW = 1_795_424_400_000;
const OTHER_KEY = '0f'.repeat(32);

function earlier(file: string, key: string): Sqlite.Database {
  const raw = new Sqlite(file);
  raw.pragma("cipher = 'sqlcipher'");
  raw.pragma('legacy = 4');
  raw.pragma(`key = "x'${key}'"`);
  return raw;
}

async function opened(folder: string) {
  const found = await openDatabase({
    ...{ folder, vault: filesVault(join(folder, 'secrets')), now: NOW },
  });
  onTestFinished(() => found.close());
  return found;
}

/** A folder as an earlier version left it: with everything up to a migration, and a row of its own. */
async function aFolderOf(
  version: number,
  folder = aFolderForThisTest(),
): Promise<{ folder: string; file: string; key: string }> {
  const first = await opened(folder);
  const { key } = first;
  first.close();
  const file = join(folder, 'desk.db');
  for (const ending of ['', '-wal', '-shm']) rmSync(file + ending, { force: true });
  const raw = earlier(file, key);
  raw.pragma('journal_mode = WAL');
  for (const { sql } of MIGRATIONS.slice(0, version)) raw.exec(sql);
  raw.exec(`INSERT INTO meta (name, value) VALUES ('mark', 'Anna Beispiel'),
    ('min_reader_version', '${version}')`);
  raw.pragma(`user_version = ${version}`);
  raw.close();
  return { folder, file, key };
}

/** Its last run ended in a crash: what it wrote then is in the log only. */
function leaveInTheLog(file: string, key: string, ...statements: string[]): void {
  const raw = earlier(file, key);
  raw.pragma('wal_autocheckpoint = 0');
  for (const sql of statements) raw.exec(sql);
  for (const ending of ['', '-wal']) copyFileSync(file + ending, `${file}.kept${ending}`);
  raw.close();
  for (const ending of ['', '-wal']) renameSync(`${file}.kept${ending}`, file + ending);
}

const MARK_IN_THE_LOG = "UPDATE meta SET value = 'only in the log' WHERE name = 'mark'";

const markIn = ({ database }: Awaited<ReturnType<typeof opened>>) =>
  database.query<{ value: string }>("SELECT value FROM meta WHERE name = 'mark'").get()?.value;

test('which format a file is in, its first pages tell', async () => {
  const { file, key } = await aFolderOf(9);
  expect(isSqlCipherFile(file, key)).toBe(true);
  expect(isSqlCipherFile(file, OTHER_KEY)).toBe(false);
  const fresh = `${file}.fresh`;
  const raw = openEncrypted(fresh, key);
  raw.exec('CREATE TABLE t (a)');
  raw.close();
  expect(isSqlCipherFile(fresh, key)).toBe(false);
  writeFileSync(`${file}.short`, 'SQLite');
  expect(isSqlCipherFile(`${file}.short`, key)).toBe(false);
});

test('a database of an earlier version is migrated and written anew, with a copy as it was', async () => {
  const { folder, file, key } = await aFolderOf(9);
  const found = await opened(folder);
  expect(found.recovery).toBeNull();
  expect(markIn(found)).toBe('Anna Beispiel');
  expect(isSqlCipherFile(file, key)).toBe(false);
  found.database.query("UPDATE meta SET value = 'Berta' WHERE name = 'mark'").run();
  found.close();
  const again = await opened(folder);
  expect(markIn(again)).toBe('Berta');
  again.close();

  const [copy] = backupsIn(dataFolderAt(folder));
  expect(copy && isSqlCipherFile(copy.file, key)).toBe(true);
  expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  // Where the database is damaged, that copy is taken, migrated and renewed in its turn.
  writeFileSync(file, Buffer.alloc(65_536, 7));
  const restored = await opened(folder);
  expect(restored.recovery?.kind).toBe('restored');
  expect(markIn(restored)).toBe('Anna Beispiel');
  expect(isSqlCipherFile(file, key)).toBe(false);
});

test('what its last run had only in the log is there', async () => {
  const { folder, file, key } = await aFolderOf(MIGRATIONS.length);
  leaveInTheLog(file, key, MARK_IN_THE_LOG);
  const found = await opened(folder);
  expect(markIn(found)).toBe('only in the log');
  expect(isSqlCipherFile(file, key)).toBe(false);
});

test('a first page that a power cut has torn is told apart from damage while the log has it whole', async () => {
  const { folder, file, key } = await aFolderOf(MIGRATIONS.length);
  // The table changes the first page as well.
  leaveInTheLog(file, key, 'CREATE TABLE torn (a)', MARK_IN_THE_LOG);
  const handle = openSync(file, 'r+');
  writeSync(handle, Buffer.alloc(2_048, 7), 0, 2_048, 2_048);
  closeSync(handle);
  expect(isSqlCipherFile(file, key)).toBe(true);
  const found = await opened(folder);
  expect(found.recovery).toBeNull();
  expect(markIn(found)).toBe('only in the log');
});

// Without one the test is skipped, visibly; where everything is required it fails.
const volume = aSmallVolume(48);
if (volume) afterAll(() => volume.close());

test.skipIf(!volume && process.env['CI'] === undefined)(
  'where there is no room to write it anew it is used as it is, until there is',
  async () => {
    if (!volume) throw new Error('no file system can be mounted here');
    const { folder, file, key } = await aFolderOf(MIGRATIONS.length, volume.folder);
    volume.fill(12 * 1024 * 1024);
    const found = await opened(folder);
    expect(markIn(found)).toBe('Anna Beispiel');
    expect(isSqlCipherFile(file, key)).toBe(true);
    found.database.query("UPDATE meta SET value = 'Berta' WHERE name = 'mark'").run();
    found.close();
    volume.makeRoom();
    const again = await opened(folder);
    expect(markIn(again)).toBe('Berta');
    expect(isSqlCipherFile(file, key)).toBe(false);
    again.close();
  },
);
