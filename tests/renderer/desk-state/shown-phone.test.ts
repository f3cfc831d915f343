import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { CallerContext } from '../../../preload/contract/customers.ts';
import { createCallContexts } from '../../../renderer/desk-state/call-contexts.ts';
import { shownPhone } from '../../../renderer/desk-state/shown-phone.ts';
import type { CallSnapshot, Phone, PhoneSnapshot } from '../../../renderer/phone/phone.ts';
import { aRingingCall } from '../desk-page/stand-in-phone.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A telephone whose calls the test sets; `told` counts how often the screen heard of it. */
function aShownPhone() {
  const listeners = new Set<() => void>();
  const contexts = createCallContexts();
  let snapshot = { calls: [] } as unknown as PhoneSnapshot;
  const phone = {
    snapshot: () => snapshot,
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  } as unknown as Phone;
  const told = vi.fn();
  shownPhone(phone, contexts).subscribe(told);
  const change = async (...calls: CallSnapshot[]) => {
    snapshot = { calls } as unknown as PhoneSnapshot;
    for (const listener of listeners) listener();
    // The message to oneself is a task of its own.
    await new Promise((resolve) => setImmediate(resolve));
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { contexts, told, change };
}
const aContext = {} as CallerContext;

test('a caller is shown together with who it is', async () => {
  const { contexts, told, change } = aShownPhone();
  const call = aRingingCall(1);
  await change(call);
  expect(told).not.toHaveBeenCalled();
  contexts.set(call.callId, aContext);
  expect(told).toHaveBeenCalledOnce();
  vi.advanceTimersByTime(1_000);
  expect(told).toHaveBeenCalledOnce();
});

test('without core the caller is shown all the same, and never kept back again', async () => {
  const { told, change } = aShownPhone();
  await change(aRingingCall(1));
  vi.advanceTimersByTime(50);
  expect(told).toHaveBeenCalledOnce();
  await change({ ...aRingingCall(1), queue: 'sales' });
  expect(told).toHaveBeenCalledTimes(2);
});

test('a caller who gives up while being kept back is not shown as ringing', async () => {
  const { told, change } = aShownPhone();
  await change(aRingingCall(1));
  await change({ ...aRingingCall(1), phase: 'terminated' });
  expect(told).toHaveBeenCalledOnce();
  vi.advanceTimersByTime(1_000);
  expect(told).toHaveBeenCalledOnce();
});

test('an answered call is shown once its sound is there, or a moment later', async () => {
  const { contexts, told, change } = aShownPhone();
  const call = aRingingCall(1);
  contexts.set(call.callId, aContext);
  await change({ ...call, phase: 'answering' });
  await change({ ...call, phase: 'confirmed', media: 'checking' });
  expect(told).not.toHaveBeenCalled();
  await change({ ...call, phase: 'confirmed', media: 'connected' });
  expect(told).toHaveBeenCalledOnce();
  await change({ ...aRingingCall(2), direction: 'outbound', phase: 'connecting', media: 'new' });
  expect(told).toHaveBeenCalledOnce();
  vi.advanceTimersByTime(50);
  expect(told).toHaveBeenCalledTimes(2);
});

test('a dialled call is shown when it rings there, or a moment after the click', async () => {
  const { told, change } = aShownPhone();
  const call: CallSnapshot = { ...aRingingCall(1), direction: 'outbound', phase: 'calling' };
  await change(call);
  expect(told).not.toHaveBeenCalled();
  await change({ ...call, phase: 'ringing' });
  expect(told).toHaveBeenCalledOnce();
});
