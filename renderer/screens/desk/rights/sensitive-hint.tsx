import { useLingui } from '@lingui/react/macro';
import { useDeferredValue } from 'react';
import { sensitiveWordsIn } from '../../../language/sensitive-words.ts';
import styles from './rights.module.css';

/** Says calmly that a note speaks of health or religion. Nothing is blocked, and nothing of it is stored. */
export function SensitiveHint({ text }: { text: string }) {
  const { t } = useLingui();
  const words = sensitiveWordsIn(useDeferredValue(text)).map(({ word }) => word);
  const named = words.join(', ');
  return (
    <div role="status" className={styles['soft']}>
      {words.length === 0 ? null : (
        <details>
          <summary>{t`Health or religion? (${named})`}</summary>
          {t`The law guards such facts more strictly (GDPR Art. 9): they may be noted only if the customer has agreed to it or the contract needs it. Often it is enough to write what follows from it, for example “not before May”. This is a hint; nothing of it is stored.`}
        </details>
      )}
    </div>
  );
}
