import type { ReactNode } from 'react';
import sign from './icon.svg';
import styles from './still-page.module.css';

interface StillPageProps {
  title: string;
  /** What is true and what to do next. */
  children: ReactNode;
  action?: ReactNode;
}

/** A whole page for when the desk itself cannot be shown. */
export function StillPage({ title, children, action }: StillPageProps) {
  return (
    <main className={styles['page']}>
      <div className={styles['card']}>
        <img src={sign} alt="" width="44" height="44" className={styles['sign']} />
        <h1 className={styles['title']}>{title}</h1>
        <div className={styles['words']}>{children}</div>
        {action}
      </div>
    </main>
  );
}
