// How a practice customer takes a call. An agent can try every outcome: the last two digits of the
// dialled number say which, and they are those of the SIP response it ends with.
//
//   … 86  busy                (486 Busy Here)
//   … 80  nobody answers      (rings; 480 Temporarily Unavailable after 45 s)
//   … 03  declined            (603 Decline, after a short ring)
//   … 04  no such number      (404 Not Found)
//   else  answered after 1.5 to 3 s

export type CustomerBehaviour =
  | { kind: 'answers'; ringMs: number }
  | { kind: 'refuses'; ringMs: number; sipCode: 404 | 480 | 486 | 603 };

const NO_ANSWER_MS = 45_000;
const DECLINE_AFTER_MS = 1200;

/** `random` returns [0, 1). */
export function customerBehaviour(dialled: string, random: () => number): CustomerBehaviour {
  const ending = dialled.replaceAll(/\D/g, '').slice(-2);
  switch (ending) {
    case '86':
      return { kind: 'refuses', ringMs: 0, sipCode: 486 };
    case '80':
      return { kind: 'refuses', ringMs: NO_ANSWER_MS, sipCode: 480 };
    case '03':
      return { kind: 'refuses', ringMs: DECLINE_AFTER_MS, sipCode: 603 };
    case '04':
      return { kind: 'refuses', ringMs: 0, sipCode: 404 };
    default:
      return { kind: 'answers', ringMs: between(1500, 3000, random) };
  }
}

/** How long a practice customer lets it ring before giving up. */
export const GIVES_UP_AFTER_MS = 25_000;

/** How long a practice customer talks before hanging up. */
export const talkMs = (random: () => number): number => between(4 * 60_000, 7 * 60_000, random);

/** How long after the last call the next practice customer rings by itself. */
export const idleMs = (random: () => number): number => between(45_000, 120_000, random);

function between(low: number, high: number, random: () => number): number {
  return Math.round(low + (high - low) * random());
}
