// The frame with the desk in it: gives the screens what they need of the telephone.
import type { Desk } from '../desk-state/desk-context.ts';
import { DeskProvider } from '../desk-state/desk-provider.tsx';
import { CallStrip } from '../screens/desk/call-strip.tsx';
import { DeskScreen } from '../screens/desk/desk-screen.tsx';
import { DialField } from '../screens/desk/dial-field.tsx';
import { ShortcutSheet } from '../shortcuts/shortcut-sheet.tsx';
import { Frame } from './frame.tsx';
import { TelephoneKeys } from './telephone-keys.tsx';

export function DeskFrame({ desk }: { desk: Desk }) {
  return (
    <DeskProvider desk={desk}>
      <Frame
        topBar={<DialField />}
        callStrip={<CallStrip />}
        telephoneKeys={<TelephoneKeys />}
        keys={<ShortcutSheet />}
        desk={<DeskScreen />}
      />
    </DeskProvider>
  );
}
