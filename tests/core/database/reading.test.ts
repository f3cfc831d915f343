import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type DeskDatabase, deskDatabaseOver } from '../../../main/core/database/desk-database.ts';

let folder: string;
let database: DeskDatabase;
let other: Sqlite.Database;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'anklang-reading-'));
  const raw = new Sqlite(join(folder, 'book.db'));
  raw.pragma('journal_mode = WAL');
  raw.exec("CREATE TABLE facts (value TEXT); INSERT INTO facts VALUES ('before')");
  database = deskDatabaseOver(raw);
  other = new Sqlite(join(folder, 'book.db'));
});
afterEach(() => {
  other.close();
  database.close();
  rmSync(folder, { recursive: true, force: true });
});

const value = () => database.query<{ value: string }>('SELECT value FROM facts').get()?.value;

test('a reading sees one moment, inside another one too', () => {
  const seen = database.reading(() => {
    const first = value();
    other.exec("UPDATE facts SET value = 'after'");
    return [first, database.reading(value), value()];
  });
  expect(seen).toEqual(['before', 'before', 'before']);
  expect(value()).toBe('after');
});

test('a reading sees what its transaction wrote', () => {
  const seen = database.transaction(() => {
    database.query("UPDATE facts SET value = 'mine'").run();
    return database.reading(value);
  });
  expect(seen).toBe('mine');
});

test('nothing is written in a reading, and it ends when it fails', () => {
  for (const write of [database.transaction, database.bulkTransaction])
    expect(() => database.reading(() => write(() => 1))).toThrow('nothing is written');
  database.transaction(() => database.query("UPDATE facts SET value = 'later'").run());
  expect(value()).toBe('later');
});
