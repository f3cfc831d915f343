// Tokens of the local API, webhooks with their deliveries, and links into other systems. Frozen once it has landed; it imports nothing.

const sql = `
`;

export const connections = {
  version: 8,
  minReaderVersion: 8,
  sql,
} as const;
