import { classNames } from './class-names.ts';
import styles from './feeling-tag.module.css';
import type { Tone } from './tile-group.tsx';

interface FeelingTagProps {
  /** The feeling, as a word. */
  children: string;
  tone: Tone;
  /** `text` is coloured words without a surface. */
  shape?: 'pill' | 'text';
}

/** A feeling: the word says it, the colour only repeats it. */
export function FeelingTag({ children, tone, shape = 'pill' }: FeelingTagProps) {
  return <span className={classNames(styles[shape], styles[tone])}>{children}</span>;
}
