// Which names of the book are one slip of the pen apart. Names are grouped by all their words but one;
// within a group two words that differ by one letter leave the same rest when that letter is taken
// away, so that each name is compared with a handful and not with the whole book.
import { isSlip, nameWords } from './name-likeness.ts';

/** Names whose other words are the same, by those words; each with its one word of its own. */
export type NameGroups = Map<string, { word: string; name: string }[]>;

/** @param name as it sorts; names of one word cannot be told apart by a slip */
export function addToGroups(groups: NameGroups, name: string, isWanted: (key: string) => boolean) {
  const words = nameWords(name);
  if (words.length < 2) return;
  for (const [index, word] of words.entries()) {
    const key = words.toSpliced(index, 1).join(' ');
    // An initial says too little to hold two names together.
    if (key.length < 2 || !isWanted(key)) continue;
    const group = groups.get(key);
    if (group) group.push({ word, name });
    else groups.set(key, [{ word, name }]);
  }
}

/** Pairs of a group that are one slip apart. */
export function* slipsIn(
  group: readonly { word: string; name: string }[],
): Generator<[string, string], void, void> {
  const byRest = new Map<string, number[]>();
  for (const [index, { word, name }] of group.entries()) {
    const met = new Set<number>();
    for (const rest of restsOf(word)) {
      for (const other of byRest.get(rest) ?? []) met.add(other);
      const known = byRest.get(rest);
      if (known) known.push(index);
      else byRest.set(rest, [index]);
    }
    for (const other of met) {
      const before = group[other];
      if (before && before.name !== name && isSlip(before.word, word)) yield [before.name, name];
    }
  }
}

/** The word, and what is left of it without any one of its letters. */
function restsOf(word: string): Set<string> {
  const rests = new Set([word]);
  for (let at = 0; at < word.length; at += 1) rests.add(word.slice(0, at) + word.slice(at + 1));
  return rests;
}

/** A small number for a text, the same each time: FNV-1a. */
export function partOf(text: string, parts: number): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  return (hash >>> 0) % parts;
}
