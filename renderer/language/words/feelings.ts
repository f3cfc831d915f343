import type { I18n, MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { Feeling } from '../../../preload/contract/shapes.ts';
import type { Emotion, Expectation } from '../../../preload/contract/vocabulary.ts';

const EMOTION_WORDS: Record<Emotion, MessageDescriptor> = {
  delight: msg({ message: 'Delight', comment: 'Feeling of a customer: Begeisterung' }),
  pride: msg({ message: 'Pride', comment: 'Feeling of a customer: Stolz' }),
  joy: msg({ message: 'Joy', comment: 'Feeling of a customer: Freude' }),
  trust: msg({ message: 'Trust', comment: 'Feeling of a customer: Vertrauen' }),
  relief: msg({ message: 'Relief', comment: 'Feeling of a customer: Erleichterung' }),
  hope: msg({ message: 'Hope', comment: 'Feeling of a customer: Hoffnung' }),
  surprise: msg({ message: 'Surprise', comment: 'Feeling of a customer: Überraschung' }),
  neutral: msg({ message: 'Neutral', comment: 'Feeling of a customer: Neutral' }),
  worry: msg({ message: 'Worry', comment: 'Feeling of a customer: Sorge' }),
  fear: msg({ message: 'Fear', comment: 'Feeling of a customer: Angst' }),
  disappointment: msg({
    message: 'Disappointment',
    comment: 'Feeling of a customer: Enttäuschung',
  }),
  anger: msg({ message: 'Anger', comment: 'Feeling of a customer: Ärger' }),
};

/** "Worry". */
export function emotionInWords(i18n: I18n, emotion: Emotion): string {
  return i18n._(EMOTION_WORDS[emotion]);
}

/** "Worry", "Strong worry" in the language's own way: the feeling with its intensity. */
export function feelingInWords(i18n: I18n, feeling: Feeling): string {
  const emotion = emotionInWords(i18n, feeling.emotion);
  if (feeling.emotion === 'neutral') return emotion;
  const word =
    feeling.emotion !== 'surprise'
      ? emotion
      : i18n._(
          feeling.sign === 1
            ? msg({ message: 'Surprise, pleasant', comment: 'Feeling of a customer' })
            : msg({ message: 'Surprise, unpleasant', comment: 'Feeling of a customer' }),
        );
  if (feeling.intensity === 1) return i18n._(msg`${word}, very strong`);
  if (feeling.intensity === 0.75) return i18n._(msg`${word}, strong`);
  return word;
}

const EXPECTATION_WORDS: Record<Expectation, MessageDescriptor> = {
  missed: msg({
    message: 'Missed',
    comment: "The customer's expectation was not met",
    context: 'expectation',
  }),
  met: msg({
    message: 'Met',
    comment: "The customer's expectation was met",
    context: 'expectation',
  }),
  exceeded: msg({
    message: 'Exceeded',
    comment: "The customer's expectation was exceeded",
    context: 'expectation',
  }),
};

export function expectationInWords(i18n: I18n, expectation: Expectation): string {
  return i18n._(EXPECTATION_WORDS[expectation]);
}

const TREND_WORDS = {
  rising: msg({ message: 'rising', comment: 'Trend of the feelings' }),
  steady: msg({ message: 'steady', comment: 'Trend of the feelings' }),
  falling: msg({ message: 'falling', comment: 'Trend of the feelings' }),
};

export function trendInWords(i18n: I18n, trend: keyof typeof TREND_WORDS): string {
  return i18n._(TREND_WORDS[trend]);
}
