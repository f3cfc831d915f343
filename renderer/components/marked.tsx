import styles from './marked.module.css';

interface MarkedProps {
  text: string;
  /** [start, end) in UTF-16 units, in rising order, apart from each other. */
  marks: readonly (readonly [number, number])[];
}

/** A text with its found parts marked. */
export function Marked({ text, marks }: MarkedProps) {
  const pieces = marks.map(([from, to], index) => (
    <span key={from}>
      {text.slice(marks[index - 1]?.[1] ?? 0, from)}
      <mark className={styles['mark']}>{text.slice(from, to)}</mark>
    </span>
  ));
  return (
    <>
      {pieces}
      {text.slice(marks.at(-1)?.[1] ?? 0)}
    </>
  );
}
