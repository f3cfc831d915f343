// What can be written before a colon, in English and German; what is compared is folded.
import type { Emotion } from '../../../preload/contract/vocabulary.ts';
import { foldText } from './folding.ts';

export type Operator = 'tag' | 'city' | 'promise' | 'feeling';
export type PromiseState = 'open' | 'overdue';

const OPERATORS: Readonly<Record<Operator, string>> = {
  tag: 'tag schlagwort stichwort',
  city: 'city place town ort stadt',
  promise: 'promise versprechen zusage',
  feeling: 'feeling gefühl',
};
const PROMISE_STATES: Readonly<Record<PromiseState, string>> = {
  open: 'open offen',
  overdue: 'overdue late überfällig',
};
const FEELINGS: Readonly<Record<Emotion, string>> = {
  delight: 'delight begeisterung',
  pride: 'pride stolz',
  joy: 'joy freude',
  trust: 'trust vertrauen',
  relief: 'relief erleichterung',
  hope: 'hope hoffnung',
  surprise: 'surprise überraschung',
  neutral: 'neutral',
  worry: 'worry sorge',
  fear: 'fear angst',
  disappointment: 'disappointment enttäuschung',
  anger: 'anger ärger wut',
};

const operators = wordTable(OPERATORS);
const promiseStates = wordTable(PROMISE_STATES);
const feelings = wordTable(FEELINGS);

/** The operator of that name, or null. */
export function operatorFrom(name: string): Operator | null {
  return operators.find(([word]) => word === foldText(name))?.[1] ?? null;
}

/** The state a text means or begins to mean, or null when it means none or may mean both. */
export function promiseStateFrom(text: string): PromiseState | null {
  return meantBy(text, promiseStates);
}

/** The feeling a text means or begins to mean, or null when it means none or may mean several. */
export function feelingFrom(text: string): Emotion | null {
  return meantBy(text, feelings);
}

function wordTable<Meaning extends string>(
  table: Readonly<Record<Meaning, string>>,
): readonly (readonly [string, Meaning])[] {
  return (Object.entries(table) as [Meaning, string][]).flatMap(([meaning, words]) =>
    words.split(' ').map((word) => [foldText(word), meaning] as const),
  );
}

function meantBy<Meaning>(
  text: string,
  table: readonly (readonly [string, Meaning])[],
): Meaning | null {
  const folded = foldText(text);
  if (folded === '') return null;
  const exact = table.find(([word]) => word === folded);
  if (exact) return exact[1];
  const meanings = new Set(
    table.filter(([word]) => word.startsWith(folded)).map(([, meaning]) => meaning),
  );
  const [only] = meanings;
  return meanings.size === 1 ? (only ?? null) : null;
}
