// A process of its own that carries a data folder forward and never comes to the end: it is there to
// be killed in the middle.
import { join } from 'node:path';
import { MIGRATIONS } from '../../../main/core/database/migrate.ts';
import { openDatabase } from '../../../main/core/database/open-database.ts';
import { filesVault } from '../../../main/core/secrets/vault.ts';

const [folder = ''] = process.argv.slice(2);
const endless = `INSERT INTO meta (name, value)
  WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000000)
  SELECT 'filler' || i, hex(zeroblob(500)) FROM n;`;
const [first, ...later] = MIGRATIONS;
const slow = later.map((migration) => ({ ...migration, sql: migration.sql + endless }));
await openDatabase({
  ...{ folder, vault: filesVault(join(folder, 'secrets')), now: Date.now() },
  migrations: first ? [first, ...slow] : [],
});
