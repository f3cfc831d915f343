// Testing, saving and removing the account. A test of an address that this page may not reach yet
// goes on by itself after the window has reloaded.
import { useEffect, useEffectEvent, useState } from 'react';
import type { Credentials } from '../../../preload/contract/settings.ts';
import { type CoreProblem, coreProblemOf } from '../../core-client/core-error.ts';
import { useAccount, useCore } from '../../core-client/queries.ts';
import { useDesk } from '../../desk-state/desk-context.ts';
import { liveCalls } from '../../desk-state/presence.ts';
import type { ConnectionProblem } from '../../phone/phone.ts';
import { useAccountDraft } from './account-draft.ts';
import {
  type AccountEntry,
  accountEntryFrom,
  type AccountForm,
  accountFormFrom,
  type AccountProblems,
  accountProblems,
  refusedAccountFields,
} from './account-form.ts';

export type AccountOutcome =
  | { kind: 'registered'; ms: number }
  | { kind: 'failed'; problem: ConnectionProblem; sipCode: number | null }
  | { kind: 'saved' | 'savedWaiting' | 'removed' | 'reloading' | 'callUp' }
  | { kind: 'core'; problem: CoreProblem };

interface AccountWork {
  form: AccountForm;
  problems: AccountProblems;
  outcome: AccountOutcome | null;
  busy: 'test' | 'save' | null;
  stored: boolean;
  passwordKept: boolean;
  changed: boolean;
  enter: (form: AccountForm) => void;
  discard: () => void;
  test: () => Promise<void>;
  save: () => Promise<void>;
  remove: () => Promise<void>;
}

export function useAccountWork(): AccountWork {
  const core = useCore();
  const account = useAccount();
  const { phone, policy } = useDesk();
  const draft = useAccountDraft();
  const [problems, setProblems] = useState<AccountProblems>({});
  const [outcome, setOutcome] = useState<AccountOutcome | null>(null);
  const [busy, setBusy] = useState<'test' | 'save' | null>(null);
  /** The password that core keeps with a staged account, from before a reload. */
  const [staged, setStaged] = useState<Credentials | null>(null);

  const form = draft.form ?? accountFormFrom(account);
  const passwordKept = staged !== null || account?.hasPassword === true;
  const inCall = () => liveCalls(phone.snapshot()).length > 0;

  const fail = (thrown: unknown) => {
    const problem = coreProblemOf(thrown);
    setOutcome({ kind: 'core', problem });
    if (problem.kind === 'refused' && problem.code === 'BAD_INPUT') {
      setProblems(refusedAccountFields(problem.data.issues));
    }
  };

  /** What is entered, or null when something is wrong with it, which is then shown. */
  const checkedEntry = (): AccountEntry | null => {
    const found = accountProblems(form, passwordKept);
    setProblems(found);
    setOutcome(null);
    if (Object.keys(found).length > 0) return null;
    const entry = accountEntryFrom(form);
    return entry.password === undefined && staged ? { ...entry, password: staged.password } : entry;
  };

  const register = async (entry: AccountEntry, password: string) => {
    const { testAccount } = await import('../../phone/sip/account-test.ts');
    const result = await testAccount({ account: entry, password });
    setOutcome(result.ok ? { kind: 'registered', ms: result.ms } : { kind: 'failed', ...result });
  };

  const test = async () => {
    const entry = checkedEntry();
    if (entry === null) return;
    setBusy('test');
    try {
      const password = entry.password ?? (await core.account.credentials({})).password;
      if (policy.allows(entry)) return await register(entry, password);
      await core.account.stage({ ...entry, password });
      setOutcome({ kind: inCall() ? 'callUp' : 'reloading' });
      policy.reloadWhenIdle();
    } catch (thrown) {
      fail(thrown);
    } finally {
      setBusy(null);
    }
  };

  const save = async () => {
    const entry = checkedEntry();
    if (entry === null) return;
    setBusy('save');
    try {
      await core.account.save(entry);
      if (staged) await core.account.unstage();
      setStaged(null);
      draft.setForm(null);
      if (!policy.allows(entry)) setOutcome({ kind: inCall() ? 'savedWaiting' : 'reloading' });
      else setOutcome({ kind: inCall() ? 'savedWaiting' : 'saved' });
    } catch (thrown) {
      fail(thrown);
    } finally {
      setBusy(null);
    }
  };

  const remove = async () => {
    setOutcome(null);
    setProblems({});
    try {
      await core.account.remove();
      draft.setForm(null);
      setOutcome({ kind: 'removed' });
    } catch (thrown) {
      fail(thrown);
    }
  };

  const discard = () => {
    draft.setForm(null);
    setProblems({});
    setOutcome(null);
    if (!staged) return;
    setStaged(null);
    core.account.unstage().catch(fail);
  };

  const resume = useEffectEvent(async (isCurrent: () => boolean) => {
    try {
      const waiting = await core.account.staged();
      if (waiting === null || !isCurrent()) return;
      const credentials = await core.account.credentials({ draft: true });
      if (!isCurrent()) return;
      draft.setForm(draft.form ?? accountFormFrom(waiting));
      setStaged(credentials);
      if (!policy.allows(waiting)) return;
      setBusy('test');
      await register(accountEntryFrom(accountFormFrom(waiting)), credentials.password);
    } catch (thrown) {
      fail(thrown);
    } finally {
      if (isCurrent()) setBusy(null);
    }
  });
  useEffect(() => {
    let current = true;
    void resume(() => current);
    return () => {
      current = false;
    };
  }, []);

  return {
    form,
    problems,
    outcome,
    busy,
    stored: account !== null,
    passwordKept,
    changed: draft.form !== null,
    enter: (next) => {
      draft.setForm(next);
      setOutcome(null);
    },
    discard,
    test,
    save,
    remove,
  };
}
