import styles from './skeleton.module.css';

/** Holds the place of text that is on its way; `label` is what a screen reader hears. */
export function Skeleton({ lines = 3, label }: { lines?: number; label: string }) {
  return (
    <div role="status" aria-label={label} className={styles['skeleton']}>
      {Array.from({ length: lines }, (_, line) => (
        <span
          key={line}
          className={styles['line']}
          style={{ width: `${92 - ((line * 23) % 50)}%` }}
        />
      ))}
    </div>
  );
}
