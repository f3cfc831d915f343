// What is chosen on the desk: the window's own state, never stored.
import { create } from 'zustand';

interface DeskState {
  /** The customer that the agent opened; a call that comes in goes before it. */
  customerId: string | null;
  /** The wrap-up that is open for typing. */
  wrapUpId: string | null;
  waitingDrawerOpen: boolean;
  showCustomer: (customerId: string | null) => void;
  showWrapUp: (wrapUpId: string | null) => void;
  setWaitingDrawer: (open: boolean) => void;
}

export const useDeskStore = create<DeskState>()((set) => ({
  customerId: null,
  wrapUpId: null,
  waitingDrawerOpen: false,
  showCustomer: (customerId) => set({ customerId, waitingDrawerOpen: false }),
  showWrapUp: (wrapUpId) => set({ wrapUpId, waitingDrawerOpen: false }),
  setWaitingDrawer: (open) => set({ waitingDrawerOpen: open }),
}));
