import type { ReactNode, Ref } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { classNames } from './class-names.ts';
import { KeyCap } from './key-cap.tsx';
import styles from './button.module.css';
import { Tooltip } from './tooltip.tsx';

interface CommonProps {
  onPress?: () => void;
  isDisabled?: boolean;
  /** The key that does the same, as it is printed; shown in the tooltip. */
  keys?: string | undefined;
  /** More about what it does, in the tooltip. */
  hint?: string | undefined;
  autoFocus?: boolean;
  type?: 'button' | 'submit';
  ref?: Ref<HTMLButtonElement>;
}

interface ButtonProps extends CommonProps {
  children: ReactNode;
  /** `primary` at most once in a card; `end` is for hanging up. */
  variant?: 'primary' | 'secondary' | 'quiet' | 'link' | 'end';
  size?: 'small' | 'normal' | 'large';
  icon?: ReactNode;
  /** Prints the key on the button as well. */
  showKeys?: boolean;
  /** Takes the width that is there. */
  wide?: boolean;
  /** For a name that differs from the visible text, which it must contain. */
  label?: string | undefined;
  /** What it started is under way: pressing does nothing, and the keyboard stays where it is. */
  isPending?: boolean;
}

export function Button(props: ButtonProps) {
  const { children, variant = 'secondary', size = 'normal', icon, keys, hint } = props;
  // Not react-aria's own pending: it announces the button by reference to its name, which is nameless
  // once the dialog that the button closes is gone.
  const { isPending = false } = props;
  const button = (
    <AriaButton
      className={classNames(
        styles['button'],
        styles[variant],
        styles[size],
        props.wide === true && styles['wide'],
        isPending && styles['pending'],
      )}
      type={isPending ? 'button' : (props.type ?? 'button')}
      isDisabled={props.isDisabled ?? false}
      autoFocus={props.autoFocus ?? false}
      {...(isPending ? { 'aria-disabled': true } : {})}
      {...(props.onPress && !isPending ? { onPress: props.onPress } : {})}
      {...(props.label === undefined ? {} : { 'aria-label': props.label })}
      {...(props.ref ? { ref: props.ref } : {})}
    >
      {icon}
      <span className={styles['text']}>{children}</span>
      {props.showKeys === true && keys !== undefined ? (
        <KeyCap inverse={variant === 'primary' || variant === 'end'}>{keys}</KeyCap>
      ) : null}
    </AriaButton>
  );
  if (keys === undefined && hint === undefined) return button;
  return (
    <Tooltip text={hint} keys={keys}>
      {button}
    </Tooltip>
  );
}

interface IconButtonProps extends CommonProps {
  label: string;
  icon: ReactNode;
  size?: 'small' | 'normal';
}

/** A button that shows a picture only; its name is in the tooltip. */
export function IconButton(props: IconButtonProps) {
  return (
    <Tooltip text={props.hint ?? props.label} keys={props.keys}>
      <AriaButton
        aria-label={props.label}
        className={classNames(
          styles['button'],
          styles['quiet'],
          styles['iconOnly'],
          props.size === 'small' && styles['small'],
        )}
        type={props.type ?? 'button'}
        isDisabled={props.isDisabled ?? false}
        {...(props.onPress ? { onPress: props.onPress } : {})}
        {...(props.ref ? { ref: props.ref } : {})}
      >
        {props.icon}
      </AriaButton>
    </Tooltip>
  );
}
