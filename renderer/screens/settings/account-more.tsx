import { Trans, useLingui } from '@lingui/react/macro';
import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { Button, IconButton } from '../../components/button.tsx';
import { Select } from '../../components/choice-field.tsx';
import { TextField } from '../../components/text-field.tsx';
import { Checkbox } from '../../components/toggle.tsx';
import type { AccountForm, AccountText, IceServerForm } from './account-form.ts';
import styles from './section.module.css';

const ICE_SERVERS = 5;

interface AccountMoreProps {
  form: AccountForm;
  onChange: (form: AccountForm) => void;
  field: (name: AccountText) => {
    value: string;
    onChange: (value: string) => void;
    error: string | null;
    spellCheck: boolean;
    autoComplete: string;
  };
  iceError: string | null;
  /** Something in here is wrong. */
  opened: boolean;
}

/** What only some accounts need. */
export function AccountMore({ form, onChange, field, iceError, opened }: AccountMoreProps) {
  const { t } = useLingui();
  const [open, setOpen] = useState(false);
  return (
    <details
      className={styles['more']}
      open={open || opened}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary>
        <Trans>Mailbox, further servers, firewalls, tones</Trans>
      </summary>
      <div className={styles['form']}>
        <TextField
          label={t`Mailbox number`}
          description={t`What one dials to hear one’s messages. The key for it appears beside the connection.`}
          {...field('mailbox')}
        />
        <TextField
          label={t`Further servers`}
          description={t`One address a line. They are tried in this order when the first one fails.`}
          rows={2}
          {...field('furtherServers')}
        />
        <IceServers
          servers={form.iceServers}
          error={iceError}
          onChange={(iceServers) => onChange({ ...form, iceServers })}
        />
        <Select
          label={t`Keypad tones`}
          description={t`RFC 4733 suits nearly every telephone system.`}
          choices={[
            { id: 'rfc4733', text: t`In the sound (RFC 4733)` },
            { id: 'info', text: t`As SIP messages (INFO)` },
          ]}
          value={form.dtmf}
          onChange={(choice) => onChange({ ...form, dtmf: choice === 'info' ? 'info' : 'rfc4733' })}
        />
        <Checkbox
          isSelected={form.earlyMedia}
          onChange={(earlyMedia) => onChange({ ...form, earlyMedia })}
          description={t`Announcements of the telephone system, before anyone answers.`}
        >
          <Trans>Play what is heard before the other side answers</Trans>
        </Checkbox>
      </div>
    </details>
  );
}

interface IceServersProps {
  servers: readonly IceServerForm[];
  error: string | null;
  onChange: (servers: IceServerForm[]) => void;
}

function IceServers({ servers, error, onChange }: IceServersProps) {
  const { t } = useLingui();
  const change = (index: number, changes: Partial<IceServerForm>) =>
    onChange(servers.map((server, at) => (at === index ? { ...server, ...changes } : server)));
  const plain = { spellCheck: false, autoComplete: 'off' };
  return (
    <fieldset className={styles['servers']}>
      <legend>
        <Trans>STUN and TURN servers</Trans>
      </legend>
      <p className={styles['soft']}>
        <Trans>They help the sound through firewalls. Inside a company none is needed.</Trans>
      </p>
      {servers.map((server, index) => {
        const number = index + 1;
        return (
          // Rows have no id of their own, and nothing reorders them.
          <div key={index} className={styles['server']}>
            <TextField
              label={t`Address ${number}`}
              value={server.url}
              onChange={(url) => change(index, { url })}
              placeholder="turn:turn.example.com:3478"
              error={index === servers.length - 1 ? error : null}
              {...plain}
            />
            <TextField
              label={t`TURN user ${number}`}
              value={server.user}
              onChange={(user) => change(index, { user })}
              {...plain}
            />
            <TextField
              label={t`TURN password ${number}`}
              type="password"
              value={server.password}
              onChange={(password) => change(index, { password })}
              {...plain}
              autoComplete="new-password"
            />
            <IconButton
              label={t`Remove address ${number}`}
              icon={<X aria-hidden="true" />}
              onPress={() => onChange(servers.filter((_, at) => at !== index))}
            />
          </div>
        );
      })}
      {servers.length >= ICE_SERVERS ? null : (
        <div>
          <Button
            size="small"
            icon={<Plus aria-hidden="true" />}
            onPress={() => onChange([...servers, { url: '', user: '', password: '' }])}
          >
            <Trans>Add a server</Trans>
          </Button>
        </div>
      )}
    </fieldset>
  );
}
