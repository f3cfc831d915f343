import { Trans, useLingui } from '@lingui/react/macro';
import type { ConnectionFile } from '../../../../preload/contract/api.ts';
import { Button } from '../../../components/button.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import { scopeInWords, webhookEventInWords } from '../../../language/words/connections.ts';
import styles from './connections.module.css';

interface ConnectDialogProps {
  file: ConnectionFile;
  onConnect: () => void;
  onClose: () => void;
}

/** Says plainly what a connection will be allowed to do. */
export function ConnectDialog({ file, onConnect, onClose }: ConnectDialogProps) {
  const { t, i18n } = useLingui();
  const { name, token, webhook, links, imports } = file;
  const server = (address: string) => /^https?:\/\/([^/?#]+)/u.exec(address)?.[1] ?? address;
  return (
    <Dialog
      title={t`Connect ${name}?`}
      isOpen
      role="alertdialog"
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button variant="primary" onPress={onConnect}>
            <Trans>Connect</Trans>
          </Button>
        </>
      }
    >
      <div className={styles['form']}>
        {file.description === undefined ? null : <p>{file.description}</p>}
        {token === undefined ? null : (
          <div role="group" aria-label={t`The program may`}>
            <h3 className={styles['title']}>
              <Trans>The program may</Trans>
            </h3>
            <ul className={styles['bullets']}>
              {token.scopes.map((scope) => (
                <li key={scope}>{scopeInWords(i18n, scope)}</li>
              ))}
            </ul>
            <p className={styles['soft']}>
              {token.expiresInDays === undefined ? (
                <Trans>Until it is disconnected.</Trans>
              ) : (
                <Trans>For {token.expiresInDays} days.</Trans>
              )}
            </p>
          </div>
        )}
        {webhook === undefined ? null : (
          <div role="group" aria-label={t`The desk will tell ${server(webhook.url)}`}>
            <h3 className={styles['title']}>
              <Trans>The desk will tell {server(webhook.url)}</Trans>
            </h3>
            <ul className={styles['bullets']}>
              {webhook.events.map((type) => (
                <li key={type}>{webhookEventInWords(i18n, type)}</li>
              ))}
            </ul>
            <p className={styles['soft']}>
              <Trans>The customer’s name and number travel with it, to {webhook.url}</Trans>
            </p>
          </div>
        )}
        {links.length === 0 ? null : (
          <div role="group" aria-label={t`Links on the desk`}>
            <h3 className={styles['title']}>
              <Trans>Links on the desk</Trans>
            </h3>
            <ul className={styles['bullets']}>
              {links.map((link) => (
                <li key={link.url}>
                  {link.label}: {link.url}
                  {link.openOnAnswer ? t` – opens when a call is answered` : null}
                </li>
              ))}
            </ul>
          </div>
        )}
        {imports.length === 0 ? null : (
          <div role="group" aria-label={t`Mappings for the import`}>
            <h3 className={styles['title']}>
              <Trans>Mappings for the import</Trans>
            </h3>
            <ul className={styles['bullets']}>
              {imports.map((mapping) => (
                <li key={mapping.name}>{mapping.name}</li>
              ))}
            </ul>
          </div>
        )}
      </div>
    </Dialog>
  );
}
