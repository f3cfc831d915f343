// Missed calls, callbacks and voicemails as work with an owner, and numbers that are ignored. Frozen once it has landed; it imports nothing.

const sql = `
`;

export const waitingWork = {
  version: 7,
  minReaderVersion: 7,
  sql,
} as const;
