import { expect, test, vi } from 'vitest';
import type { Credentials } from '../../../preload/contract/settings.ts';
import { CoreError } from '../../../renderer/core-client/core-error.ts';
import { followAccount } from '../../../renderer/desk-state/line-choice.ts';
import type { CallSnapshot, PhoneSnapshot } from '../../../renderer/phone/phone.ts';

const ACCOUNT = {
  account: { id: 'a', server: 'wss://pbx.example', user: 'u', domain: 'd' },
  password: 'p',
} as Credentials;

function setting(first: Credentials | CoreError, allowed = true) {
  let answer = first;
  let tell: (event: { type: string }) => void = () => {};
  let phoneChanged = () => {};
  let calls: Partial<CallSnapshot>[] = [];
  const line = { useAccount: vi.fn(), usePractice: vi.fn() };
  const policy = { allows: () => allowed, reloadWhenIdle: vi.fn() };
  followAccount(
    {
      core: {
        account: {
          credentials: async () => {
            if (answer instanceof CoreError) throw answer;
            return answer;
          },
        },
      },
      onEvent: (listener: typeof tell) => {
        tell = listener;
        return () => {};
      },
    } as unknown as Parameters<typeof followAccount>[0],
    {
      snapshot: () => ({ calls }) as unknown as PhoneSnapshot,
      subscribe: (listener) => {
        phoneChanged = listener;
        return () => {};
      },
    },
    line,
    policy,
  );
  return {
    line,
    policy,
    answer: (next: Credentials | CoreError) => void (answer = next),
    event: async (type: string) => {
      tell({ type });
      await new Promise((resolve) => setTimeout(resolve, 0));
    },
    calls: (next: Partial<CallSnapshot>[]) => {
      calls = next;
      phoneChanged();
    },
  };
}

const noAccount = new CoreError({ kind: 'refused', code: 'NO_ACCOUNT', data: {} });

test('no account means the practice line, and a restart of core changes nothing', async () => {
  const { line, event } = setting(noAccount);
  await event('linked');
  await event('linked');
  expect(line.usePractice).toHaveBeenCalledTimes(1);
});

test('a saved account is used at once, without a restart', async () => {
  const { line, event, answer } = setting(noAccount);
  await event('linked');
  answer(ACCOUNT);
  await event('account.changed');
  expect(line.useAccount).toHaveBeenCalledExactlyOnceWith(ACCOUNT);
});

test('a change of account never cuts a call', async () => {
  const { line, event, answer, calls } = setting(noAccount);
  await event('linked');
  calls([{ phase: 'confirmed' }]);
  answer(ACCOUNT);
  await event('account.changed');
  expect(line.useAccount).not.toHaveBeenCalled();
  calls([{ phase: 'terminated' }]);
  expect(line.useAccount).toHaveBeenCalledTimes(1);
});

test('an address that this page may not reach asks for a reload instead', async () => {
  const { line, policy, event } = setting(ACCOUNT, false);
  await event('linked');
  expect(line.useAccount).not.toHaveBeenCalled();
  expect(policy.reloadWhenIdle).toHaveBeenCalledTimes(1);
});

test('a core that does not answer leaves the line as it is', async () => {
  const { line, event } = setting(new CoreError({ kind: 'timedOut' }));
  await event('linked');
  expect(line.usePractice).not.toHaveBeenCalled();
});
