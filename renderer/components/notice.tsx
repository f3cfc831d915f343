import { CircleAlert, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import styles from './notice.module.css';

const PICTURES = { info: Info, caution: TriangleAlert, problem: CircleAlert };

interface NoticeProps {
  tone?: 'info' | 'caution' | 'problem';
  /** What is true, in one sentence. */
  children: ReactNode;
  /** What can be done next. */
  action?: ReactNode;
  /** Spoken when it appears; `problem` always is. */
  announce?: boolean;
}

export function Notice({ tone = 'info', children, action, announce = false }: NoticeProps) {
  const Picture = PICTURES[tone];
  const spoken = tone === 'problem' ? 'alert' : announce ? 'status' : undefined;
  return (
    <div
      className={classNames(styles['notice'], styles[tone])}
      {...(spoken ? { role: spoken } : {})}
    >
      <Picture aria-hidden="true" className={styles['picture']} />
      <div className={styles['words']}>{children}</div>
      {action == null ? null : <div className={styles['action']}>{action}</div>}
    </div>
  );
}
