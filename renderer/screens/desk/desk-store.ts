// What is chosen on the desk: the window's own state, never stored.
import { create } from 'zustand';
import type { PhoneProblem } from '../../phone/phone.ts';

interface DeskState {
  /** The customer that the agent opened, and when: a call that begins later goes before it. */
  customerId: string | null;
  chosenAt: number;
  /** The wrap-up that the agent opened. */
  wrapUpId: string | null;
  waitingDrawerOpen: boolean;
  /** A contact that is to be shown in the timeline, wherever it stands. */
  soughtContactId: string | null;
  /** Why the last attempt to call did not begin. */
  phoneProblem: PhoneProblem | null;
  showCustomer: (customerId: string | null) => void;
  showWrapUp: (wrapUpId: string | null) => void;
  setWaitingDrawer: (open: boolean) => void;
  seekContact: (contactId: string | null) => void;
  setPhoneProblem: (problem: PhoneProblem | null) => void;
}

export const useDeskStore = create<DeskState>()((set) => ({
  customerId: null,
  chosenAt: 0,
  wrapUpId: null,
  waitingDrawerOpen: false,
  soughtContactId: null,
  phoneProblem: null,
  showCustomer: (customerId) => set({ customerId, chosenAt: Date.now(), waitingDrawerOpen: false }),
  // A wrap-up brings its customer along.
  showWrapUp: (wrapUpId) =>
    set({
      wrapUpId,
      waitingDrawerOpen: false,
      ...(wrapUpId === null ? {} : { customerId: null, chosenAt: 0 }),
    }),
  setWaitingDrawer: (open) => set({ waitingDrawerOpen: open }),
  seekContact: (contactId) => set({ soughtContactId: contactId }),
  setPhoneProblem: (problem) => set({ phoneProblem: problem }),
}));
