import styles from './tag.module.css';

/** A word that somebody gave to a thing. */
export function Tag({ children }: { children: string }) {
  return <span className={styles['tag']}>{children}</span>;
}
