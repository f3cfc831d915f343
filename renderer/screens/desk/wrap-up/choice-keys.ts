// One key for each outcome, expectation and deal: the same in every language, none of them a
// feeling's letter in any.
import {
  EXPECTATIONS,
  OUTCOMES,
  type Expectation,
  type Outcome,
} from '../../../../preload/contract/vocabulary.ts';
import type { DealChoice } from './wrap-up-form.ts';

export const OUTCOME_KEYS: Readonly<Record<Outcome, string>> = {
  reached: '1',
  callback: '2',
  notInterested: '3',
  wrongNumber: '4',
  voicemail: '5',
  noAnswer: '6',
};

export const EXPECTATION_KEYS: Readonly<Record<Expectation, string>> = {
  missed: '7',
  met: '8',
  exceeded: '9',
};

export const DEAL_KEYS: Readonly<Record<DealChoice, string>> = {
  none: 'X',
  open: 'C',
  won: 'G',
  lost: 'L',
};
export const DEAL_CHOICES = Object.keys(DEAL_KEYS) as DealChoice[];

export type ChoiceStroke =
  | { type: 'outcome'; outcome: Outcome }
  | { type: 'expectation'; expectation: Expectation }
  | { type: 'deal'; deal: DealChoice };

/** What a key chooses in the wrap-up, outside text fields, or null. */
export function choiceStrokeFor(
  stroke: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'altKey' | 'metaKey'>,
): ChoiceStroke | null {
  if (stroke.ctrlKey || stroke.altKey || stroke.metaKey) return null;
  const key = stroke.key.toUpperCase();
  const outcome = OUTCOMES.find((id) => OUTCOME_KEYS[id] === key);
  if (outcome !== undefined) return { type: 'outcome', outcome };
  const expectation = EXPECTATIONS.find((id) => EXPECTATION_KEYS[id] === key);
  if (expectation !== undefined) return { type: 'expectation', expectation };
  const deal = DEAL_CHOICES.find((id) => DEAL_KEYS[id] === key);
  return deal === undefined ? null : { type: 'deal', deal };
}
