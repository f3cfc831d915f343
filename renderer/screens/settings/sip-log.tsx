import { Trans, useLingui } from '@lingui/react/macro';
import { Copy, Download } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useDesk } from '../../desk-state/desk-context.ts';
import type { SipLogEntry } from '../../phone/phone.ts';
import { logText, matchingEntries, timeOf } from './sip-log-text.ts';
import styles from './sip-log.module.css';

const REFRESH_MS = 1_000;

/** What the telephone and its server said to each other, for IT; without passwords and their proofs. */
export function SipLog() {
  const { t } = useLingui();
  const { phone } = useDesk();
  const [open, setOpen] = useState(false);
  const [entries, setEntries] = useState<readonly SipLogEntry[]>([]);
  const [filter, setFilter] = useState('');
  const [copied, setCopied] = useState<'yes' | 'no' | null>(null);
  useEffect(() => {
    if (!open) return undefined;
    const read = () => setEntries([...phone.sipLog()]);
    read();
    const timer = setInterval(read, REFRESH_MS);
    return () => clearInterval(timer);
  }, [open, phone]);
  const shown = matchingEntries(entries, filter);
  const copy = () => {
    navigator.clipboard.writeText(logText(shown)).then(
      () => setCopied('yes'),
      () => setCopied('no'),
    );
  };
  const save = () => {
    const address = URL.createObjectURL(new Blob([logText(shown)], { type: 'text/plain' }));
    const link = document.createElement('a');
    link.href = address;
    link.download = 'anklang-sip-log.txt';
    link.click();
    // The download has taken what it needs by then.
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
  };
  const count = shown.length;
  return (
    <details className={styles['log']} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <Trans>SIP messages</Trans>
      </summary>
      <p className={styles['soft']}>
        <Trans>
          The last 500 messages since the start, in memory only. Passwords, their proofs and keys of
          the sound are left out.
        </Trans>
      </p>
      <div className={styles['head']}>
        <TextField
          label={t({ message: 'Filter', comment: 'Field above a list of messages' })}
          type="search"
          value={filter}
          onChange={(text) => {
            setFilter(text);
            setCopied(null);
          }}
          maxLength={200}
          spellCheck={false}
        />
        <Button icon={<Copy aria-hidden="true" />} isDisabled={count === 0} onPress={copy}>
          {t({ message: 'Copy', comment: 'Button: copies the messages' })}
        </Button>
        <Button icon={<Download aria-hidden="true" />} isDisabled={count === 0} onPress={save}>
          {t({ message: 'Save as file', comment: 'Button: stores the messages' })}
        </Button>
      </div>
      <p role="status" className={styles['soft']}>
        {copied === 'yes' ? (
          <Trans>Copied.</Trans>
        ) : copied === 'no' ? (
          <Trans>The browser does not allow copying. Save the messages as a file instead.</Trans>
        ) : (
          <Trans>{count} messages</Trans>
        )}
      </p>
      <ol className={styles['entries']}>
        {shown.map((entry, index) => (
          // The oldest leave at the front, so that a place is no identity.
          <li key={`${entry.at}-${entry.summary}-${entries.length - index}`}>
            <details>
              <summary className={styles['summary']}>
                <span className={styles['time']}>{timeOf(entry.at)}</span>
                <span className={styles['direction']}>
                  {entry.direction === 'sent'
                    ? t({ message: 'sent', comment: 'A SIP message' })
                    : t({ message: 'received', comment: 'A SIP message' })}
                </span>
                <code>{entry.summary}</code>
              </summary>
              <pre className={styles['text']} tabIndex={0}>
                {entry.text}
              </pre>
            </details>
          </li>
        ))}
      </ol>
    </details>
  );
}
