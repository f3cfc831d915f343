// Which of an account's servers to connect to. Rules only.

export interface ServerChoice {
  readonly servers: readonly string[];
  readonly index: number;
  /** Attempts in a row that failed on this one. */
  readonly failures: number;
}

/** Failed attempts before the next server gets its turn. */
const PATIENCE = 2;
/** How long a substitute is used before the first server is looked for again, ms. */
export const BACK_TO_FIRST_AFTER = 300_000;

export function serverChoice(servers: readonly string[]): ServerChoice {
  return { servers: [...new Set(servers)], index: 0, failures: 0 };
}

export function chosenServer({ servers, index }: ServerChoice): string {
  return servers[index] ?? servers[0] ?? '';
}

export function isSubstitute(choice: ServerChoice): boolean {
  return choice.index > 0;
}

/** An attempt failed: after the second one the next server, after the last one the first again. */
export function afterFailure(choice: ServerChoice): ServerChoice {
  const failures = choice.failures + 1;
  if (failures < PATIENCE || choice.servers.length < 2) return { ...choice, failures };
  return { ...choice, index: (choice.index + 1) % choice.servers.length, failures: 0 };
}

/** Connected and registered. */
export function afterSuccess(choice: ServerChoice): ServerChoice {
  return { ...choice, failures: 0 };
}

/** A connection that stood is lost, or the first server is there again. */
export function backToFirst(choice: ServerChoice): ServerChoice {
  return { ...choice, index: 0, failures: 0 };
}
