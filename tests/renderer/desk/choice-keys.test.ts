import { expect, test } from 'vitest';
import { EXPECTATIONS, LANGUAGES, OUTCOMES } from '../../../preload/contract/vocabulary.ts';
import {
  choiceStrokeFor,
  DEAL_CHOICES,
  DEAL_KEYS,
  EXPECTATION_KEYS,
  OUTCOME_KEYS,
} from '../../../renderer/screens/desk/wrap-up/choice-keys.ts';
import { feelingStrokeFor } from '../../../renderer/screens/desk/wrap-up/feeling-keys.ts';

const plain = { shiftKey: false, ctrlKey: false, altKey: false, metaKey: false };
const keys = [
  ...OUTCOMES.map((id) => OUTCOME_KEYS[id]),
  ...EXPECTATIONS.map((id) => EXPECTATION_KEYS[id]),
  ...DEAL_CHOICES.map((id) => DEAL_KEYS[id]),
];

test('no two choices share a key', () => expect(new Set(keys).size).toBe(keys.length));

test.each(LANGUAGES)('no choice takes a feeling’s key in %s', (language) => {
  for (const key of keys) expect(feelingStrokeFor({ ...plain, key }, language)).toBeNull();
});

test('keys choose, and keys with Ctrl, Alt or Meta do not', () => {
  expect(choiceStrokeFor({ ...plain, key: '1' })).toEqual({ type: 'outcome', outcome: 'reached' });
  expect(choiceStrokeFor({ ...plain, key: '9' })).toEqual({
    type: 'expectation',
    expectation: 'exceeded',
  });
  expect(choiceStrokeFor({ ...plain, key: 'g' })).toEqual({ type: 'deal', deal: 'won' });
  expect(choiceStrokeFor({ ...plain, key: 'c', ctrlKey: true })).toBeNull();
  expect(choiceStrokeFor({ ...plain, key: '1', altKey: true })).toBeNull();
  expect(choiceStrokeFor({ ...plain, key: 'Enter' })).toBeNull();
});
