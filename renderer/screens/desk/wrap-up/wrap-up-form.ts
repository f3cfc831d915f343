// What stands in the wrap-up's fields, as typed, and how it becomes a draft of the contract.
import type { Feeling } from '../../../../preload/contract/shapes.ts';
import {
  INTENSITIES,
  type DealState,
  type Emotion,
  type Expectation,
  type Outcome,
} from '../../../../preload/contract/vocabulary.ts';
import type { WrapUpDraft, WrapUpProblem } from '../../../../preload/contract/wrap-ups.ts';
import { dueDateAsTyped, dueDateFrom } from './due-date.ts';
import { centsAsTyped, centsFrom } from './money.ts';

export type DealChoice = 'none' | DealState;

export interface WrapUpForm {
  outcome: Outcome | null;
  end: Feeling | 'unknown' | null;
  peak: Feeling | null;
  expectation: Expectation | null;
  promiseText: string;
  dueText: string;
  /** What `dueText` was understood as when it was typed, so that "in 2 h" does not move on. */
  dueAt: number | null;
  ownerId: string | null;
  deal: DealChoice;
  valueText: string;
  dealTitle: string;
  lostReason: string;
  matterId: string | null;
  matterTitle: string;
  matterClosed: boolean;
  openQuestion: string;
  note: string;
}

type TextField = 'promiseText' | 'valueText' | 'dealTitle' | 'lostReason' | 'openQuestion' | 'note';

export type WrapUpAction =
  | { type: 'outcome'; outcome: Outcome }
  /** A feeling's tile or key; the same one again raises its intensity, the strongest begins anew. */
  | { type: 'feeling'; emotion: Emotion; part: 'end' | 'peak' }
  | { type: 'sign'; sign: 1 | -1 }
  | { type: 'unknownFeeling' }
  | { type: 'clearPeak' }
  | { type: 'expectation'; expectation: Expectation }
  | { type: 'deal'; deal: DealChoice }
  | { type: 'due'; text: string; now: number; zone: string }
  | { type: 'owner'; ownerId: string | null }
  | { type: 'matter'; id: string | null; title: string }
  | { type: 'matterClosed'; closed: boolean }
  | { type: 'text'; field: TextField; text: string };

/** The fields for a stored draft. `agentId` owns a promise until somebody else is chosen. */
export function formFrom(
  draft: WrapUpDraft | null,
  how: { agentId: string; zone: string; language: string },
): WrapUpForm {
  const { promise, deal, matter } = draft ?? { promise: null, deal: null, matter: null };
  return {
    outcome: draft?.outcome ?? null,
    end: draft?.end ?? null,
    peak: draft?.peak ?? null,
    expectation: draft?.expectation ?? null,
    promiseText: promise?.text ?? '',
    dueText: promise?.dueAt == null ? '' : dueDateAsTyped(promise.dueAt, how.zone, how.language),
    dueAt: promise?.dueAt ?? null,
    ownerId: promise === null ? how.agentId : promise.ownerId,
    deal: deal?.state ?? 'none',
    valueText: deal?.valueCents == null ? '' : centsAsTyped(deal.valueCents, how.language),
    dealTitle: deal?.title ?? '',
    lostReason: deal?.lostReason ?? '',
    matterId: matter?.id ?? null,
    matterTitle: matter?.title ?? '',
    matterClosed: matter?.closed ?? false,
    openQuestion: draft?.openQuestion ?? '',
    note: draft?.note ?? '',
  };
}

function nextIntensity(intensity: Feeling['intensity']): Feeling['intensity'] {
  const next = INTENSITIES[INTENSITIES.indexOf(intensity) + 1];
  return next ?? INTENSITIES[0];
}

function felt(before: Feeling | 'unknown' | null, emotion: Emotion): Feeling {
  if (before === null || before === 'unknown' || before.emotion !== emotion) {
    return { emotion, intensity: INTENSITIES[0], sign: 1 };
  }
  return { ...before, intensity: nextIntensity(before.intensity) };
}

