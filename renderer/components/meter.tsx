import { Label, Meter as AriaMeter, ProgressBar as AriaProgressBar } from 'react-aria-components';
import styles from './meter.module.css';

interface MeterProps {
  label: string;
  /** 0–1. */
  value: number;
  /** What the value means in words, spoken and shown. */
  text?: string;
}

/** A quantity within known limits, for example the level at the microphone. */
export function Meter({ label, value, text }: MeterProps) {
  return (
    <AriaMeter
      className={styles['meter'] ?? ''}
      value={value * 100}
      {...(text === undefined ? {} : { valueLabel: text })}
    >
      <Label className={styles['label'] ?? ''}>{label}</Label>
      {text === undefined ? null : <span className={styles['text']}>{text}</span>}
      <span className={styles['track']}>
        <span
          className={styles['fill']}
          style={{ transform: `scaleX(${Math.min(1, Math.max(0, value))})` }}
        />
      </span>
    </AriaMeter>
  );
}

interface ProgressProps {
  label: string;
  /** 0–1; null while the extent is unknown. */
  value: number | null;
  text?: string;
}

/** Work that is under way. */
export function Progress({ label, value, text }: ProgressProps) {
  return (
    <AriaProgressBar
      className={styles['meter'] ?? ''}
      isIndeterminate={value === null}
      value={(value ?? 0) * 100}
      {...(text === undefined ? {} : { valueLabel: text })}
    >
      <Label className={styles['label'] ?? ''}>{label}</Label>
      {text === undefined ? null : <span className={styles['text']}>{text}</span>}
      <span className={styles['track']}>
        <span className={styles['fill']} style={{ transform: `scaleX(${value ?? 0.35})` }} />
      </span>
    </AriaProgressBar>
  );
}
