import { useLingui } from '@lingui/react/macro';
import { useEffect, useRef } from 'react';
import { Button } from '../../components/button.tsx';
import styles from './call-card.module.css';

const DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'];

interface KeypadProps {
  /** What was sent in this call. */
  sent: string;
  onDigit: (digit: string) => void;
  onClose: () => void;
}

/** Sends tones by mouse or keyboard while it is open; Escape closes it, never the call. */
export function Keypad({ sent, onDigit, onClose }: KeypadProps) {
  const { t } = useLingui();
  const pad = useRef<HTMLElement>(null);
  useEffect(() => pad.current?.focus(), []);
  return (
    <section
      ref={pad}
      tabIndex={-1}
      aria-label={t`Keypad`}
      className={styles['keypad']}
      onKeyDown={(event) => {
        if (event.ctrlKey || event.altKey || event.metaKey) return;
        if (event.key === 'Escape') {
          event.stopPropagation();
          onClose();
        } else if (/^[0-9*#a-d]$/iu.test(event.key)) {
          event.preventDefault();
          onDigit(event.key.toUpperCase());
        }
      }}
    >
      <output className={styles['digits']} aria-label={t`Sent digits`}>
        {sent}
      </output>
      {DIGITS.map((digit) => (
        <Button key={digit} onPress={() => onDigit(digit)}>
          {digit}
        </Button>
      ))}
    </section>
  );
}
