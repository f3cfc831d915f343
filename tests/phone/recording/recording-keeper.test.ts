import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  base64From,
  createRecordingKeeper,
  WAITING_LIMIT,
} from '../../../renderer/phone/recording/recording-keeper.ts';

const turns = async (): Promise<void> => {
  for (let i = 0; i < 40; i += 1) await Promise.resolve();
};

class Refused extends Error {}

/** A core that may be away, may lose its answer after having stored, or may refuse. */
function core() {
  const timers = new Set<() => void>();
  const self = {
    begun: [] as string[],
    stored: new Map<string, Map<number, string>>(),
    finished: [] as string[],
    givenUp: [] as string[],
    link: 'up' as 'up' | 'down' | 'answerLost',
    refuses: false,
    /** Lets the retry's time pass. */
    async later() {
      for (const timer of [...timers]) {
        timers.delete(timer);
        timer();
      }
      await turns();
    },
    fileOf(recordingId: string) {
      const chunks = [...(self.stored.get(recordingId) ?? [])].sort(([a], [b]) => a - b);
      return { indexes: chunks.map(([index]) => index), chunks: chunks.map(([, chunk]) => chunk) };
    },
  };
  const answer = async (store: () => void) => {
    await Promise.resolve();
    if (self.link === 'down') throw new Error('link closed');
    if (self.refuses) throw new Refused();
    store();
    if (self.link === 'answerLost') throw new Error('link closed');
  };
  const keeper = createRecordingKeeper({
    begin: ({ recordingId }) => answer(() => self.begun.push(recordingId)),
    append: ({ recordingId, index, chunk }) =>
      answer(() => {
        const file = self.stored.get(recordingId) ?? new Map<number, string>();
        file.set(index, chunk);
        self.stored.set(recordingId, file);
      }),
    finish: ({ recordingId }) => answer(() => self.finished.push(recordingId)),
    problemOf: (error) => (error instanceof Refused ? 'recordingNotAllowed' : 'notPossibleNow'),
    refusalOf: (error) => (error instanceof Refused ? 'diskFull' : null),
    onGivenUp: (recordingId, problem) => self.givenUp.push(`${recordingId} ${problem}`),
    clock: {
      now: () => 0,
      random: () => 0,
      after: (_ms, callback) => {
        timers.add(callback);
        return () => timers.delete(callback);
      },
    },
  });
  return { self, keeper };
}

const request = (recordingId: string) => ({
  callId: 'call',
  recordingId,
  agentAnnouncedAt: 1,
  customerAgreedAt: 2,
});
const chunk = (...bytes: number[]) => Uint8Array.from(bytes);
const encoded = (...bytes: number[]) => Buffer.from(bytes).toString('base64');

describe('a recording on its way to core', () => {
  test('chunks arrive in order, then the end', async () => {
    const { self, keeper } = core();
    expect(await keeper.begin(request('r'))).toBe(null);
    keeper.append('r', 0, chunk(1, 2));
    keeper.append('r', 1, chunk(3));
    keeper.finish('r');
    await turns();
    expect(self.fileOf('r')).toEqual({ indexes: [0, 1], chunks: [encoded(1, 2), encoded(3)] });
    expect(self.finished).toEqual(['r']);
    expect(keeper.waiting()).toBe(0);
  });

  test('core refuses: the agent hears why, and nothing is sent', async () => {
    const { self, keeper } = core();
    self.refuses = true;
    expect(await keeper.begin(request('r'))).toBe('recordingNotAllowed');
    self.refuses = false;
    keeper.append('r', 0, chunk(1));
    await turns();
    expect(self.stored.size).toBe(0);
  });

  test('core away: nothing is lost; after a relink all of it comes at once', async () => {
    const { self, keeper } = core();
    await keeper.begin(request('r'));
    self.link = 'down';
    for (const index of [0, 1, 2]) keeper.append('r', index, chunk(index));
    await turns();
    await self.later();
    expect(keeper.waiting()).toBe(3);
    self.link = 'up';
    keeper.resend();
    await turns();
    expect(self.fileOf('r').indexes).toEqual([0, 1, 2]);
    expect(keeper.waiting()).toBe(0);
  });

  test('an answer that was lost: the chunk comes again under its index', async () => {
    const { self, keeper } = core();
    await keeper.begin(request('r'));
    self.link = 'answerLost';
    keeper.append('r', 0, chunk(7));
    await turns();
    self.link = 'up';
    await self.later();
    expect(self.fileOf('r')).toEqual({ indexes: [0], chunks: [encoded(7)] });
  });

  test('refused in the middle (disk full): given up once, its end is told, others go on', async () => {
    const { self, keeper } = core();
    await keeper.begin(request('r'));
    await keeper.begin(request('other'));
    self.refuses = true;
    keeper.append('r', 0, chunk(1));
    keeper.append('r', 1, chunk(2));
    await turns();
    expect(self.givenUp).toEqual(['r diskFull']);
    self.refuses = false;
    keeper.append('r', 2, chunk(3));
    keeper.append('other', 0, chunk(4));
    keeper.finish('r');
    await turns();
    expect(self.stored.get('r')).toBe(undefined);
    expect(self.fileOf('other').indexes).toEqual([0]);
    expect(self.finished).toEqual(['r']);
  });

  test('core away for too long: memory stays bounded, what is kept is whole', async () => {
    const { self, keeper } = core();
    await keeper.begin(request('r'));
    self.link = 'down';
    const large = new Uint8Array(1024 * 1024);
    for (let index = 0; index < 20; index += 1) keeper.append('r', index, large);
    expect(keeper.waiting()).toBe(WAITING_LIMIT);
    expect(self.givenUp).toEqual(['r coreAway']);
    self.link = 'up';
    keeper.finish('r');
    await turns();
    await self.later();
    expect(self.fileOf('r').indexes).toEqual(Array.from({ length: 16 }, (_, index) => index));
    expect(self.finished).toEqual(['r']);
  });

  test('whatever the link does, core ends up with the same file', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            bytes: fc.uint8Array({ maxLength: 20 }),
            link: fc.constantFrom('up' as const, 'down' as const, 'answerLost' as const),
          }),
          { maxLength: 12 },
        ),
        async (steps) => {
          const { self, keeper } = core();
          await keeper.begin(request('r'));
          for (const [index, { bytes, link }] of steps.entries()) {
            self.link = link;
            keeper.append('r', index, bytes);
            await turns();
          }
          keeper.finish('r');
          self.link = 'up';
          keeper.resend();
          for (let round = 0; round < 3; round += 1) await self.later();
          expect(self.fileOf('r').chunks).toEqual(
            steps.map(({ bytes }) => Buffer.from(bytes).toString('base64')),
          );
          expect(self.finished).toEqual(['r']);
          expect(keeper.waiting()).toBe(0);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('base64 is the standard one for any length', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(base64From(bytes)).toBe(Buffer.from(bytes).toString('base64'));
      }),
    );
    const long = new Uint8Array(100_000).fill(200);
    expect(base64From(long)).toBe(Buffer.from(long).toString('base64'));
  });
});
