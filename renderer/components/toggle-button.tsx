import type { ReactNode } from 'react';
import { ToggleButton as AriaToggleButton } from 'react-aria-components';
import { classNames } from './class-names.ts';
import styles from './toggle-button.module.css';
import { Tooltip } from './tooltip.tsx';

interface ToggleButtonProps {
  children: ReactNode;
  icon: ReactNode;
  isSelected: boolean;
  onChange: (selected: boolean) => void;
  /** What it means while it is on or off. */
  hint: string;
  keys?: string | undefined;
}

/** A button that stays pressed; its words disappear where the window is narrow, never its name. */
export function ToggleButton(props: ToggleButtonProps) {
  return (
    <Tooltip text={props.hint} keys={props.keys}>
      <AriaToggleButton
        className={classNames(styles['button'], props.isSelected && styles['on'])}
        isSelected={props.isSelected}
        onChange={props.onChange}
      >
        {props.icon}
        <span className={styles['text']}>{props.children}</span>
      </AriaToggleButton>
    </Tooltip>
  );
}
