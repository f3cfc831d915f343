// Looks at a connection file or link, asks whether it may be set, sets it and shows what it brought.
import { Trans, useLingui } from '@lingui/react/macro';
import { type ReactNode, useState } from 'react';
import type { ConnectionFile } from '../../../../preload/contract/api.ts';
import type { CoreProblem } from '../../../core-client/core-error.ts';
import type { CoreOutput } from '../../../core-client/core.ts';
import { useCore } from '../../../core-client/queries.ts';
import { ConnectDialog } from './connect-dialog.tsx';
import { SecretDialog, type ShownSecret } from './secret-dialog.tsx';
import { useConnectionWork } from './use-connection-work.ts';

type Preview = CoreOutput<'connections', 'preview'>;
export type UnfitConnection = Extract<Preview, { fits: false }>;

interface Connecting {
  /** Shows what the text would set; nothing is set by it. */
  look: (text: string) => Promise<void>;
  /** Why the last text was no connection. */
  unfit: UnfitConnection | null;
  refuse: (unfit: UnfitConnection | null) => void;
  problem: CoreProblem | null;
  run: ReturnType<typeof useConnectionWork>['run'];
  /** The questions that are open now; to be shown by whoever asks. */
  dialogs: ReactNode;
}

export function useConnecting(onConnected: () => void = () => undefined): Connecting {
  const { t } = useLingui();
  const core = useCore();
  const { problem, run } = useConnectionWork();
  const [unfit, setUnfit] = useState<UnfitConnection | null>(null);
  const [offered, setOffered] = useState<{ text: string; file: ConnectionFile } | null>(null);
  const [secrets, setSecrets] = useState<readonly ShownSecret[]>([]);

  const look = async (text: string) => {
    setUnfit(null);
    const preview = await run(() => core.connections.preview({ text }));
    if (preview === null) return;
    if (preview.fits) setOffered({ text, file: preview.file });
    else setUnfit(preview);
  };
  const connect = async () => {
    if (offered === null) return;
    const made = await run(() => core.connections.connect({ text: offered.text }));
    setOffered(null);
    if (made === null) return;
    onConnected();
    const { tokenSecret, webhookSecret } = made;
    setSecrets([
      ...(tokenSecret === null
        ? []
        : [{ label: t({ message: 'Token', comment: 'Of a program' }), secret: tokenSecret }]),
      ...(webhookSecret === null
        ? []
        : [{ label: t`Secret for checking the signature`, secret: webhookSecret }]),
    ]);
  };

  const dialogs = (
    <>
      {offered === null ? null : (
        <ConnectDialog
          file={offered.file}
          onConnect={() => void connect()}
          onClose={() => setOffered(null)}
        />
      )}
      {secrets.length === 0 ? null : (
        <SecretDialog
          title={t`For the other system`}
          secrets={secrets}
          onClose={() => setSecrets([])}
        />
      )}
    </>
  );
  return { look, unfit, refuse: setUnfit, problem, run, dialogs };
}

export function Unfit({ unfit }: { unfit: UnfitConnection }) {
  switch (unfit.reason) {
    case 'notJson':
      return <Trans>This is no connection file or link. Ask the other system for a new one.</Trans>;
    case 'newerVersion':
      return <Trans>This was made for a newer version of Anklang. Update the desk first.</Trans>;
    case 'empty':
      return <Trans>This connection would set nothing.</Trans>;
    case 'badShape':
      return (
        <Trans>
          This connection does not fit here: {unfit.paths.join(', ')}. Ask the other system for a
          new one.
        </Trans>
      );
  }
}
