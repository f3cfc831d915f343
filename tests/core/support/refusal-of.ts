import { Refusal } from '../../../main/core/refusal.ts';

/** Code and data with which `work` was refused; null when it was not. */
export function refusalOf(work: () => unknown): [string, unknown] | null {
  try {
    work();
    return null;
  } catch (error) {
    if (error instanceof Refusal) return [error.code, error.data];
    throw error;
  }
}
