import type { Cue } from '../../../preload/contract/customers.ts';
import { CUE_RULES, type CueRule } from '../../../preload/contract/vocabulary.ts';
import type { CueHistory, CueVerdict } from './cue-history.ts';
import { CUE_RULE_TABLE } from './cue-rules.ts';

const MOST_SHOWN = 3;

/**
 * The cues to show now: at most three, by priority and then by rule number. A rule is shown once,
 * with its most pressing subject; `facts.count` says how many there are when there are several.
 */
export function cuesFrom(
  history: CueHistory,
  now: number,
  verdicts: readonly CueVerdict[] = [],
  muted: ReadonlySet<CueRule> = new Set(),
): Cue[] {
  return CUE_RULES.filter((rule) => !muted.has(rule))
    .flatMap((rule) => firstOf(CUE_RULE_TABLE[rule](history, now), verdicts, now))
    .sort((one, other) => one.priority - other.priority || one.rule - other.rule)
    .slice(0, MOST_SHOWN);
}

function firstOf(cues: Cue[], verdicts: readonly CueVerdict[], now: number): Cue[] {
  const standing = cues.filter((cue) => !verdicts.some((verdict) => silences(verdict, cue, now)));
  const [first] = standing;
  if (!first) return [];
  if (standing.length === 1) return [first];
  return [{ ...first, facts: { ...first.facts, count: standing.length } }];
}

function silences(verdict: CueVerdict, cue: Cue, now: number): boolean {
  if (verdict.rule !== cue.rule || verdict.subject !== cue.subject) return false;
  return verdict.kind === 'notTrue' || (verdict.until !== null && now < verdict.until);
}

/** A rule mutes itself when more than 40 % of at least ten showings were "not true". */
export function mutesItself(shown: number, dismissed: number): boolean {
  return shown >= 10 && dismissed / shown > 0.4;
}
