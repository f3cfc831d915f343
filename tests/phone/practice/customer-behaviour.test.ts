import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  customerBehaviour,
  idleMs,
  talkMs,
} from '../../../renderer/phone/practice/customer-behaviour.ts';

const unit = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe('how a practice customer takes a call', () => {
  test.each([
    ['+49 30 123486', 486],
    ['030/1234-80', 480],
    ['+493012303', 603],
    ['03012304', 404],
  ])('%s ends with %i', (dialled, sipCode) => {
    expect(customerBehaviour(dialled, () => 0)).toMatchObject({ kind: 'refuses', sipCode });
  });

  test('nobody answers for longer than a person would wait, a busy line says so at once', () => {
    expect(customerBehaviour('80', () => 0)).toMatchObject({ ringMs: 45_000 });
    expect(customerBehaviour('86', () => 0)).toMatchObject({ ringMs: 0 });
  });

  test('every other number answers after 1.5 to 3 s, names too', () => {
    fc.assert(
      fc.property(fc.string(), unit, (dialled, chance) => {
        fc.pre(!/(86|80|03|04)\D*$/.test(dialled.replaceAll(/\D/g, '')));
        const behaviour = customerBehaviour(dialled, () => chance);
        expect(behaviour.kind).toBe('answers');
        expect(behaviour.ringMs).toBeGreaterThanOrEqual(1500);
        expect(behaviour.ringMs).toBeLessThanOrEqual(3000);
      }),
    );
  });

  test('talks for minutes, and rings again after 45 to 120 s', () => {
    fc.assert(
      fc.property(unit, (chance) => {
        expect(talkMs(() => chance)).toBeGreaterThanOrEqual(240_000);
        expect(talkMs(() => chance)).toBeLessThanOrEqual(420_000);
        expect(idleMs(() => chance)).toBeGreaterThanOrEqual(45_000);
        expect(idleMs(() => chance)).toBeLessThanOrEqual(120_000);
      }),
    );
  });
});
