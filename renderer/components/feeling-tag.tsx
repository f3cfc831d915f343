import { classNames } from './class-names.ts';
import styles from './feeling-tag.module.css';
import type { Tone } from './tile-group.tsx';

interface FeelingTagProps {
  /** The feeling, as a word. */
  children: string;
  tone: Tone;
  /** `text` is coloured words without a surface. */
  shape?: 'pill' | 'text';
  /** How strong it was, as ticks beside the word; `spoken` then says the same in words. */
  strength?: 1 | 2 | 3 | null;
  spoken?: string;
}

/** A feeling: the word says it, the colour only repeats it. */
export function FeelingTag(props: FeelingTagProps) {
  const { children, tone, shape = 'pill', strength = null, spoken = children } = props;
  const look = classNames(styles[shape], styles[tone]);
  if (strength === null && spoken === children) return <span className={look}>{children}</span>;
  return (
    <span className={look} title={spoken}>
      <span className={styles['spoken']}>{spoken}</span>
      <span aria-hidden="true" className={styles['word']}>
        {children}
      </span>
      {strength === null ? null : (
        <span aria-hidden="true" className={styles['ticks']}>
          {[1, 2, 3].map((tick) => (
            <span
              key={tick}
              className={classNames(styles['tick'], tick <= strength && styles['full'])}
            />
          ))}
        </span>
      )}
    </span>
  );
}
