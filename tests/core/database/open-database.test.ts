import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MIGRATIONS, type Migration } from '../../../main/core/database/migrate.ts';
import { type OpenedDatabase, openDatabase } from '../../../main/core/database/open-database.ts';
import { filesVault } from '../../../main/core/secrets/vault.ts';

const NOW = 1_795_424_400_000;
const NEWEST = MIGRATIONS.length;

let folder: string;
let opened: OpenedDatabase | null = null;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'anklang-database-'));
});
afterEach(() => {
  opened?.close();
  opened = null;
  rmSync(folder, { recursive: true, force: true });
});

async function open(migrations?: readonly Migration[]): Promise<OpenedDatabase> {
  const options = { folder, vault: filesVault(join(folder, 'secrets')), now: NOW, lockWaitMs: 50 };
  opened = await openDatabase(migrations ? { ...options, migrations } : options);
  return opened;
}

function close(): void {
  opened?.close();
  opened = null;
}

function writeMeta(value: string): void {
  opened?.database.query(`INSERT INTO meta (name, value) VALUES ('mark', ?)`).run(value);
}

function mark(): string | undefined {
  return opened?.database
    .query<{ value: string }>(`SELECT value FROM meta WHERE name = 'mark'`)
    .get()?.value;
}

const file = (...path: string[]) => join(folder, ...path);

describe('opening', () => {
  test('makes encrypted files for this user only', async () => {
    await open();
    writeMeta('Anna Beispiel');
    for (const name of [
      'desk.db',
      'desk.db-wal',
      'desk.db-shm',
      'desk.keycheck',
      'desk.lock',
      'secrets/database-key',
    ]) {
      expect(statSync(file(name)).mode & 0o777, name).toBe(0o600);
    }
    for (const name of ['', 'secrets', 'backups', 'quarantine', 'recordings']) {
      expect(statSync(file(name)).mode & 0o777, name).toBe(0o700);
    }
    for (const name of ['desk.db', 'desk.db-wal']) {
      const bytes = readFileSync(file(name));
      expect(bytes.includes('SQLite format')).toBe(false);
      expect(bytes.includes('Anna Beispiel')).toBe(false);
      expect(bytes.includes('customers')).toBe(false);
    }
  });

  test('finds again what was written', async () => {
    await open();
    writeMeta('kept');
    close();
    expect((await open()).recovery).toBeNull();
    expect(mark()).toBe('kept');
  });

  test('is refused while another core has the folder', async () => {
    await open();
    const first = opened;
    await expect(open()).rejects.toMatchObject({ reason: 'alreadyRunning' });
    first?.close();
    await open();
  });
});

describe('the key', () => {
  test('a lost key never leads to a new one over old data', async () => {
    await open();
    close();
    const before = readFileSync(file('desk.db'));
    rmSync(file('secrets', 'database-key'));
    await expect(open()).rejects.toMatchObject({ reason: 'keyUnavailable' });
    expect(readFileSync(file('desk.db'))).toEqual(before);
    expect(existsSync(file('secrets', 'database-key'))).toBe(false);
  });

  test('a wrong key is told from damage, and nothing is moved', async () => {
    await open();
    close();
    writeFileSync(file('secrets', 'database-key'), 'ab'.repeat(32));
    await expect(open()).rejects.toMatchObject({ reason: 'wrongKey' });
    expect(readdirSync(file('quarantine'))).toEqual([]);
  });

  test('without the check value nobody guesses', async () => {
    await open();
    close();
    rmSync(file('desk.keycheck'));
    writeFileSync(file('desk.db'), Buffer.alloc(40_960, 7));
    await expect(open()).rejects.toMatchObject({ reason: 'wrongKey' });
    expect(readFileSync(file('desk.db'))[0]).toBe(7);
  });
});

const next: Migration = {
  version: NEWEST + 1,
  minReaderVersion: NEWEST + 1,
  sql: 'ALTER TABLE lists ADD COLUMN note TEXT; CREATE TABLE more (id TEXT PRIMARY KEY) STRICT;',
};

