import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDatabase } from '../../../main/core/database/open-database.ts';
import { startFailureFrom, storageReasonOf } from '../../../main/core/database/storage-problem.ts';
import { filesVault } from '../../../main/core/secrets/vault.ts';
import { aFolderForThisTest } from '../support/test-core.ts';

const withCode = (code: string) => Object.assign(new Error(code), { code });

test('errors of SQLite and of the system say what is wrong with the storage', () => {
  expect(storageReasonOf(withCode('SQLITE_FULL'))).toBe('diskFull');
  expect(storageReasonOf(withCode('ENOSPC'))).toBe('diskFull');
  expect(storageReasonOf(withCode('SQLITE_IOERR_SHMSIZE'))).toBe('diskFull');
  expect(storageReasonOf(withCode('SQLITE_READONLY_DBMOVED'))).toBe('readOnly');
  expect(storageReasonOf(withCode('EROFS'))).toBe('readOnly');
  expect(storageReasonOf(withCode('SQLITE_CORRUPT_INDEX'))).toBe('damaged');
  expect(storageReasonOf(withCode('SQLITE_IOERR_WRITE'))).toBe('other');
  expect(storageReasonOf(withCode('SQLITE_CONSTRAINT_CHECK'))).toBeNull();
  expect(storageReasonOf(new Error('else'))).toBeNull();
  expect(startFailureFrom(withCode('EACCES')).reason).toBe('readOnly');
  expect(startFailureFrom(withCode('ENOSPC')).reason).toBe('diskFull');
});

test('a full disk takes the whole transaction back, and the desk goes on when there is room', async () => {
  const folder = aFolderForThisTest();
  const { database, close } = await openDatabase({
    folder,
    vault: filesVault(join(folder, 'secrets')),
    now: 1,
  });
  const count = () =>
    database.query<{ n: number }>('SELECT count(*) AS n FROM meta').get()?.n ?? -1;
  const insert = database.query('INSERT INTO meta (name, value) VALUES (?, ?)');
  const before = count();
  const { page_count } = database.query<{ page_count: number }>('PRAGMA page_count').get() ?? {
    page_count: 0,
  };
  const limit = (pages: number) => database.query(`PRAGMA max_page_count = ${pages}`).get();
  limit(page_count + 5);
  let problem: unknown;
  try {
    database.transaction(() => {
      for (let index = 0; index < 500; index += 1) insert.run(`n${index}`, 'x'.repeat(1_000));
    });
  } catch (error) {
    problem = error;
  }
  expect(storageReasonOf(problem)).toBe('diskFull');
  expect(count()).toBe(before);
  limit(1_000_000);
  database.transaction(() => insert.run('later', 'x'));
  expect(count()).toBe(before + 1);
  close();
});
