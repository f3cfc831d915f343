// Duplicates that are none, and merges with all that undoing them needs. Frozen once it has landed; it imports nothing.

const sql = `
`;

export const cleanBook = {
  version: 5,
  minReaderVersion: 5,
  sql,
} as const;
