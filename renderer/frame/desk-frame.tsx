// The frame with the desk in it: gives the screens what they need of the telephone.
import { useMemo } from 'react';
import { DeskContext, type Desk, useCallContext, usePhoneSnapshot } from '../desk-state/desk-context.ts';
import { MyDay } from '../screens/desk/my-day.tsx';
import { type DeskServices, DeskServicesProvider } from '../screens/desk/services.ts';
import { Frame } from './frame.tsx';

export function DeskFrame({ desk }: { desk: Desk }) {
  return (
    <DeskContext.Provider value={desk}>
      <WithServices desk={desk} />
    </DeskContext.Provider>
  );
}

function WithServices({ desk }: { desk: Desk }) {
  const practice = usePhoneSnapshot().connection.mode === 'practice';
  const services = useMemo<DeskServices>(
    () => ({
      phone: desk.phone,
      letCustomerRing: practice ? desk.letCustomerRing : null,
      useCallContext,
      setCallContext: desk.contexts.set,
    }),
    [desk, practice],
  );
  return (
    <DeskServicesProvider value={services}>
      <Frame phone={desk.phone} topBar={null} callStrip={null} desk={<MyDay />} />
    </DeskServicesProvider>
  );
}
