import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import styles from './panel.module.css';

interface PanelProps {
  /** Name of the region and, unless hidden, its heading. */
  name: string;
  hideName?: boolean;
  count?: number | undefined;
  /** Small control at the end of the heading's line. */
  action?: ReactNode;
  children: ReactNode;
  /** `plain` has no surface of its own, `loud` is for what rings. */
  surface?: 'surface' | 'plain' | 'loud';
  padded?: boolean;
  className?: string | undefined;
}

/** A named part of a screen. */
export function Panel(props: PanelProps) {
  const surface = props.surface ?? 'surface';
  return (
    <section aria-label={props.name} className={classNames(styles['panel'], props.className)}>
      {props.hideName === true ? null : (
        <header className={styles['head']}>
          <h2 className={styles['name']}>{props.name}</h2>
          {props.count === undefined ? null : (
            <span className={styles['count']}>{props.count}</span>
          )}
          {props.action == null ? null : <span className={styles['action']}>{props.action}</span>}
        </header>
      )}
      <div className={classNames(styles[surface], props.padded === true && styles['padded'])}>
        {props.children}
      </div>
    </section>
  );
}
