import { expect, test } from 'vitest';
import { informShell } from '../../../renderer/desk-state/presence.ts';
import type { CallSnapshot, PhoneSnapshot } from '../../../renderer/phone/phone.ts';
import { aRingingCall } from '../desk-page/stand-in-phone.ts';

const ringing = (number: number, changes: Partial<CallSnapshot> = {}): CallSnapshot => ({
  ...aRingingCall(number),
  ...changes,
});

function desk() {
  const told: unknown[] = [];
  const listeners = new Set<() => void>();
  const nameListeners = new Set<() => void>();
  const names = new Map<string, string>();
  let calls: CallSnapshot[] = [];
  const subscribeTo = (set: Set<() => void>) => (listener: () => void) => {
    set.add(listener);
    return () => void set.delete(listener);
  };
  const stop = informShell(
    {
      snapshot: () => ({ calls, conference: null }) as unknown as PhoneSnapshot,
      subscribe: subscribeTo(listeners),
    },
    {
      ringing: (call) => told.push(call),
      inCall: (up) => told.push(up),
    },
    {
      of: ({ callId, remote }) => names.get(callId) ?? remote.number ?? '',
      subscribe: subscribeTo(nameListeners),
    },
  );
  return {
    told,
    stop,
    has(...next: CallSnapshot[]) {
      calls = next;
      for (const listener of listeners) listener();
    },
    name(callId: string, name: string) {
      names.set(callId, name);
      for (const listener of nameListeners) listener();
    },
  };
}

const number = '+49 561 4990 21';

test('a second call that waits is told as the first one was', () => {
  const { told, has } = desk();
  const first = ringing(1);
  has(first);
  const talking = { ...first, phase: 'confirmed' } as const;
  has(talking);
  const second = ringing(2, { waiting: true });
  has(talking, second);
  has(talking, second);
  has(talking);
  has();
  expect(told).toEqual([
    { callId: first.callId, caller: number },
    true,
    null,
    { callId: second.callId, caller: number },
    null,
    false,
  ]);
});

test('of two that ring it is the newer one, and the older again when that gives up', () => {
  const { told, has } = desk();
  const [first, second] = [ringing(1), ringing(2)];
  has(first);
  has(first, second);
  has(first);
  expect(told.filter((what) => what !== true)).toEqual(
    [first, second, first].map(({ callId }) => ({ callId, caller: number })),
  );
});

test('a name that becomes known while it rings is told; afterwards it is not', () => {
  const { told, has, name } = desk();
  const { callId } = ringing(1);
  has(ringing(1));
  name(callId, 'Matthias Vogt');
  name(callId, 'M'.repeat(300));
  has({ ...ringing(1), phase: 'confirmed' });
  name(callId, 'Nobody hears this');
  expect(told.filter((what) => what !== true)).toEqual([
    { callId, caller: number },
    { callId, caller: 'Matthias Vogt' },
    { callId, caller: 'M'.repeat(200) },
    null,
  ]);
});

test('an outbound call that rings elsewhere is no ring; after stopping nothing is told', () => {
  const { told, has, stop } = desk();
  has(ringing(1, { direction: 'outbound', phase: 'ringing' }));
  expect(told).toEqual([true]);
  stop();
  has(ringing(2));
  expect(told).toEqual([true]);
});
