// Objections, consent proofs, erasures and what retention has taken. Frozen once it has landed; it imports nothing.

const sql = `
`;

export const rights = {
  version: 9,
  minReaderVersion: 9,
  sql,
} as const;