describe('damage', () => {
  test('without a copy the desk starts empty, keeps the damaged file and says so', async () => {
    await open();
    writeMeta('lost');
    close();
    writeFileSync(file('desk.db'), Buffer.alloc(40_960, 7));
    const { recovery } = await open();
    expect(recovery).toEqual({
      kind: 'startedEmpty',
      at: NOW,
      quarantine: file('quarantine', `${NOW}.db`),
    });
    expect(mark()).toBeUndefined();
    expect(readFileSync(file('quarantine', `${NOW}.db`))[0]).toBe(7);
  });

  test('the newest sound copy comes back', async () => {
    await open();
    writeMeta('copied');
    close();
    await open([...MIGRATIONS, next]);
    close();
    const [copy = ''] = readdirSync(file('backups'));
    writeFileSync(file('backups', `desk-${NOW + 1}-v${NEWEST}.db`), 'no database at all');
    writeFileSync(file('desk.db'), Buffer.alloc(40_960, 7));
    const { recovery } = await open([...MIGRATIONS, next]);
    expect(recovery).toMatchObject({ kind: 'restored', at: NOW });
    expect(copy).toContain(`${NOW}-v${NEWEST}`);
    expect(mark()).toBe('copied');
    opened?.database.query('SELECT note FROM lists').all();
  });

  test('damage inside is found after an unclean end, and when it was suspected', async () => {
    const { database } = await open();
    database.transaction(() => {
      for (let index = 0; index < 2_000; index += 1) {
        database
          .query('INSERT INTO meta (name, value) VALUES (?, ?)')
          .run(`n${index}`, 'x'.repeat(200));
      }
    });
    opened?.suspectDamage();
    close();
    const bytes = readFileSync(file('desk.db'));
    bytes.fill(9, Math.floor(bytes.length / 2));
    writeFileSync(file('desk.db'), bytes);
    expect((await open()).recovery?.kind).toBe('startedEmpty');
  });
});

describe('migrating', () => {
  test('carries rows forward and keeps a verified copy of what was', async () => {
    await open();
    writeMeta('carried');
    opened?.database
      .query(`INSERT INTO lists (id, name, created_at, origin) VALUES ('l', 'Liste', 1, 'real')`)
      .run();
    close();
    await open([...MIGRATIONS, next]);
    expect(mark()).toBe('carried');
    expect(opened?.database.query('SELECT name, note FROM lists').get()).toEqual({
      name: 'Liste',
      note: null,
    });
    const [copy = ''] = readdirSync(file('backups'));
    expect(copy).toBe(`desk-${NOW}-v${NEWEST}.db`);
    expect(statSync(file('backups', copy)).mode & 0o777).toBe(0o600);
    expect(readFileSync(file('backups', copy)).includes('SQLite format')).toBe(false);
  });

  test.each([
    ['fails', 'CREATE TABLE more (id TEXT) STRICT; INSERT INTO nowhere VALUES (1);'],
    [
      'would leave rows that refer to nothing',
      `CREATE TABLE more (id TEXT) STRICT;
      INSERT INTO customer_numbers (id, customer_id, raw, number_key, origin) VALUES ('n', 'nobody', '1', '1', 'real');`,
    ],
  ])('one that %s leaves the database as it was', async (_what, sql) => {
    await open();
    writeMeta('still here');
    close();
    await expect(open([...MIGRATIONS, { ...next, sql }])).rejects.toThrow();
    await open();
    expect(mark()).toBe('still here');
    const tables = opened?.database
      .query(`SELECT name FROM sqlite_schema WHERE name = 'more'`)
      .all();
    expect(tables).toEqual([]);
  });

  test('a newer database is refused, unless it says that older programs may use it', async () => {
    await open([...MIGRATIONS, next]);
    close();
    await expect(open()).rejects.toMatchObject({ reason: 'newerDatabase' });
    rmSync(folder, { recursive: true });
    await open([...MIGRATIONS, { ...next, minReaderVersion: NEWEST }]);
    close();
    await open();
  });

  test('two copies are kept', async () => {
    await open();
    close();
    for (const at of [1, 2, 3]) {
      writeFileSync(file('backups', `desk-000000000000${at}-v${NEWEST}.db`), 'old');
    }
    await open([...MIGRATIONS, next]);
    expect(readdirSync(file('backups'))).toEqual([
      `desk-0000000000003-v${NEWEST}.db`,
      `desk-${NOW}-v${NEWEST}.db`,
    ]);
  });
});

describe('a transaction', () => {
  test('is all or nothing, and actions wait for it', async () => {
    const { database } = await open();
    const seen: string[] = [];
    expect(() =>
      database.transaction(() => {
        writeMeta('half');
        database.afterCommit(() => seen.push('never'));
        throw new Error('no');
      }),
    ).toThrow('no');
    expect(mark()).toBeUndefined();
    database.transaction(() => {
      database.transaction(() => writeMeta('whole'));
      database.afterCommit(() => seen.push('after'));
      expect(seen).toEqual([]);
    });
    expect([mark(), ...seen]).toEqual(['whole', 'after']);
  });
});
