import { describe, expect, test } from 'vitest';
import { type WrapUpDraft, wrapUpDraft } from '../../../preload/contract/wrap-ups.ts';
import { CoreError } from '../../../renderer/core-client/core-error.ts';
import { createDraftSaver } from '../../../renderer/screens/desk/wrap-up/draft-saver.ts';

const CALL = 'call';
const WRAP_UP = 'wrap-up';
const noted = (note: string): WrapUpDraft => wrapUpDraft.parse({ note });

/** Core in memory, a clock that only moves when told, and the saver between them. */
function bench() {
  let now = 0;
  let timers: { at: number; run: () => void }[] = [];
  let stored: { revision: number; draft: WrapUpDraft } = { revision: 0, draft: noted('') };
  let failure: CoreError | null = null;
  let loseAnswers = false;
  const sent: string[] = [];
  const saver = createDraftSaver({
    timers: {
      after: (ms, run) => {
        const timer = { at: now + ms, run };
        timers.push(timer);
        return () => {
          timers = timers.filter((known) => known !== timer);
        };
      },
    },
    saveDraft: async ({ revision, draft }) => {
      sent.push(draft.note ?? '');
      if (failure !== null) throw failure;
      if (revision !== stored.revision) {
        throw new CoreError({
          kind: 'refused',
          code: 'STALE',
          data: { revision: stored.revision },
        });
      }
      stored = { revision: revision + 1, draft: wrapUpDraft.parse(draft) };
      if (loseAnswers) throw new CoreError({ kind: 'unreachable' });
      return { revision: stored.revision };
    },
  });
  const settle = async () => {
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  };
  return {
    saver,
    sent,
    stored: () => stored,
    fail: (error: CoreError | null) => {
      failure = error;
    },
    loseAnswers: (lose: boolean) => {
      loseAnswers = lose;
    },
    storeElsewhere: (revision: number) => {
      stored = { ...stored, revision };
    },
    pass: async (ms: number) => {
      await settle();
      const until = now + ms;
      for (;;) {
        const next = timers
          .filter(({ at }) => at <= until)
          .sort((one, other) => one.at - other.at)[0];
        if (next === undefined) break;
        now = next.at;
        timers = timers.filter((known) => known !== next);
        next.run();
        await settle();
      }
      now = until;
    },
  };
}

describe('a draft', () => {
  test('is stored within 300 ms of the first key, once for many keys', async () => {
    const { saver, stored, sent, pass } = bench();
    saver.attach(CALL, WRAP_UP, 0);
    for (const note of ['a', 'ab', 'abc']) saver.edit(CALL, noted(note));
    expect(saver.state(CALL)).toBe('waiting');
    await pass(300);
    expect(sent).toEqual(['abc']);
    expect(stored().draft.note).toBe('abc');
    expect(saver.state(CALL)).toBe('stored');
  });

  test('is stored even while typing never pauses', async () => {
    const { saver, sent, pass } = bench();
    saver.attach(CALL, WRAP_UP, 0);
    for (let key = 0; key < 20; key += 1) {
      saver.edit(CALL, noted('x'.repeat(key + 1)));
      await pass(50);
    }
    expect(sent.length).toBeGreaterThanOrEqual(3);
  });

  test('typed before core has opened the wrap-up goes out as soon as it has', async () => {
    const { saver, stored, sent, pass } = bench();
    saver.edit(CALL, noted('early'));
    await pass(5_000);
    expect(sent).toEqual([]);
    saver.attach(CALL, WRAP_UP, 0);
    await pass(10);
    expect(stored().draft.note).toBe('early');
  });

  test('survives a core that is gone: it is sent again until it is stored', async () => {
    const { saver, stored, fail, pass } = bench();
    saver.attach(CALL, WRAP_UP, 0);
    fail(new CoreError({ kind: 'unreachable' }));
    saver.edit(CALL, noted('kept'));
    await pass(2_000);
    expect(saver.state(CALL)).toBe('waiting');
    fail(null);
    await pass(600);
    expect(stored().draft.note).toBe('kept');
    expect(saver.state(CALL)).toBe('stored');
  });

  test('whose answer was lost meets a newer revision and is not lost', async () => {
    const { saver, stored, loseAnswers, pass } = bench();
    saver.attach(CALL, WRAP_UP, 0);
    loseAnswers(true);
    saver.edit(CALL, noted('first'));
    await pass(300);
    loseAnswers(false);
    saver.edit(CALL, noted('second'));
    await pass(2_000);
    expect(stored()).toMatchObject({ draft: { note: 'second' } });
    expect(saver.state(CALL)).toBe('stored');
  });

  test('edited while it is under way is sent once more, with the next revision', async () => {
    const { saver, stored, pass } = bench();
    saver.attach(CALL, WRAP_UP, 0);
    saver.edit(CALL, noted('one'));
    await pass(300);
    saver.edit(CALL, noted('two'));
    await pass(300);
    expect(stored()).toMatchObject({ revision: 2, draft: { note: 'two' } });
  });

  test('is sent at once by a flush', async () => {
    const { saver, stored } = bench();
    saver.attach(CALL, WRAP_UP, 0);
    saver.edit(CALL, noted('now'));
    await saver.flush();
    expect(stored().draft.note).toBe('now');
  });

  test('that nobody waits for any more is given up', async () => {
    const { saver, sent, fail, pass } = bench();
    saver.attach(CALL, WRAP_UP, 0);
    fail(
      new CoreError({ kind: 'refused', code: 'NOT_FOUND', data: { what: 'wrapUp', id: WRAP_UP } }),
    );
    saver.edit(CALL, noted('late'));
    await pass(5_000);
    expect(sent).toEqual(['late']);
    expect(saver.state(CALL)).toBe('gone');
  });

  test('of a saved wrap-up is forgotten', async () => {
    const { saver, sent, pass } = bench();
    saver.attach(CALL, WRAP_UP, 0);
    saver.edit(CALL, noted('typed'));
    saver.forget(CALL);
    await pass(5_000);
    expect(sent).toEqual([]);
  });

  test('of one call never touches another', async () => {
    const { saver, sent, pass } = bench();
    saver.attach(CALL, WRAP_UP, 0);
    saver.edit('other', noted('other'));
    saver.edit(CALL, noted('mine'));
    await pass(300);
    expect(sent).toEqual(['mine']);
    expect(saver.state('other')).toBe('waiting');
  });
});
