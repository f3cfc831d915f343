// What the agent is doing. Rules only.
import type { AgentState, Origin } from '../../../preload/contract/vocabulary.ts';

export interface Doing {
  state: AgentState;
  origin: Origin;
  callId: string | null;
  contactId: string | null;
}

export interface Situation {
  /** A window holds the desk. */
  windowHeld: boolean;
  registered: boolean;
  call: { callId: string; contactId: string; origin: Origin } | null;
  wrapUp: { callId: string; contactId: string; origin: Origin } | null;
  /** Whether there is an account: without one, time counts as practice. */
  hasAccount: boolean;
}

/** available = registered, no call, no open wrap-up. Without a window nobody is at the desk. */
export function doingIn({ windowHeld, registered, call, wrapUp, hasAccount }: Situation): Doing {
  if (windowHeld && call) return { state: 'call', ...call };
  if (windowHeld && wrapUp) return { state: 'wrapUp', ...wrapUp };
  const state = windowHeld && registered ? 'available' : 'offline';
  return { state, origin: hasAccount ? 'real' : 'practice', callId: null, contactId: null };
}

export function isSameDoing(one: Doing, other: Doing): boolean {
  return one.state === other.state && one.origin === other.origin && one.callId === other.callId;
}
