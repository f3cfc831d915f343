import { useLingui } from '@lingui/react/macro';
import { Tooltip } from '../components/tooltip.tsx';
import { classNames } from '../components/class-names.ts';
import { Link } from 'wouter';
import { Focusable } from 'react-aria-components';
import { useFormats } from '../language/use-formats.ts';
import { connectionInWords } from '../language/words/connection.ts';
import type { ConnectionSnapshot } from '../phone/phone.ts';
import styles from './connection-status.module.css';

/** The telephone's connection, always visible; leads to where it can be mended. */
export function ConnectionStatus({ connection }: { connection: ConnectionSnapshot }) {
  const { t, i18n } = useLingui();
  const formats = useFormats();
  const words = connectionInWords(i18n, formats, connection);
  const practice = connection.mode === 'practice';
  return (
    <div role="status" aria-label={t({ message: 'Connection', comment: 'State of the telephone' })}>
      <Tooltip text={words.long}>
        <Focusable>
          <Link
            href="/settings"
            className={classNames(
              styles['chip'],
              styles[words.tone],
              practice && styles['practice'],
            )}
          >
            <span className={styles['mark']} aria-hidden="true" />
            {words.short}
          </Link>
        </Focusable>
      </Tooltip>
    </div>
  );
}
