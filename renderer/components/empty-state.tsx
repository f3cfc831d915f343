import type { ReactNode } from 'react';
import styles from './empty-state.module.css';

interface EmptyStateProps {
  picture?: ReactNode;
  /** What is true and what to do next, in one sentence. */
  children: ReactNode;
  action?: ReactNode;
}

/** Stands where there is nothing yet. */
export function EmptyState({ picture, children, action }: EmptyStateProps) {
  return (
    <div className={styles['empty']}>
      {picture == null ? null : <span className={styles['picture']}>{picture}</span>}
      <p className={styles['words']}>{children}</p>
      {action}
    </div>
  );
}
