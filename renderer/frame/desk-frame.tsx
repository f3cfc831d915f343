// The frame with the desk in it: gives the screens what they need of the telephone.
import { DeskContext, type Desk } from '../desk-state/desk-context.ts';
import { MyDay } from '../screens/desk/my-day.tsx';
import { Frame } from './frame.tsx';

export function DeskFrame({ desk }: { desk: Desk }) {
  return (
    <DeskContext.Provider value={desk}>
      <Frame phone={desk.phone} topBar={null} callStrip={null} desk={<MyDay />} />
    </DeskContext.Provider>
  );
}
