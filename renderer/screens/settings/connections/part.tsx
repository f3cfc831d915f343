import { useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { Notice } from '../../../components/notice.tsx';
import type { CoreProblem } from '../../../core-client/core-error.ts';
import { coreProblemInWords } from '../../../language/words/problems.ts';
import styles from './connections.module.css';

interface PartProps {
  title: string;
  about: ReactNode;
  /** Why the last change was not made. */
  problem?: CoreProblem | null;
  children: ReactNode;
}

/** A titled part of the section. */
export function Part({ title, about, problem = null, children }: PartProps) {
  const { i18n } = useLingui();
  return (
    <div className={styles['part']} role="group" aria-label={title}>
      <h3 className={styles['title']}>{title}</h3>
      <p className={styles['soft']}>{about}</p>
      {problem === null ? null : (
        <Notice tone="problem">{coreProblemInWords(i18n, problem)}</Notice>
      )}
      {children}
    </div>
  );
}
