import { Trans, useLingui } from '@lingui/react/macro';
import { FileUp } from 'lucide-react';
import { type ChangeEvent, type DragEvent, useId, useRef, useState } from 'react';
import type { Connection, ConnectionFile } from '../../../../preload/contract/api.ts';
import { Button } from '../../../components/button.tsx';
import { Notice } from '../../../components/notice.tsx';
import { TextField } from '../../../components/text-field.tsx';
import type { CoreOutput } from '../../../core-client/core.ts';
import { useCore } from '../../../core-client/queries.ts';
import { useFormats } from '../../../language/use-formats.ts';
import styles from './connections.module.css';
import { ConnectDialog } from './connect-dialog.tsx';
import { Part } from './part.tsx';
import { SecretDialog, type ShownSecret } from './secret-dialog.tsx';
import { useConnectionWork } from './use-connection-work.ts';

type Preview = CoreOutput<'connections', 'preview'>;
type Ready = CoreOutput<'connections', 'state'>['ready'];

const LARGEST_FILE_BYTES = 200_000;

interface ConnectPartProps {
  connections: readonly Connection[];
  ready: Ready;
}

/** A file or link of another system sets everything in one step. */
export function ConnectPart({ connections, ready }: ConnectPartProps) {
  const { t } = useLingui();
  const formats = useFormats();
  const core = useCore();
  const { problem, run } = useConnectionWork();
  const file = useRef<HTMLInputElement>(null);
  const fileId = useId();
  const [pasted, setPasted] = useState('');
  const [unfit, setUnfit] = useState<Extract<Preview, { fits: false }> | null>(null);
  const [offered, setOffered] = useState<{ text: string; file: ConnectionFile } | null>(null);
  const [secrets, setSecrets] = useState<readonly ShownSecret[]>([]);

  const look = async (text: string) => {
    setUnfit(null);
    const preview = await run(() => core.connections.preview({ text }));
    if (preview === null) return;
    if (preview.fits) setOffered({ text, file: preview.file });
    else setUnfit(preview);
  };
  const read = async (chosen: File | undefined) => {
    if (chosen === undefined) return;
    if (chosen.size > LARGEST_FILE_BYTES) setUnfit({ fits: false, reason: 'notJson', paths: [] });
    else await look(await chosen.text());
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    const [dropped] = event.dataTransfer.files;
    const text = event.dataTransfer.getData('text/plain');
    if (dropped) void read(dropped);
    else if (text !== '') void look(text);
  };
  const choose = (event: ChangeEvent<HTMLInputElement>) => {
    void read(event.target.files?.[0]);
    event.target.value = '';
  };
  const connect = async () => {
    if (offered === null) return;
    const made = await run(() => core.connections.connect({ text: offered.text }));
    setOffered(null);
    if (made === null) return;
    setPasted('');
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

  return (
    <Part
      title={t`Connect in one step`}
      about={t`Another system can give you a file or a link that sets everything. Before anything is set, you see what will be allowed.`}
      problem={problem}
    >
      {connections.length === 0 ? null : (
        <ul className={styles['list']} aria-label={t`Connected systems`}>
          {connections.map(({ connectionId, name, createdAt }) => (
            <li key={connectionId} className={styles['row']}>
              <span className={styles['what']}>
                <span className={styles['name']}>{name}</span>
                <span className={styles['soft']}>
                  <Trans>connected {formats.relative(createdAt)}</Trans>
                </span>
              </span>
              <Button
                size="small"
                label={t`Disconnect ${name}`}
                onPress={() => void run(() => core.connections.disconnect({ connectionId }))}
              >
                <Trans>Disconnect</Trans>
              </Button>
            </li>
          ))}
        </ul>
      )}
      <div className={styles['drop']} onDragOver={(event) => event.preventDefault()} onDrop={drop}>
        <div className={styles['form']}>
          <TextField
            label={t`Connection link or the text of a file`}
            value={pasted}
            onChange={setPasted}
            maxLength={LARGEST_FILE_BYTES}
            spellCheck={false}
            placeholder="anklang://connect?data=…"
            description={t`Or drop a file here.`}
          />
          <div className={styles['buttons']}>
            <Button isDisabled={pasted.trim() === ''} onPress={() => void look(pasted)}>
              <Trans>Look at it</Trans>
            </Button>
            <Button icon={<FileUp aria-hidden="true" />} onPress={() => file.current?.click()}>
              <Trans>Choose a file</Trans>
            </Button>
            <input
              ref={file}
              id={fileId}
              type="file"
              accept=".json,.anklang-connection.json,application/json"
              aria-label={t`Connection file`}
              hidden
              onChange={choose}
            />
          </div>
        </div>
      </div>
      {unfit === null ? null : (
        <Notice tone="problem">
          <Unfit unfit={unfit} />
        </Notice>
      )}
      {ready.length === 0 ? null : (
        <div className={styles['buttons']} role="group" aria-label={t`Ready descriptions`}>
          {ready.map(({ name, text }) => (
            <Button key={name} size="small" onPress={() => void look(text)}>
              {name}
            </Button>
          ))}
        </div>
      )}
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
    </Part>
  );
}

function Unfit({ unfit }: { unfit: Extract<Preview, { fits: false }> }) {
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
