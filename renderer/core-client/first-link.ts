// The window's first link: opened, and asked what every window asks first, while the rest of the window
// is still being read. A tenth of the time to the first screen went by between the two.
import type { Link, OpenLink } from './link.ts';

/**
 * The first link that is asked for is the one that was begun, with the answers to its first questions
 * already under way; each is given out once. All others are new.
 */
export function askedEarly(first: Promise<Link>, open: OpenLink, windowId: string): OpenLink {
  const begun = first.then((link) => ({ link, answers: firstAnswers(link, windowId) }));
  // Whoever asks for the link is told why there is none.
  begun.catch(() => undefined);
  let taken = false;
  return async () => {
    if (taken) return open();
    taken = true;
    const { link, answers } = await begun;
    return {
      ...link,
      call: (path, input, signal) => {
        const name = path.join('.');
        const answer = answers.get(name);
        answers.delete(name);
        return answer ?? link.call(path, input, signal);
      },
    };
  };
}

/** A page that has just been opened holds no calls. */
function firstAnswers(link: Link, windowId: string): Map<string, Promise<unknown>> {
  const ask = (path: readonly string[], input: object): [string, Promise<unknown>] => {
    const answer = link.call(path, input, new AbortController().signal);
    // Whoever asks for it is told what went wrong.
    answer.catch(() => undefined);
    return [path.join('.'), answer];
  };
  return new Map([
    ask(['session', 'open'], { windowId, liveCalls: [] }),
    ask(['account', 'credentials'], {}),
  ]);
}
