import { Trans, useLingui } from '@lingui/react/macro';
import { FileUp } from 'lucide-react';
import { type ChangeEvent, type DragEvent, useId, useRef, useState } from 'react';
import type { Connection } from '../../../../preload/contract/api.ts';
import { Button } from '../../../components/button.tsx';
import { Notice } from '../../../components/notice.tsx';
import { TextField } from '../../../components/text-field.tsx';
import type { CoreOutput } from '../../../core-client/core.ts';
import { useCore } from '../../../core-client/queries.ts';
import { useFormats } from '../../../language/use-formats.ts';
import styles from './connections.module.css';
import { Part } from './part.tsx';
import { Unfit, useConnecting } from './use-connecting.tsx';

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
  const file = useRef<HTMLInputElement>(null);
  const fileId = useId();
  const [pasted, setPasted] = useState('');
  const { look, unfit, refuse, problem, run, dialogs } = useConnecting(() => setPasted(''));

  const read = async (chosen: File | undefined) => {
    if (chosen === undefined) return;
    if (chosen.size > LARGEST_FILE_BYTES) refuse({ fits: false, reason: 'notJson', paths: [] });
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
          <span className={styles['soft']} aria-hidden="true">
            <Trans>Ready descriptions</Trans>
          </span>
          {ready.map(({ name, text }) => (
            <Button key={name} size="small" onPress={() => void look(text)}>
              {name}
            </Button>
          ))}
        </div>
      )}
      {dialogs}
    </Part>
  );
}
