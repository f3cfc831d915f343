import { expect, test } from 'vitest';
import { accountInput } from '../../../preload/contract/settings.ts';
import { customerInput } from '../../../preload/contract/customers.ts';
import {
  accountEntryFrom,
  accountFormFrom,
  accountProblems,
} from '../../../renderer/screens/settings/account-form.ts';
import {
  changedEntry,
  customerEntryFrom,
  customerProblems,
  emptyCustomerForm,
  refusedFields,
} from '../../../renderer/screens/customers/customer-form.ts';
import { axisSteps, dayBefore } from '../../../renderer/screens/figures/days.ts';

const filled = {
  ...accountFormFrom(null),
  server: ' wss://pbx.example:7443/ws ',
  user: 'agent7',
  domain: 'pbx.example',
  password: 'secret',
};

test('further servers a line, STUN and TURN, mailbox: as core accepts them', () => {
  const form = {
    ...filled,
    furtherServers: ' wss://two.example/ws\n\nwss://three.example/ws ',
    iceServers: [
      { url: ' turn:turn.example.com:3478?transport=udp ', user: 'anna', password: 'x' },
      { url: '', user: '', password: '' },
    ],
    mailbox: ' *97 ',
  };
  expect(accountProblems(form, true)).toEqual({});
  const entry = accountEntryFrom(form);
  expect(entry).toMatchObject({
    furtherServers: ['wss://two.example/ws', 'wss://three.example/ws'],
    iceServers: [{ url: 'turn:turn.example.com:3478?transport=udp', user: 'anna', password: 'x' }],
    mailbox: '*97',
  });
  expect(accountInput.safeParse(entry).success).toBe(true);
});

test('what is wrong with further addresses is said before core is asked', () => {
  const problemsWith = (change: object) => accountProblems({ ...filled, ...change }, true);
  expect(problemsWith({ furtherServers: 'ws://far.example/ws' })).toEqual({
    furtherServers: 'plainOnlyToLoopback',
  });
  const six = Array.from({ length: 6 }, (_, index) => `wss://s${index}.example/ws`).join('\n');
  expect(problemsWith({ furtherServers: six })).toEqual({ furtherServers: 'tooMany' });
  const iceServers = [{ url: 'http://x', user: '', password: '' }];
  expect(problemsWith({ iceServers })).toEqual({ iceServers: 'iceMalformed' });
});

test('a complete account has no problem and is what core accepts', () => {
  expect(accountProblems(filled, false)).toEqual({});
  expect(accountInput.safeParse(accountEntryFrom(filled)).success).toBe(true);
});

test('each field says what is wrong with it, and plain ws:// goes to this machine only', () => {
  expect(accountProblems(accountFormFrom(null), false)).toEqual({
    server: 'missing',
    user: 'missing',
    domain: 'missing',
    password: 'missing',
  });
  const problemsWith = (change: object) => accountProblems({ ...filled, ...change }, true);
  expect(problemsWith({ server: 'ws://pbx.example' })).toEqual({ server: 'plainOnlyToLoopback' });
  expect(problemsWith({ server: 'ws://127.0.0.1:5066' })).toEqual({});
  expect(problemsWith({ server: 'https://pbx.example' })).toEqual({ server: 'notAnAddress' });
  expect(problemsWith({ user: 'agent7@pbx' })).toEqual({ user: 'userMalformed' });
  expect(problemsWith({ domain: 'sip:pbx' })).toEqual({ domain: 'domainMalformed' });
});

test('an empty password keeps the stored one', () => {
  const form = { ...filled, password: '' };
  expect(accountProblems(form, true)).toEqual({});
  expect('password' in accountEntryFrom(form)).toBe(false);
});

test('lines become lists without empty ones and repetitions, and core accepts the entry', () => {
  const form = {
    ...emptyCustomerForm(' Eva Demir '),
    numbers: '0561 4990\n\n0561 4990\n+49 171 55',
    emails: 'eva@demir.example',
    city: '  ',
  };
  const entry = customerEntryFrom(form);
  expect(entry).toMatchObject({
    name: 'Eva Demir',
    numbers: ['0561 4990', '+49 171 55'],
    city: null,
  });
  expect(customerInput.safeParse(entry).success).toBe(true);
});

test('an update names only what the agent changed', () => {
  const before = { ...emptyCustomerForm('Eva'), city: 'Kassel', tags: 'vip' };
  expect(changedEntry(before, { ...before, tags: 'vip\nmornings' })).toEqual({
    tags: ['vip', 'mornings'],
  });
  expect(changedEntry(before, before)).toEqual({});
});

test('what is missing or refused is said at its field', () => {
  expect(customerProblems(emptyCustomerForm('  '))).toEqual({ name: 'nameMissing' });
  expect(customerProblems({ ...emptyCustomerForm('Eva'), emails: 'eva' })).toEqual({
    emails: 'emailMalformed',
  });
  expect(refusedFields([{ path: ['changes', 'numbers', 0] }, { path: ['other'] }])).toEqual({
    numbers: 'refused',
  });
});

test('days count back over months and clock changes; axes are round and reach the top', () => {
  expect(dayBefore('2026-03-30', 1)).toBe('2026-03-29');
  expect(dayBefore('2026-03-01', 1)).toBe('2026-02-28');
  expect(axisSteps(0)).toEqual([0, 1]);
  expect(axisSteps(3)).toEqual([0, 1, 2, 3]);
  expect(axisSteps(37)).toEqual([0, 10, 20, 30, 40]);
});
