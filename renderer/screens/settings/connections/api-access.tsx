import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { ApiState, PolicyState } from '../../../../preload/contract/api.ts';
import { Select } from '../../../components/choice-field.tsx';
import { Notice } from '../../../components/notice.tsx';
import { TextField } from '../../../components/text-field.tsx';
import { Switch } from '../../../components/toggle.tsx';
import { useCore } from '../../../core-client/queries.ts';
import styles from './connections.module.css';
import { Part } from './part.tsx';
import { CopyButton } from './secret-dialog.tsx';
import { useConnectionWork } from './use-connection-work.ts';

/** Whether other programs of this computer may use the desk, and where. */
export function ApiAccess({ api, policy }: { api: ApiState; policy: PolicyState }) {
  const { t } = useLingui();
  const core = useCore();
  const { problem, run } = useConnectionWork();
  const isManaged = (name: string) => policy.managed.includes(`api.${name}`);
  const managed = t`Managed by your organisation.`;
  return (
    <Part
      title={t`Local API`}
      about={t`Other programs on this computer can look up numbers, enter customers and ask for calls. Nobody outside can reach it.`}
      problem={problem}
    >
      <Switch
        isSelected={api.enabled}
        isDisabled={isManaged('enabled')}
        onChange={(enabled) => void run(() => core.connections.setApi({ enabled }))}
        description={isManaged('enabled') ? managed : t`Each program also needs a token.`}
      >
        <Trans>Other programs may use the local API</Trans>
      </Switch>
      {api.problem === null ? null : (
        <Notice tone="problem">
          {api.problem === 'portTaken' ? (
            <Trans>Another program uses this port. Enter another one, or 0 for any.</Trans>
          ) : (
            <Trans>The local API could not be opened. Enter another port, or 0 for any.</Trans>
          )}
        </Notice>
      )}
      {api.address === null ? null : (
        <div className={styles['row']}>
          <span className={styles['what']}>
            <span className={styles['soft']}>
              {t({ message: 'Address', comment: 'Of the local API' })}
            </span>
            <span>{api.address}</span>
            <a href={`${api.address}/v1/docs`} target="_blank" rel="noopener noreferrer">
              <Trans>What programs can ask</Trans>
            </a>
          </span>
          <CopyButton
            text={api.address}
            label={t({ message: 'Address', comment: 'Of the local API' })}
          />
        </div>
      )}
      <Port
        key={api.port}
        stored={api.port}
        managed={isManaged('port') ? managed : null}
        onChange={(port) => void run(() => core.connections.setApi({ port }))}
      />
      <Select
        label={t`When another program wants to dial`}
        value={api.dialling}
        isDisabled={isManaged('dialling')}
        description={isManaged('dialling') ? managed : undefined}
        onChange={(id) => {
          const dialling = (['ask', 'direct', 'off'] as const).find((mode) => mode === id);
          if (dialling) void run(() => core.connections.setApi({ dialling }));
        }}
        choices={[
          { id: 'ask', text: t`Ask me first` },
          { id: 'direct', text: t`Dial at once` },
          { id: 'off', text: t({ message: 'Never dial', comment: 'For other programs' }) },
        ]}
      />
      {policy.ignored.length === 0 ? null : (
        <Notice tone="caution">
          <Trans>
            Parts of your organisation’s policy could not be understood and are not in force:{' '}
            {policy.ignored.join(', ')}
          </Trans>
        </Notice>
      )}
    </Part>
  );
}

interface PortProps {
  stored: number;
  managed: string | null;
  onChange: (port: number) => void;
}

/** Stored when the field is left. */
function Port({ stored, managed, onChange }: PortProps) {
  const { t } = useLingui();
  const [typed, setTyped] = useState(String(stored));
  const port = /^\d{1,5}$/u.test(typed.trim()) ? Number(typed) : Number.NaN;
  const fits = port <= 65_535;
  return (
    <div className={styles['short']}>
      <TextField
        label={t({ message: 'Port', comment: 'Of the local API' })}
        inputMode="decimal"
        value={typed}
        onChange={setTyped}
        isDisabled={managed !== null}
        description={managed ?? t`0 takes any free one and keeps it.`}
        error={fits ? null : t`Enter a number from 0 to 65535.`}
        onBlur={() => {
          if (fits && port !== stored) onChange(port);
        }}
      />
    </div>
  );
}
