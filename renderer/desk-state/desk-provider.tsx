// Gives the screens the telephone as it is now. While a call out is being set up it is painted in slices
// between which the page hears of the next thing: the sound of an answer does not wait for the picture of
// the ringing before it.
import { type ReactNode, startTransition, useEffect, useState } from 'react';
import type { PhoneSnapshot } from '../phone/phone.ts';
import { type Desk, DeskContext, ShownCallsContext } from './desk-context.ts';
import { liveCalls } from './presence.ts';

export function DeskProvider({ desk, children }: { desk: Desk; children: ReactNode }) {
  const { phone, contexts } = desk;
  const [shown, setShown] = useState(() => ({ snapshot: phone.snapshot(), contexts }));
  useEffect(() => {
    const show = () => {
      const next = { snapshot: phone.snapshot(), contexts };
      if (isCallingOut(next.snapshot)) startTransition(() => setShown(next));
      // Who rings, and what the agent has just done, is waited for.
      else setShown(next);
    };
    const stops = [phone.subscribe(show), contexts.subscribe(show)];
    // What happened between the first picture and now.
    show();
    return () => {
      for (const stop of stops) stop();
    };
  }, [phone, contexts]);
  return (
    <DeskContext.Provider value={desk}>
      <ShownCallsContext.Provider value={shown}>{children}</ShownCallsContext.Provider>
    </DeskContext.Provider>
  );
}

/** Until the sound of what the agent dialled is there. */
function isCallingOut(snapshot: PhoneSnapshot): boolean {
  return liveCalls(snapshot).some(
    ({ direction, phase, media }) =>
      direction === 'outbound' &&
      (phase !== 'confirmed' || media === 'new' || media === 'checking'),
  );
}
