// Leaving or reloading the page in mid-call warns first; once left, the other side is told.
import type { Phone } from '../phone/phone.ts';
import { liveCalls } from './presence.ts';

/** `mayLeave` is true while the desk itself reloads, which it does only without a call. */
export function guardLeaving(page: Window, phone: Phone, mayLeave: () => boolean): () => void {
  const warn = (event: BeforeUnloadEvent) => {
    if (mayLeave() || liveCalls(phone.snapshot()).length === 0) return;
    event.preventDefault();
    // Chromium before 119 and embedded views still look at this.
    event.returnValue = true;
  };
  const left = () => void phone.close();
  page.addEventListener('beforeunload', warn);
  page.addEventListener('pagehide', left);
  return () => {
    page.removeEventListener('beforeunload', warn);
    page.removeEventListener('pagehide', left);
  };
}
