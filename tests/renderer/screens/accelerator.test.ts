import { expect, test } from 'vitest';
import {
  acceleratorFrom,
  acceleratorProblem,
} from '../../../renderer/screens/settings/accelerator.ts';

test.each([
  ['ctrl+alt+a', 'Control+Alt+A'],
  ['Strg + Umschalt + 5', 'Control+Shift+5'],
  ['F9', 'F9'],
  ['shift+f12', 'Shift+F12'],
  ['win+q', 'Super+Q'],
  ['Control+Alt+A', 'Control+Alt+A'],
])('%s is %s', (typed, accelerator) => {
  expect(acceleratorFrom(typed)).toBe(accelerator);
});

test.each(['a', 'Shift+A', 'Ctrl', 'Ctrl+', 'Hyper+A', 'Ctrl+AB', 'F25', '+'])(
  '%s is no combination that may be taken from every program',
  (typed) => {
    expect(acceleratorProblem(typed)).toBe(true);
    expect(acceleratorFrom(typed)).toBeNull();
  },
);

test('nothing typed means none', () => {
  expect(acceleratorFrom('  ')).toBeNull();
});
