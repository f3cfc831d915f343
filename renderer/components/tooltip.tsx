import type { ReactNode } from 'react';
import { Tooltip as AriaTooltip, TooltipTrigger } from 'react-aria-components';
import { KeyCap } from './key-cap.tsx';
import styles from './tooltip.module.css';

interface TooltipProps {
  /** What the element does or means; left out, only the key is shown. */
  text?: ReactNode;
  keys?: string | undefined;
  /** One focusable element that takes the description. */
  children: ReactNode;
}

/** Shows text and key on hover and on keyboard focus. */
export function Tooltip({ text, keys, children }: TooltipProps) {
  return (
    <TooltipTrigger delay={500} closeDelay={80}>
      {children}
      <AriaTooltip className={styles['tip'] ?? ''} offset={6} placement="bottom">
        {text}
        {keys === undefined ? null : (
          <>
            {' '}
            <span className={styles['spoken']}>{keys}</span>
            <KeyCap inverse>{keys}</KeyCap>
          </>
        )}
      </AriaTooltip>
    </TooltipTrigger>
  );
}
