import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createPagePolicy } from '../../../renderer/desk-state/page-policy.ts';
import type { CallSnapshot, PhoneSnapshot } from '../../../renderer/phone/phone.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function phoneWith(calls: Partial<CallSnapshot>[]) {
  let listener = () => {};
  let now = { calls } as unknown as PhoneSnapshot;
  return {
    snapshot: () => now,
    subscribe: (next: () => void) => {
      listener = next;
      return () => {};
    },
    become: (next: Partial<CallSnapshot>[]) => {
      now = { calls: next } as unknown as PhoneSnapshot;
      listener();
    },
  };
}

const at = (server: string, ...furtherServers: string[]) => ({ server, furtherServers });

test('only origins that the host knew are allowed, whatever their path', () => {
  const policy = createPagePolicy(phoneWith([]), () => {});
  policy.knows(at('wss://PBX.example:7443/ws'));
  expect(policy.allows(at('wss://pbx.example:7443/other'))).toBe(true);
  expect(policy.allows(at('wss://pbx.example/ws'))).toBe(false);
  expect(policy.allows(at('ws://pbx.example:7443/ws'))).toBe(false);
  expect(policy.allows(at('nonsense'))).toBe(false);
});

test('an account is allowed only with every one of its servers', () => {
  const policy = createPagePolicy(phoneWith([]), () => {});
  policy.knows(at('wss://one.example/ws', 'wss://two.example/ws'));
  expect(policy.allows(at('wss://two.example/ws', 'wss://one.example/ws'))).toBe(true);
  expect(policy.allows(at('wss://one.example/ws', 'wss://three.example/ws'))).toBe(false);
});

test('a reload waits for the end of the call and for what was typed', () => {
  const reload = vi.fn();
  const phone = phoneWith([{ phase: 'confirmed' }]);
  const policy = createPagePolicy(phone, reload);
  policy.reloadWhenIdle();
  vi.advanceTimersByTime(60_000);
  expect(reload).not.toHaveBeenCalled();
  phone.become([{ phase: 'terminated' }]);
  expect(reload).not.toHaveBeenCalled();
  vi.advanceTimersByTime(500);
  expect(reload).toHaveBeenCalledTimes(1);
});

test('a call that comes in before the reload keeps the page', () => {
  const reload = vi.fn();
  const phone = phoneWith([]);
  const policy = createPagePolicy(phone, reload);
  policy.reloadWhenIdle();
  vi.advanceTimersByTime(100);
  phone.become([{ phase: 'alerting' }]);
  vi.advanceTimersByTime(10_000);
  expect(reload).not.toHaveBeenCalled();
});
