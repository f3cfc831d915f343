import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { CoreEvent } from '../../../preload/contract/contract.ts';
import { createCoreClient, type CoreClient } from '../../../renderer/core-client/core-client.ts';
import { CoreError, coreProblemOf, refusalOf } from '../../../renderer/core-client/core-error.ts';
import type { Link } from '../../../renderer/core-client/link.ts';

const WINDOW = '01900000-0000-7000-8000-000000000001';
const OPENING = { version: '1', account: null };

interface FakeLink extends Link {
  die: () => void;
  asked: { path: string; input: unknown }[];
  publish: (event: CoreEvent) => void;
}

type Answers = Record<string, (input: unknown) => unknown>;

function fakeLink(answers: Answers): FakeLink {
  const listeners = new Set<() => void>();
  const asked: FakeLink['asked'] = [];
  const queue: CoreEvent[] = [];
  let wake = () => {};
  const life = { over: false };
  const die = () => {
    if (life.over) return;
    life.over = true;
    for (const listener of listeners) listener();
    wake();
  };
  async function* events() {
    while (!life.over) {
      const next = queue.shift();
      if (next) yield next;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
  }
  return {
    asked,
    die,
    publish: (event) => {
      queue.push(event);
      wake();
    },
    call: async (path, input) => {
      const name = path.join('.');
      if (name === 'session.events') return events();
      asked.push({ path: name, input });
      const answer = answers[name];
      if (!answer) return new Promise(() => {});
      return answer(input);
    },
    onDead: (listener) => {
      if (life.over) listener();
      else listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close: die,
  };
}

const open = { 'session.open': () => OPENING, 'session.ping': () => ({ now: 1 }) };
let client: CoreClient | null = null;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  client?.close();
  vi.useRealTimers();
});

function clientOver(links: (FakeLink | Error)[], liveCalls: string[] = []) {
  let next = 0;
  const opens = vi.fn(async () => {
    const link = links[Math.min(next, links.length - 1)];
    next += 1;
    if (!link || link instanceof Error) throw link ?? new Error('none');
    return link;
  });
  client = createCoreClient({ open: opens, windowId: WINDOW, liveCalls: () => liveCalls });
  return { client, opens };
}

test('claims the desk on the first link and says so', async () => {
  const link = fakeLink(open);
  const { client } = clientOver([link], ['call-1']);
  const heard: string[] = [];
  client.onEvent(({ type }) => heard.push(type));
  expect(client.state().phase).toBe('connecting');
  await vi.advanceTimersByTimeAsync(0);
  expect(client.state()).toEqual({ phase: 'ready', opening: OPENING });
  expect(link.asked[0]).toEqual({
    path: 'session.open',
    input: { windowId: WINDOW, liveCalls: ['call-1'] },
  });
  expect(heard).toEqual(['linked']);
});

test('builds a new link when one dies, tells it of the calls it holds, and is back within 100 ms', async () => {
  const first = fakeLink(open);
  const second = fakeLink(open);
  const { client } = clientOver([first, second], ['call-1']);
  await vi.advanceTimersByTimeAsync(0);
  first.die();
  expect(client.state().phase).toBe('lost');
  await vi.advanceTimersByTimeAsync(100);
  expect(client.state().phase).toBe('ready');
  expect(second.asked[0]?.input).toEqual({ windowId: WINDOW, liveCalls: ['call-1'] });
});

test('tries again at growing intervals of at most one second while core is away', async () => {
  const { opens } = clientOver([new Error('refused')]);
  await vi.advanceTimersByTimeAsync(800);
  const early = opens.mock.calls.length;
  expect(early).toBeGreaterThanOrEqual(5);
  await vi.advanceTimersByTimeAsync(10_000);
  const late = opens.mock.calls.length - early;
  expect(late).toBeGreaterThanOrEqual(9);
  expect(late).toBeLessThanOrEqual(16);
});

test('a call that never gets an answer ends with timedOut', async () => {
  const { client } = clientOver([fakeLink(open)]);
  await vi.advanceTimersByTimeAsync(0);
  const call = client.core.customers.search({ query: 'a' }).catch(coreProblemOf);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(await call).toEqual({ kind: 'timedOut' });
});

test('a call in flight when the link dies ends with unreachable at once', async () => {
  const link = fakeLink(open);
  const { client } = clientOver([link, fakeLink(open)]);
  await vi.advanceTimersByTimeAsync(0);
  const call = client.core.customers.search({ query: 'a' }).catch(coreProblemOf);
  await vi.advanceTimersByTimeAsync(10);
  link.die();
  await vi.advanceTimersByTimeAsync(0);
  expect(await call).toEqual({ kind: 'unreachable' });
});

test('a call made while core is away waits for the next link', async () => {
  const first = fakeLink(open);
  const second = fakeLink({ ...open, 'customers.search': () => ['found'] });
  const { client } = clientOver([first, new Error('not yet'), second]);
  await vi.advanceTimersByTimeAsync(0);
  first.die();
  const call = client.core.customers.search({ query: 'a' });
  await vi.advanceTimersByTimeAsync(200);
  expect(await call).toEqual(['found']);
});

test('another window in possession shows as elsewhere, is not pressed, and is asked again on demand', async () => {
  const taken = fakeLink({
    'session.open': () => {
      throw Object.assign(new Error(), { code: 'DESK_OPEN_ELSEWHERE', data: { since: 7 } });
    },
  });
  const { client, opens } = clientOver([taken, fakeLink(open)]);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(client.state()).toEqual({ phase: 'elsewhere', since: 7 });
  expect(opens).toHaveBeenCalledTimes(1);
  client.retry();
  await vi.advanceTimersByTimeAsync(0);
  expect(client.state().phase).toBe('ready');
});

test('a link whose heartbeat gets no answer is given up', async () => {
  const silent = fakeLink({ 'session.open': () => OPENING });
  const { client, opens } = clientOver([silent, fakeLink(open)]);
  await vi.advanceTimersByTimeAsync(7_900);
  expect(opens).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(200);
  expect(opens).toHaveBeenCalledTimes(2);
  expect(client.state().phase).toBe('ready');
  expect(silent.asked.filter(({ path }) => path === 'session.ping').length).toBe(1);
});

test('passes core’s events on and no event after it was closed', async () => {
  const link = fakeLink(open);
  const { client } = clientOver([link]);
  const heard: string[] = [];
  client.onEvent(({ type }) => heard.push(type));
  await vi.advanceTimersByTimeAsync(0);
  link.publish({ type: 'kpi.changed' });
  await vi.advanceTimersByTimeAsync(0);
  client.close();
  link.publish({ type: 'waiting.changed' });
  await vi.advanceTimersByTimeAsync(0);
  expect(heard).toEqual(['linked', 'kpi.changed']);
});

test('refusals keep their code and data; everything else becomes a named problem', () => {
  const stale = Object.assign(new Error(), { code: 'STALE', data: { revision: 4 } });
  expect(refusalOf(stale, 'STALE')).toEqual({ revision: 4 });
  expect(refusalOf(stale, 'BUSY')).toBeNull();
  expect(
    coreProblemOf(Object.assign(new Error(), { code: 'INTERNAL_SERVER_ERROR', data: null })),
  ).toEqual({ kind: 'failed', detail: 'INTERNAL_SERVER_ERROR' });
  expect(coreProblemOf('odd')).toEqual({ kind: 'failed', detail: 'odd' });
  const known = new CoreError({ kind: 'timedOut' });
  expect(coreProblemOf(known)).toBe(known.problem);
});
