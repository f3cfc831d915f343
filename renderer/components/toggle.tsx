import type { ReactNode } from 'react';
import { Checkbox as AriaCheckbox, Switch as AriaSwitch } from 'react-aria-components';
import { Check } from 'lucide-react';
import styles from './toggle.module.css';

interface ToggleProps {
  children: ReactNode;
  isSelected: boolean;
  onChange: (selected: boolean) => void;
  isDisabled?: boolean;
  autoFocus?: boolean;
  /** What it means, below the words. */
  description?: ReactNode;
}

/** Takes effect at once. */
export function Switch({
  children,
  isSelected,
  onChange,
  isDisabled = false,
  description,
}: ToggleProps) {
  return (
    <AriaSwitch
      className={styles['toggle'] ?? ''}
      isSelected={isSelected}
      onChange={onChange}
      isDisabled={isDisabled}
    >
      <span className={styles['track']} aria-hidden="true">
        <span className={styles['thumb']} />
      </span>
      <span className={styles['words']}>
        {children}
        {description == null ? null : <span className={styles['description']}>{description}</span>}
      </span>
    </AriaSwitch>
  );
}

/** Takes effect when its form is saved. */
export function Checkbox({
  children,
  isSelected,
  onChange,
  isDisabled = false,
  autoFocus = false,
  description,
}: ToggleProps) {
  return (
    <AriaCheckbox
      className={styles['toggle'] ?? ''}
      isSelected={isSelected}
      onChange={onChange}
      isDisabled={isDisabled}
      autoFocus={autoFocus}
    >
      <span className={styles['box']} aria-hidden="true">
        <Check />
      </span>
      <span className={styles['words']}>
        {children}
        {description == null ? null : <span className={styles['description']}>{description}</span>}
      </span>
    </AriaCheckbox>
  );
}
