import type { I18n, MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';

/** Why a file could not be written: what is true and what to do. */
export function fileProblemInWords(i18n: I18n, problem: keyof typeof WORDS): string {
  return i18n._(WORDS[problem]);
}

const WORDS = {
  full: msg`The disk is full: the file was not saved. A file that was there before is as it was, and so is the book. Make room or choose another disk, and save once more.`,
  notAllowed: msg`Nothing may be written there: the file was not saved. The book is as it was. Choose another folder and save once more.`,
  other: msg`The file could not be written. A file that was there before is as it was, and so is the book. Choose another folder and save once more.`,
} satisfies Record<string, MessageDescriptor>;
