// Beside the connection: what the agent wants of it, and what waits in the mailbox.
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { BellOff, Voicemail } from 'lucide-react';
import { Button } from '../components/button.tsx';
import { ToggleButton } from '../components/toggle-button.tsx';
import { useAccount } from '../core-client/queries.ts';
import { useDesk, usePhoneSnapshot } from '../desk-state/desk-context.ts';
import { useCalls, usePhoneCommand } from '../screens/desk/use-calls.ts';
import { useKeys, useShortcut } from '../shortcuts/shortcuts.tsx';

export function TelephoneKeys() {
  return (
    <>
      <Mailbox />
      <DoNotDisturb />
    </>
  );
}

function DoNotDisturb() {
  const { t } = useLingui();
  const keysOf = useKeys();
  const { phone } = useDesk();
  const { doNotDisturb } = usePhoneSnapshot();
  useShortcut('doNotDisturb', () => phone.setDoNotDisturb(!doNotDisturb));
  return (
    <ToggleButton
      icon={<BellOff aria-hidden="true" />}
      isSelected={doNotDisturb}
      keys={keysOf('doNotDisturb')}
      hint={
        doNotDisturb
          ? t`Callers hear busy, and their calls are listed as missed`
          : t`Do not disturb: callers hear busy, and their calls are listed as missed`
      }
      onChange={(on) => phone.setDoNotDisturb(on)}
    >
      {t({ message: 'Do not disturb', comment: 'Button that stays pressed: Nicht stören' })}
    </ToggleButton>
  );
}

/** There once the server has said how many messages there are, and a mailbox can be called. */
function Mailbox() {
  const { t } = useLingui();
  const keysOf = useKeys();
  const run = usePhoneCommand();
  const { mayDial } = useCalls();
  const account = useAccount();
  const { messages } = usePhoneSnapshot();
  const there = account?.mailbox != null && messages !== null;
  const call = () => run((phone) => phone.callMailbox());
  useShortcut('mailbox', there && mayDial ? call : null);
  if (!there) return null;
  return (
    <Button
      variant="quiet"
      icon={<Voicemail aria-hidden="true" />}
      keys={keysOf('mailbox')}
      hint={t`Calls the mailbox`}
      isDisabled={!mayDial}
      onPress={call}
    >
      {messages.fresh === 0 ? (
        <Trans>No new message</Trans>
      ) : (
        <Plural value={messages.fresh} one="# new message" other="# new messages" />
      )}
    </Button>
  );
}
