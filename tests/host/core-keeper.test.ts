import { beforeEach, expect, test } from 'vitest';
import { type CoreChild, type CoreKeeper, keepCore } from '../../main/host/core-keeper.ts';
import type { CoreStart, FromCore, ToCore } from '../../preload/contract/host.ts';

interface Stand extends CoreChild {
  sent: ToCore[];
  killed: boolean;
  says(message: FromCore): void;
  dies(): void;
}

const start: CoreStart = {
  type: 'start',
  dataFolder: '/data',
  keyStore: 'files',
  version: '1',
  socket: '/data/core.sock',
  sample: false,
  language: null,
  practice: false,
};

let now: number;
let forked: Stand[];
let timers: { action: () => void; ms: number }[];
let log: string[];

beforeEach(() => {
  now = 0;
  forked = [];
  timers = [];
  log = [];
});

function aChild(): Stand {
  let listen: (message: FromCore) => void = () => undefined;
  let exit: () => void = () => undefined;
  const child: Stand = {
    pid: 100 + forked.length,
    sent: [],
    killed: false,
    send: (message) => void child.sent.push(message),
    kill: () => {
      child.killed = true;
    },
    onMessage: (listener) => {
      listen = listener;
    },
    onExit: (listener) => {
      exit = listener;
    },
    says: (message) => listen(message),
    dies: () => exit(),
  };
  forked.push(child);
  return child;
}

function keep(): CoreKeeper {
  return keepCore({
    fork: aChild,
    start,
    onReady: (child) => log.push(`ready ${child.pid}`),
    onLost: () => log.push('lost'),
    onFailed: (reason) => log.push(`failed ${reason}`),
    onMessage: (message) => log.push(message.type),
    setTimer: (action, ms) => timers.push({ action, ms }),
    clock: () => now,
  });
}

const latest = () => {
  const child = forked.at(-1);
  if (!child) throw new Error('nothing was forked');
  return child;
};

const elapse = () => {
  for (const { action } of timers.splice(0)) action();
};

test('a core is told what it needs, and its other messages are passed on', () => {
  const keeper = keep();
  expect(latest().sent).toEqual([start]);
  expect(keeper.pid()).toBe(100);
  latest().says({ type: 'ready' });
  latest().says({ type: 'connectSources', sources: [] });
  expect(log).toEqual(['ready 100', 'connectSources']);
});

test('a core that dies at work is replaced at once', () => {
  const keeper = keep();
  latest().says({ type: 'ready' });
  now = 60_000;
  latest().dies();
  expect(timers).toEqual([]);
  expect(keeper.pid()).toBe(101);
  latest().says({ type: 'ready' });
  expect(log).toEqual(['ready 100', 'lost', 'ready 101']);
});

test('one that never becomes ready is tried five times, ever more slowly', () => {
  keep();
  const pauses: number[] = [];
  for (let attempt = 1; attempt <= 4; attempt += 1) {
    latest().dies();
    pauses.push(timers[0]?.ms ?? -1);
    elapse();
  }
  latest().dies();
  expect(pauses).toEqual([0, 200, 500, 1_000]);
  expect(forked).toHaveLength(5);
  expect(log).toEqual(['failed other']);
});

test('one that dies again and again just after it was ready is slowed down, not given up', () => {
  keep();
  const pauses: number[] = [];
  for (let life = 1; life <= 15; life += 1) {
    latest().says({ type: 'ready' });
    now += 10;
    latest().dies();
    if (timers[0]) pauses.push(timers[0].ms);
    elapse();
  }
  expect(pauses).toHaveLength(12);
  expect(pauses.slice(0, 3)).toEqual([500, 1_000, 1_500]);
  expect(pauses.at(-1)).toBe(5_000);
  expect(log).not.toContain('failed other');
  latest().says({ type: 'ready' });
  now += 60_000;
  latest().dies();
  expect(timers).toEqual([]);
});

test('a core that says why it cannot work is not tried again', () => {
  const keeper = keep();
  latest().says({ type: 'failed', reason: 'wrongKey', detail: '' });
  latest().dies();
  expect(log).toEqual(['failed wrongKey']);
  expect(forked).toHaveLength(1);
  expect(keeper.pid()).toBeUndefined();
});

test('stopping asks core, waits for its end and starts no other', async () => {
  const keeper = keep();
  latest().says({ type: 'ready' });
  const stopped = keeper.stop();
  expect(latest().sent).toContainEqual({ type: 'stop' });
  latest().dies();
  await stopped;
  expect(forked).toHaveLength(1);
  expect(log).not.toContain('lost');
});

test('a core that does not answer to stopping is killed', async () => {
  const keeper = keep();
  const stopped = keeper.stop();
  elapse();
  await stopped;
  expect(latest().killed).toBe(true);
});

test('nothing is started any more when stopping comes during a pause', async () => {
  const keeper = keep();
  latest().dies();
  await keeper.stop();
  elapse();
  expect(forked).toHaveLength(1);
});
