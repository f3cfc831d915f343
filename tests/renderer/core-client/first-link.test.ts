import { describe, expect, test } from 'vitest';
import { askedEarly } from '../../../renderer/core-client/first-link.ts';
import type { Link } from '../../../renderer/core-client/link.ts';

interface Asked {
  link: number;
  path: string;
  input: unknown;
}

function linksThatAnswer(refused: readonly string[] = []) {
  const asked: Asked[] = [];
  let made = 0;
  const open = (): Promise<Link> => {
    made += 1;
    const own = made;
    return Promise.resolve({
      call: (path, input) => {
        const name = path.join('.');
        asked.push({ link: own, path: name, input });
        return refused.includes(name)
          ? Promise.reject(new Error(name))
          : Promise.resolve(`${name} of ${own}`);
      },
      onDead: () => () => undefined,
      close: () => undefined,
    });
  };
  return { asked, open };
}

const signal = new AbortController().signal;
const opening = ['session', 'open'];
const credentials = ['account', 'credentials'];

describe('the first link', () => {
  test('has asked already when the client asks, and asks each question once', async () => {
    const { asked, open } = linksThatAnswer();
    const openLink = askedEarly(open(), open, 'w');
    await Promise.resolve();
    expect(asked).toEqual([
      { link: 1, path: 'session.open', input: { windowId: 'w', liveCalls: [] } },
      { link: 1, path: 'account.credentials', input: {} },
    ]);
    const link = await openLink();
    expect(await link.call(opening, { windowId: 'w', liveCalls: [] }, signal)).toBe(
      'session.open of 1',
    );
    expect(await link.call(credentials, {}, signal)).toBe('account.credentials of 1');
    expect(asked).toHaveLength(2);
    // What is asked again is asked anew: it may have changed.
    await link.call(credentials, {}, signal);
    await link.call(['settings', 'get'], {}, signal);
    expect(asked.slice(2).map(({ path }) => path)).toEqual(['account.credentials', 'settings.get']);
  });

  test('is the first one only', async () => {
    const { asked, open } = linksThatAnswer();
    const openLink = askedEarly(open(), open, 'w');
    await openLink();
    const second = await openLink();
    expect(await second.call(opening, { liveCalls: ['c'] }, signal)).toBe('session.open of 2');
    expect(asked.at(-1)).toEqual({ link: 2, path: 'session.open', input: { liveCalls: ['c'] } });
  });

  test('says what core refused, and that it could not be opened, to who asks', async () => {
    const { open } = linksThatAnswer(['session.open', 'account.credentials']);
    const link = await askedEarly(open(), open, 'w')();
    await expect(link.call(opening, {}, signal)).rejects.toThrow('session.open');
    const none = askedEarly(Promise.reject(new Error('core is not there')), open, 'w');
    await expect(none()).rejects.toThrow('core is not there');
    expect(await (await none()).call(['x', 'y'], {}, signal)).toBe('x.y of 2');
  });
});
