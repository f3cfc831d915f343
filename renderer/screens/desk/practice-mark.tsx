import { useLingui } from '@lingui/react/macro';
import type { Origin } from '../../../preload/contract/vocabulary.ts';
import styles from './practice-mark.module.css';

/** Marks a call of the practice line, so that nobody takes it for a real one. */
export function PracticeMark({ origin }: { origin: Origin }) {
  const { t } = useLingui();
  if (origin !== 'practice') return null;
  return (
    <span className={styles['mark']}>
      {t({ message: 'Practice', comment: 'Label of a practice call: Übung' })}
    </span>
  );
}
