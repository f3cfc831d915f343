import { Trans, useLingui } from '@lingui/react/macro';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { API_SCOPES, type ApiScope, type ApiToken } from '../../../../preload/contract/api.ts';
import { Button } from '../../../components/button.tsx';
import { Select } from '../../../components/choice-field.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import { TextField } from '../../../components/text-field.tsx';
import { Checkbox } from '../../../components/toggle.tsx';
import { useCore } from '../../../core-client/queries.ts';
import { useFormats } from '../../../language/use-formats.ts';
import { scopeInWords } from '../../../language/words/connections.ts';
import styles from './connections.module.css';
import { Part } from './part.tsx';
import { SecretDialog } from './secret-dialog.tsx';
import { useConnectionWork } from './use-connection-work.ts';

/** What programs identify themselves with. */
export function ApiTokens({ tokens }: { tokens: readonly ApiToken[] }) {
  const { t } = useLingui();
  const core = useCore();
  const { problem, run } = useConnectionWork();
  const [adding, setAdding] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const valid = tokens.filter(({ revokedAt }) => revokedAt === null);
  return (
    <Part
      title={t({ message: 'Tokens', comment: 'Settings: of the local API' })}
      about={t`One for each program, with no more than it needs. A revoked token opens nothing any more.`}
      problem={problem}
    >
      {valid.length === 0 ? (
        <p className={styles['soft']}>
          <Trans>There is no token yet.</Trans>
        </p>
      ) : (
        <ul className={styles['list']} aria-label={t`Tokens in force`}>
          {valid.map((token) => (
            <Token
              key={token.tokenId ?? 'start'}
              token={token}
              onRevoke={(tokenId) => void run(() => core.connections.revokeToken({ tokenId }))}
            />
          ))}
        </ul>
      )}
      <div className={styles['buttons']}>
        <Button icon={<Plus aria-hidden="true" />} onPress={() => setAdding(true)}>
          <Trans>New token</Trans>
        </Button>
      </div>
      {adding ? (
        <NewToken
          onClose={() => setAdding(false)}
          onCreated={(made) => {
            setAdding(false);
            setSecret(made);
          }}
        />
      ) : null}
      {secret === null ? null : (
        <SecretDialog
          title={t`The new token`}
          secrets={[{ label: t({ message: 'Token', comment: 'Of a program' }), secret }]}
          onClose={() => setSecret(null)}
        />
      )}
    </Part>
  );
}

function Token({ token, onRevoke }: { token: ApiToken; onRevoke: (tokenId: string) => void }) {
  const { t, i18n } = useLingui();
  const formats = useFormats();
  const { tokenId, name, scopes, expiresAt, lastUsedAt } = token;
  const allowed =
    scopes.length === API_SCOPES.length
      ? t({ message: 'Everything', comment: 'What a token may do' })
      : scopes.map((scope) => scopeInWords(i18n, scope)).join(', ');
  return (
    <li className={styles['row']}>
      <span className={styles['what']}>
        <span className={styles['name']}>{name}</span>
        <span>{allowed}</span>
        <span className={styles['soft']}>
          {[
            tokenId === null ? t`until the desk is closed` : null,
            token.dialsDirectly ? t`dials without asking` : null,
            lastUsedAt === null ? t`never used` : t`last used ${formats.relative(lastUsedAt)}`,
            expiresAt === null ? null : t`valid until ${formats.date(expiresAt)}`,
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </span>
      {tokenId === null ? null : (
        <Button size="small" label={t`Revoke ${name}`} onPress={() => onRevoke(tokenId)}>
          <Trans>Revoke</Trans>
        </Button>
      )}
    </li>
  );
}

const DAY_MS = 24 * 3_600_000;

interface NewTokenProps {
  onClose: () => void;
  onCreated: (secret: string) => void;
}

function NewToken({ onClose, onCreated }: NewTokenProps) {
  const { t, i18n } = useLingui();
  const core = useCore();
  const { busy, problem, run } = useConnectionWork();
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<readonly ApiScope[]>(['customers:read']);
  const [days, setDays] = useState('365');
  const ready = name.trim() !== '' && scopes.length > 0;
  const create = async () => {
    const expiresAt = days === 'never' ? null : Date.now() + Number(days) * DAY_MS;
    const made = await run(() =>
      core.connections.createToken({ name: name.trim(), scopes: [...scopes], expiresAt }),
    );
    if (made) onCreated(made.secret);
  };
  return (
    <Dialog
      title={t`New token`}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button
            variant="primary"
            isDisabled={!ready}
            isPending={busy}
            onPress={() => void create()}
          >
            <Trans>Create token</Trans>
          </Button>
        </>
      }
    >
      <Part title={t`New token`} about={t`For one program.`} problem={problem}>
        <TextField
          label={t`Name of the program`}
          value={name}
          onChange={setName}
          maxLength={200}
          autoFocus
        />
        <fieldset className={styles['boxes']}>
          <legend>
            <Trans>What it may do</Trans>
          </legend>
          {API_SCOPES.map((scope) => (
            <Checkbox
              key={scope}
              isSelected={scopes.includes(scope)}
              onChange={(on) =>
                setScopes(
                  API_SCOPES.filter((each) => (each === scope ? on : scopes.includes(each))),
                )
              }
            >
              {scopeInWords(i18n, scope)}
            </Checkbox>
          ))}
        </fieldset>
        <Select
          label={t`Valid for`}
          value={days}
          onChange={(id) => setDays(id ?? '365')}
          choices={[
            { id: '30', text: t`30 days` },
            { id: '365', text: t`a year` },
            { id: 'never', text: t`until it is revoked` },
          ]}
        />
      </Part>
    </Dialog>
  );
}
