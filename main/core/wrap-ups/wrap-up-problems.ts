// What a wrap-up lacks. Rules only.
import type { WrapUpDraft, WrapUpProblem } from '../../../preload/contract/wrap-ups.ts';

/** Everything that is missing, at once; an empty list means that it can be saved. */
export function wrapUpProblemsOf(
  draft: WrapUpDraft,
  isAgent: (id: string) => boolean,
): WrapUpProblem[] {
  const problems: WrapUpProblem[] = [];
  if (draft.outcome === null) problems.push('outcomeMissing');
  if (draft.promise) {
    const { text, dueAt, ownerId } = draft.promise;
    if (text.trim() === '') problems.push('promiseTextMissing');
    if (dueAt === null) problems.push('promiseDueMissing');
    if (ownerId === null || !isAgent(ownerId)) problems.push('promiseOwnerMissing');
  }
  // Revenue is counted from won deals: without a value it would be wrong without saying so.
  if (draft.deal?.state === 'won' && draft.deal.valueCents === null)
    problems.push('dealValueMissing');
  return problems;
}

/** Whether the agent has entered nothing at all. */
export function isEmptyDraft(draft: WrapUpDraft): boolean {
  const { customerId: _customer, note, ...rest } = draft;
  return note.trim() === '' && Object.values(rest).every((value) => value === null);
}
