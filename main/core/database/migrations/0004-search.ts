// Search in a large book: the index over names, places, numbers, tags and notes. Frozen once it has landed; it imports nothing.

const sql = `
`;

export const search = {
  version: 4,
  minReaderVersion: 4,
  sql,
} as const;
