// The frame with the desk in it: gives the screens what they need of the telephone.
import { DeskContext, type Desk } from '../desk-state/desk-context.ts';
import { CallStrip } from '../screens/desk/call-strip.tsx';
import { DeskScreen } from '../screens/desk/desk-screen.tsx';
import { DialField } from '../screens/desk/dial-field.tsx';
import { ShortcutSheet } from '../shortcuts/shortcut-sheet.tsx';
import { Frame } from './frame.tsx';
import { TelephoneKeys } from './telephone-keys.tsx';

export function DeskFrame({ desk }: { desk: Desk }) {
  return (
    <DeskContext.Provider value={desk}>
      <Frame
        phone={desk.phone}
        topBar={<DialField />}
        callStrip={<CallStrip />}
        telephoneKeys={<TelephoneKeys />}
        keys={<ShortcutSheet />}
        desk={<DeskScreen />}
      />
    </DeskContext.Provider>
  );
}
