// The hook of a headset as both sides see it. A headset answers the host's off-hook light with a report
// of its own; such an echo, late or not, must never answer or end a call. Pure; times in ms.

export interface HookSwitch {
  /** What the host last told the headset: in a call or not. */
  told: boolean;
  /** Where the headset's switch is, as far as is known. */
  reported: boolean;
  /** Tellings whose echo may still come. */
  echoes: readonly { offHook: boolean; until: number }[];
}

export interface HookReport {
  offHook: boolean;
  /** No other key is on in the same report. */
  alone: boolean;
}

export const ON_HOOK: HookSwitch = { told: false, reported: false, echoes: [] };

/** Radio headsets take their time. */
const ECHO_WITHIN = 1_500;

/** The host tells the headset whether there is a call. */
export function hookTold(hook: HookSwitch, offHook: boolean, at: number): HookSwitch {
  if (hook.told === offHook) return hook;
  const echoes = hook.echoes.filter(({ until }) => until >= at);
  return {
    told: offHook,
    // Most headsets follow; those that do not will say so.
    reported: offHook,
    echoes: [...echoes, { offHook, until: at + ECHO_WITHIN }],
  };
}

/** The headset reports its switch: what the agent meant by it, if it was the agent. */
export function hookReported(
  hook: HookSwitch,
  report: HookReport,
  at: number,
): { hook: HookSwitch; key: 'answer' | 'hangUp' | null } {
  const { offHook } = report;
  const awaited = hook.echoes.filter(({ until }) => until >= at);
  const echo = awaited.findIndex((each) => each.offHook === offHook);
  const moved = offHook !== hook.reported;
  const next: HookSwitch = { ...hook, reported: offHook, echoes: awaited.slice(echo + 1) };
  if (echo >= 0 || !moved || !report.alone || offHook === hook.told) {
    return { hook: next, key: null };
  }
  return { hook: next, key: offHook ? 'answer' : 'hangUp' };
}
