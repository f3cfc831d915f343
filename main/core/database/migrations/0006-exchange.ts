// Imports: mappings that are remembered, what each import did, and what it refused. Frozen once it has landed; it imports nothing.

const sql = `
`;

export const exchange = {
  version: 6,
  minReaderVersion: 6,
  sql,
} as const;
