import { expect, test } from 'vitest';
import type { CallEvent } from '../../../preload/contract/calls.ts';
import { createCallJournal } from '../../../renderer/phone/call-journal.ts';

const event = (
  callId: string,
  seq: number,
  type: 'ringing' | 'answered' | 'ended' = 'ringing',
): CallEvent =>
  type === 'ended'
    ? { callId, seq, at: seq, type, cause: 'completed', sipCode: null, by: 'agent' }
    : { callId, seq, at: seq, type };
const turns = async (): Promise<void> => {
  for (let i = 0; i < 20; i += 1) await Promise.resolve();
};

/** A core that stores what it gets, dies when told, and refuses calls named `bad…`. */
function core() {
  const timers: (() => void)[] = [];
  const self = {
    stored: [] as string[],
    dead: false,
    /** Stores, but its answer is lost. */
    mute: false,
    givenUp: [] as string[],
    journal: createCallJournal<number>({
      append: async (events) => {
        await Promise.resolve();
        if (self.dead) throw new Error('link closed');
        if (events.some(({ callId }) => callId.startsWith('bad'))) throw new RangeError('refused');
        for (const { callId, seq } of events) self.stored.push(`${callId}${seq}`);
        if (self.mute) throw new Error('link closed');
        return events.length;
      },
      isRefusal: (error) => error instanceof RangeError,
      onGivenUp: ({ callId, seq }) => self.givenUp.push(`${callId}${seq}`),
      clock: {
        now: () => 0,
        random: () => 0,
        after: (_ms, callback) => {
          timers.push(callback);
          return () => timers.splice(timers.indexOf(callback), 1);
        },
      },
    }),
    timers,
  };
  return self;
}

test('events are stored in order, and calls are live until core has stored their end', async () => {
  const { journal, stored } = core();
  journal.record(event('a', 0));
  journal.record(event('b', 0));
  journal.record(event('a', 1, 'ended'));
  expect(journal.liveCalls()).toEqual(['a', 'b']);
  await turns();
  expect(stored).toEqual(['a0', 'b0', 'a1']);
  expect(journal.liveCalls()).toEqual(['b']);
  expect(journal.waiting()).toBe(0);
});

test('what core did not acknowledge is sent again after it is back, in order', async () => {
  const it = core();
  it.journal.record(event('a', 0));
  await turns();
  it.mute = true;
  it.journal.record(event('a', 1));
  await turns();
  it.mute = false;
  it.dead = true;
  it.journal.record(event('a', 2));
  await turns();
  expect(it.journal.waiting()).toBe(2);
  it.dead = false;
  it.journal.resend();
  await turns();
  expect(it.stored).toEqual(['a0', 'a1', 'a1', 'a2']);
  expect(it.journal.waiting()).toBe(0);
});

test('it also tries again by itself', async () => {
  const it = core();
  it.dead = true;
  it.journal.record(event('a', 0));
  await turns();
  it.dead = false;
  it.timers[0]?.();
  await turns();
  expect(it.stored).toEqual(['a0']);
});

test('an event that core refuses for good does not hold up the others', async () => {
  const it = core();
  it.dead = true;
  for (const next of [event('a', 0), event('bad', 0), event('b', 0)]) it.journal.record(next);
  await turns();
  it.dead = false;
  it.journal.resend();
  await turns();
  expect(it.stored).toEqual(['a0', 'b0']);
  expect(it.givenUp).toEqual(['bad0']);
});

test('no more calls are claimed than core takes', async () => {
  const it = core();
  it.dead = true;
  for (let n = 0; n < 25; n += 1) it.journal.record(event(`c${n}`, 0, 'ended'));
  await turns();
  expect(it.journal.liveCalls()).toHaveLength(20);
  expect(it.journal.liveCalls()).toContain('c24');
});
