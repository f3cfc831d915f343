// What is typed about the account, kept while the agent looks at another screen; in memory only,
// because a password is in it.
import { create } from 'zustand';
import type { AccountForm } from './account-form.ts';

interface AccountDraft {
  /** null while nothing differs from what is stored. */
  form: AccountForm | null;
  setForm: (form: AccountForm | null) => void;
}

export const useAccountDraft = create<AccountDraft>()((set) => ({
  form: null,
  setForm: (form) => set({ form }),
}));
