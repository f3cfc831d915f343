import {
  EMOTION_IDS,
  type Emotion,
  type Language,
} from '../../../../preload/contract/vocabulary.ts';

/** One key for each feeling, a letter of its word in the language that is spoken. */
export const FEELING_KEYS: Readonly<Record<Language, Readonly<Record<Emotion, string>>>> = {
  en: {
    delight: 'D',
    pride: 'P',
    joy: 'J',
    trust: 'T',
    relief: 'R',
    hope: 'H',
    surprise: 'S',
    neutral: 'N',
    worry: 'W',
    fear: 'F',
    disappointment: 'I',
    anger: 'A',
  },
  de: {
    delight: 'B',
    pride: 'S',
    joy: 'F',
    trust: 'V',
    relief: 'E',
    hope: 'H',
    surprise: 'U',
    neutral: 'N',
    worry: 'O',
    fear: 'A',
    disappointment: 'T',
    anger: 'R',
  },
};

/** "Don't know" at the end. */
export const UNKNOWN_KEY = '0';

type KeyStroke = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'altKey' | 'metaKey'>;

export type FeelingStroke =
  | { type: 'feeling'; emotion: Emotion; part: 'end' | 'peak' }
  | { type: 'sign'; sign: 1 | -1 }
  | { type: 'unknownFeeling' };

/** What a key means while feelings are chosen, or null. With Shift a letter marks the peak. */
export function feelingStrokeFor(stroke: KeyStroke, language: Language): FeelingStroke | null {
  if (stroke.ctrlKey || stroke.altKey || stroke.metaKey) return null;
  if (stroke.key === '+') return { type: 'sign', sign: 1 };
  if (stroke.key === '-' || stroke.key === '−') return { type: 'sign', sign: -1 };
  if (stroke.key === UNKNOWN_KEY) return { type: 'unknownFeeling' };
  const letter = stroke.key.toUpperCase();
  const emotion = EMOTION_IDS.find((id) => FEELING_KEYS[language][id] === letter);
  if (emotion === undefined) return null;
  return { type: 'feeling', emotion, part: stroke.shiftKey ? 'peak' : 'end' };
}
