import { Trans, useLingui } from '@lingui/react/macro';
import { Copy } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../../components/button.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import styles from './connections.module.css';

export interface ShownSecret {
  label: string;
  secret: string;
}

interface SecretDialogProps {
  title: string;
  secrets: readonly ShownSecret[];
  onClose: () => void;
}

/** Secrets that are shown this once. */
export function SecretDialog({ title, secrets, onClose }: SecretDialogProps) {
  const { t } = useLingui();
  return (
    <Dialog
      title={title}
      isOpen
      role="alertdialog"
      onClose={onClose}
      actions={
        <Button variant="primary" onPress={onClose}>
          {t({ message: 'Done', comment: 'Button: closes the dialog with a secret' })}
        </Button>
      }
    >
      <div className={styles['form']}>
        <p>
          <Trans>Copy it now and keep it safe: it is shown only this once.</Trans>
        </p>
        {secrets.map(({ label, secret }) => (
          <Secret key={label} label={label} secret={secret} />
        ))}
      </div>
    </Dialog>
  );
}

function Secret({ label, secret }: ShownSecret) {
  return (
    <div className={styles['what']} role="group" aria-label={label}>
      <span className={styles['name']}>{label}</span>
      <code className={styles['secret']}>{secret}</code>
      <CopyButton text={secret} label={label} />
    </div>
  );
}

/** Puts a text into the clipboard and says so. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const { t } = useLingui();
  const [copied, setCopied] = useState<'no' | 'yes' | 'failed'>('no');
  const copy = () => {
    navigator.clipboard.writeText(text).then(
      () => setCopied('yes'),
      () => setCopied('failed'),
    );
  };
  return (
    <span className={styles['copy']}>
      <Button
        size="small"
        icon={<Copy aria-hidden="true" />}
        label={t`Copy: ${label}`}
        onPress={copy}
      >
        {t({ message: 'Copy', comment: 'Button: into the clipboard' })}
      </Button>
      <span role="status" className={styles['said']}>
        {copied === 'yes' ? <Trans>Copied.</Trans> : null}
        {copied === 'failed' ? <Trans>Mark the text and copy it by hand.</Trans> : null}
      </span>
    </span>
  );
}
