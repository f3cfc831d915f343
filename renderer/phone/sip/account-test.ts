// Tries an account without touching the desk's own line: a separate instance registers and is taken
// back at once.
import { type Clock, systemClock } from '../clock.ts';
import type { ConnectionProblem } from '../phone.ts';
import { createSipLine, type SipAccount, type SipLineOptions } from './sip-line.ts';

export type AccountTestResult =
  /** `ms` from the start of connecting to the server's 200. */
  { ok: true; ms: number } | { ok: false; problem: ConnectionProblem; sipCode: number | null };

export interface AccountTestOptions {
  account: SipAccount;
  password: string;
  clock?: Clock;
  transport?: NonNullable<SipLineOptions['transport']>;
  /** Given up after this, ms. */
  limit?: number;
}

/** Registers with this account once; the server forgets it again before the answer comes. */
export async function testAccount(options: AccountTestOptions): Promise<AccountTestResult> {
  const clock = options.clock ?? systemClock;
  const begin = clock.now();
  let settle: (result: AccountTestResult) => void = () => undefined;
  const outcome = new Promise<AccountTestResult>((resolve) => {
    settle = resolve;
  });
  const line = createSipLine({
    // This server is asked about, not those that would stand in for it.
    account: { ...options.account, furtherServers: [] },
    password: options.password,
    instanceId: crypto.randomUUID(),
    clock,
    expires: 60,
    ...(options.transport ? { transport: options.transport } : {}),
    listener: {
      connection: ({ registration, problem, sipCode }) => {
        if (registration === 'registered') settle({ ok: true, ms: clock.now() - begin });
        else if (problem !== null) settle({ ok: false, problem, sipCode });
      },
      // Whoever calls meanwhile is meant for the desk, which has its own registration.
      incoming: (call) => call.refuse(480),
      linkDown: () => undefined,
      linkUp: () => undefined,
      messages: () => undefined,
      lineStates: () => undefined,
    },
  });
  const stop = clock.after(options.limit ?? 15_000, () =>
    settle({ ok: false, problem: 'timeout', sipCode: null }),
  );
  line.start();
  const result = await outcome;
  stop();
  await line.close();
  return result;
}
