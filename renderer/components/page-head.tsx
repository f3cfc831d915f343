import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import styles from './page-head.module.css';

export interface PageHeadProps {
  title: string;
  /** What the way back is called, and where it leads. */
  back: string;
  onBack: () => void;
  /** What stands at the other end of the line. */
  children?: ReactNode;
}

/** The head of a page that lies beneath another one. */
export function PageHead({ title, back, onBack, children }: PageHeadProps) {
  return (
    <header className={styles['head']}>
      <div className={styles['back']}>
        <Button
          size="small"
          variant="quiet"
          icon={<ArrowLeft aria-hidden="true" />}
          onPress={onBack}
        >
          {back}
        </Button>
      </div>
      <h1 className={styles['title']}>{title}</h1>
      {children ? <div className={styles['beside']}>{children}</div> : null}
    </header>
  );
}
