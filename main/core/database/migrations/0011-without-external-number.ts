// Customers whom no other system has a number for: an import whose rows have one asks for these alone.
// Frozen once it has landed; it imports nothing.

const sql = 'CREATE INDEX customers_without_external ON customers (id) WHERE external_id IS NULL;';

export const withoutExternalNumber = {
  version: 11,
  minReaderVersion: 10,
  sql,
} as const;
