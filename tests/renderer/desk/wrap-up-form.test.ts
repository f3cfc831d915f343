import { describe, expect, test } from 'vitest';
import { EMOTION_IDS, LANGUAGES } from '../../../preload/contract/vocabulary.ts';
import { wrapUpDraft } from '../../../preload/contract/wrap-ups.ts';
import {
  FEELING_KEYS,
  feelingStrokeFor,
} from '../../../renderer/screens/desk/wrap-up/feeling-keys.ts';
import {
  draftFrom,
  formAfter,
  formFrom,
  problemsOf,
  type WrapUpAction,
} from '../../../renderer/screens/desk/wrap-up/wrap-up-form.ts';

const agentId = '01930000-0000-7000-8000-000000000001';
const how = { agentId, zone: 'Europe/Berlin', language: 'de' };
const now = Date.parse('2026-11-23T14:20:00Z');
const after = (...actions: WrapUpAction[]) => actions.reduce(formAfter, formFrom(null, how));
const text = (field: 'promiseText' | 'valueText' | 'note', value: string): WrapUpAction => ({
  type: 'text',
  field,
  text: value,
});
const due = (value: string): WrapUpAction => ({ type: 'due', text: value, now, zone: how.zone });
const feel = (
  emotion: 'worry' | 'joy' | 'surprise',
  part: 'end' | 'peak' = 'end',
): WrapUpAction => ({
  type: 'feeling',
  emotion,
  part,
});

describe('feelings', () => {
  test('the same key again raises the intensity, after the strongest it begins anew', () => {
    const strengths = [1, 2, 3, 4].map((times) => {
      const { end } = after(...Array.from({ length: times }, () => feel('worry')));
      return end !== 'unknown' && end?.intensity;
    });
    expect(strengths).toEqual([0.5, 0.75, 1, 0.5]);
  });

  test('another feeling begins at the lowest intensity', () => {
    expect(after(feel('worry'), feel('worry'), feel('joy')).end).toMatchObject({
      emotion: 'joy',
      intensity: 0.5,
    });
  });

  test('the peak stands apart from the end, and "don’t know" leaves it', () => {
    const form = after(feel('worry'), feel('joy', 'peak'), { type: 'unknownFeeling' });
    expect(form).toMatchObject({ end: 'unknown', peak: { emotion: 'joy' } });
    expect(formAfter(form, { type: 'clearPeak' }).peak).toBeNull();
  });

  test('the sign belongs to surprise alone', () => {
    expect(after(feel('surprise'), { type: 'sign', sign: -1 }).end).toMatchObject({ sign: -1 });
    expect(after(feel('worry'), { type: 'sign', sign: -1 }).end).toMatchObject({ sign: 1 });
    expect(
      after(feel('worry'), feel('surprise', 'peak'), { type: 'sign', sign: -1 }),
    ).toMatchObject({
      end: { sign: 1 },
      peak: { sign: -1 },
    });
  });

  test.each(LANGUAGES)(
    'every feeling has a key of its own in %s, which is a letter',
    (language) => {
      const keys = EMOTION_IDS.map((emotion) => FEELING_KEYS[language][emotion]);
      expect(new Set(keys).size).toBe(EMOTION_IDS.length);
      expect(keys.every((key) => /^[A-Z]$/u.test(key))).toBe(true);
    },
  );

  test('keys: a letter is the end, with Shift the peak, with Control nothing', () => {
    const bare = { shiftKey: false, ctrlKey: false, altKey: false, metaKey: false };
    expect(feelingStrokeFor({ ...bare, key: 'w' }, 'en')).toEqual(feel('worry'));
    expect(feelingStrokeFor({ ...bare, key: 'W', shiftKey: true }, 'en')).toEqual(
      feel('worry', 'peak'),
    );
    expect(feelingStrokeFor({ ...bare, key: 'o' }, 'de')).toEqual(feel('worry'));
    expect(feelingStrokeFor({ ...bare, key: 's', ctrlKey: true }, 'en')).toBeNull();
    expect(feelingStrokeFor({ ...bare, key: '+' }, 'en')).toEqual({ type: 'sign', sign: 1 });
    expect(feelingStrokeFor({ ...bare, key: '0' }, 'en')).toEqual({ type: 'unknownFeeling' });
    expect(feelingStrokeFor({ ...bare, key: 'q' }, 'en')).toBeNull();
  });
});

describe('the draft', () => {
  test('an empty form is an empty draft', () => {
    expect(draftFrom(after(), null)).toEqual(wrapUpDraft.parse({}));
  });

  test('a full form fits the contract and comes back as it was', () => {
    const form = after(
      { type: 'outcome', outcome: 'callback' },
      feel('worry'),
      feel('surprise', 'peak'),
      { type: 'expectation', expectation: 'missed' },
      text('promiseText', 'new delivery date'),
      due('27.11. 14:00'),
      { type: 'deal', deal: 'won' },
      text('valueText', '31.400,50'),
      { type: 'matter', id: null, title: 'Delivery' },
      { type: 'matterClosed', closed: true },
      text('note', 'wants the blue one'),
    );
    const draft = wrapUpDraft.parse(draftFrom(form, null));
    expect(draft).toMatchObject({
      promise: {
        text: 'new delivery date',
        dueAt: Date.parse('2026-11-27T13:00:00Z'),
        ownerId: agentId,
      },
      deal: { state: 'won', valueCents: 3_140_050 },
      matter: { id: null, title: 'Delivery', closed: true },
    });
    expect(draftFrom(formFrom(draft, how), null)).toEqual(draft);
    expect(problemsOf(form)).toEqual([]);
  });

  test('"in 2 h" means two hours from when it was typed', () => {
    expect(draftFrom(after(due('in 2 h')), null).promise?.dueAt).toBe(now + 7_200_000);
  });

  test('text that is too long is cut to what the contract takes', () => {
    const form = after(text('note', 'x'.repeat(30_000)), text('promiseText', 'y'.repeat(900)));
    expect(() => wrapUpDraft.parse(draftFrom(form, null))).not.toThrow();
  });
});

describe('problems are named all at once', () => {
  test('nothing entered: only the outcome is missing', () => {
    expect(problemsOf(after())).toEqual(['outcomeMissing']);
  });

  test('a promise without due date, a won deal without value', () => {
    const form = after(
      text('promiseText', 'call'),
      { type: 'owner', ownerId: null },
      { type: 'deal', deal: 'won' },
    );
    expect(problemsOf(form)).toEqual([
      'outcomeMissing',
      'promiseDueMissing',
      'promiseOwnerMissing',
      'dealValueMissing',
    ]);
  });

  test('what cannot be read is kept in the field and named', () => {
    const form = after(
      { type: 'outcome', outcome: 'reached' },
      text('promiseText', 'call'),
      due('some day'),
      { type: 'deal', deal: 'open' },
      text('valueText', 'much'),
    );
    expect(problemsOf(form)).toEqual(['dueUnclear', 'valueUnclear']);
    expect(form).toMatchObject({ dueText: 'some day', valueText: 'much' });
  });

  test('a due date without a promise', () => {
    expect(problemsOf(after({ type: 'outcome', outcome: 'reached' }, due('morgen')))).toEqual([
      'promiseTextMissing',
    ]);
  });
});
