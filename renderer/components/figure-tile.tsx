import { Focusable } from 'react-aria-components';
import { classNames } from './class-names.ts';
import styles from './figure-tile.module.css';
import { Tooltip } from './tooltip.tsx';

interface FigureTileProps {
  name: string;
  /** Shown on hover and on focus. */
  formula: string;
  /** As it is to be read, with its unit. */
  value: string;
  /** What the value rests on, for example "n 100 · 46–65 %". */
  detail?: string | null;
  /** The value and its interval on a bar from 0 to 1. */
  bar?: { value: number; low: number; high: number } | null;
  size?: 'normal' | 'large';
}

/** One figure: its value, what it rests on, and on demand how it is reckoned. */
export function FigureTile({
  name,
  formula,
  value,
  detail,
  bar,
  size = 'normal',
}: FigureTileProps) {
  return (
    <Tooltip text={formula}>
      <Focusable>
        <div
          role="group"
          tabIndex={0}
          aria-label={name}
          className={classNames(styles['tile'], styles[size])}
        >
          <span className={styles['value']}>{value}</span>
          <span className={styles['name']}>{name}</span>
          {detail == null ? null : <span className={styles['detail']}>{detail}</span>}
          {bar == null ? null : (
            <svg
              className={styles['bar']}
              viewBox="0 0 100 8"
              preserveAspectRatio="none"
              aria-hidden="true"
            >
              <rect className={styles['track']} x="0" y="3" width="100" height="2" />
              <rect
                className={styles['interval']}
                x={bar.low * 100}
                y="2"
                width={Math.max(1, (bar.high - bar.low) * 100)}
                height="4"
              />
              <rect
                className={styles['tick']}
                x={Math.min(99, Math.max(0, bar.value * 100 - 0.6))}
                y="0"
                width="1.2"
                height="8"
              />
            </svg>
          )}
        </div>
      </Focusable>
    </Tooltip>
  );
}
