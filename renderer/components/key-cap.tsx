import { classNames } from './class-names.ts';
import styles from './key-cap.module.css';

/** A key as it is printed on the keyboard; decoration only, because names must stay plain. */
export function KeyCap({ children, inverse = false }: { children: string; inverse?: boolean }) {
  return (
    <kbd aria-hidden="true" className={classNames(styles['key'], inverse && styles['inverse'])}>
      {children}
    </kbd>
  );
}
