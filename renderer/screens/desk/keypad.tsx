import { useLingui } from '@lingui/react/macro';
import { useEffect, useEffectEvent, useRef } from 'react';
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
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === 'Escape') {
      event.stopPropagation();
      onClose();
    } else if (/^[0-9*#a-d]$/iu.test(event.key)) {
      event.preventDefault();
      onDigit(event.key.toUpperCase());
    }
  });
  useEffect(() => {
    const element = pad.current;
    const listen = (event: KeyboardEvent) => onKey(event);
    element?.addEventListener('keydown', listen);
    element?.focus();
    return () => element?.removeEventListener('keydown', listen);
  }, []);
  return (
    <section ref={pad} tabIndex={-1} aria-label={t`Keypad`} className={styles['keypad']}>
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