export function formAfter(form: WrapUpForm, action: WrapUpAction): WrapUpForm {
  switch (action.type) {
    case 'outcome':
      return { ...form, outcome: action.outcome };
    case 'feeling':
      return action.part === 'end'
        ? { ...form, end: felt(form.end, action.emotion) }
        : { ...form, peak: felt(form.peak, action.emotion) };
    case 'sign':
      return signed(form, action.sign);
    case 'unknownFeeling':
      return { ...form, end: 'unknown' };
    case 'clearPeak':
      return { ...form, peak: null };
    case 'expectation':
      return { ...form, expectation: action.expectation };
    case 'deal':
      return { ...form, deal: action.deal };
    case 'due':
      return {
        ...form,
        dueText: action.text,
        dueAt: dueDateFrom(action.text, { now: action.now, zone: action.zone })?.at ?? null,
      };
    case 'owner':
      return { ...form, ownerId: action.ownerId };
    case 'matter':
      return { ...form, matterId: action.id, matterTitle: action.title };
    case 'matterClosed':
      return { ...form, matterClosed: action.closed };
    case 'text':
      return { ...form, [action.field]: action.text };
  }
}

/** The sign belongs to surprise alone: at the end first, else at the peak. */
function signed(form: WrapUpForm, sign: 1 | -1): WrapUpForm {
  if (form.end !== null && form.end !== 'unknown' && form.end.emotion === 'surprise') {
    return { ...form, end: { ...form.end, sign } };
  }
  if (form.peak?.emotion === 'surprise') return { ...form, peak: { ...form.peak, sign } };
  return form;
}

const filled = (text: string) => (text.trim() === '' ? null : text.trim());

/** The draft that the fields make; what cannot be read yet stays in the field and is left out here. */
export function draftFrom(form: WrapUpForm, customerId: string | null): WrapUpDraft {
  const promised = filled(form.promiseText) !== null || filled(form.dueText) !== null;
  const matterTitle = filled(form.matterTitle);
  return {
    customerId,
    outcome: form.outcome,
    end: form.end,
    peak: form.peak,
    expectation: form.expectation,
    promise: promised
      ? { text: form.promiseText.trim().slice(0, 500), dueAt: form.dueAt, ownerId: form.ownerId }
      : null,
    deal:
      form.deal === 'none'
        ? null
        : {
            state: form.deal,
            valueCents: centsFrom(form.valueText),
            title: filled(form.dealTitle)?.slice(0, 200) ?? null,
            lostReason:
              form.deal === 'lost' ? (filled(form.lostReason)?.slice(0, 200) ?? null) : null,
          },
    openQuestion: filled(form.openQuestion)?.slice(0, 500) ?? null,
    matter:
      form.matterId === null && matterTitle === null
        ? null
        : {
            id: form.matterId,
            title: matterTitle?.slice(0, 200) ?? null,
            closed: form.matterClosed,
          },
    note: form.note.slice(0, 20_000),
  };
}

/** What the window itself can tell: core's problems, and text that cannot be read. */
export type FormProblem = WrapUpProblem | 'dueUnclear' | 'valueUnclear';

/** What is missing or unclear before the wrap-up can be saved; all of it at once. */
export function problemsOf(form: WrapUpForm): FormProblem[] {
  const problems: FormProblem[] = [];
  const text = filled(form.promiseText);
  const due = filled(form.dueText);
  const value = filled(form.valueText);
  if (form.outcome === null) problems.push('outcomeMissing');
  if (due !== null && text === null) problems.push('promiseTextMissing');
  if (text !== null && due === null) problems.push('promiseDueMissing');
  if (due !== null && form.dueAt === null) problems.push('dueUnclear');
  if ((text !== null || due !== null) && form.ownerId === null)
    problems.push('promiseOwnerMissing');
  if (form.deal === 'none') return problems;
  if (value !== null && centsFrom(value) === null) problems.push('valueUnclear');
  if (form.deal === 'won' && value === null) problems.push('dealValueMissing');
  return problems;
}
