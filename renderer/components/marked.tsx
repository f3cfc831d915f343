import styles from './marked.module.css';

interface MarkedProps {
  text: string;
  /** [start, end) in UTF-16 units, in rising order, apart from each other. */
  marks: readonly (readonly [number, number])[];
}

/** A text with its found parts marked. */
export function Marked({ text, marks }: MarkedProps) {
  let end = 0;
  const pieces = marks.map(([from, to]) => {
    const before = text.slice(end, from);
    end = to;
    return (
      <span key={from}>
        {before}
        <mark className={styles['mark']}>{text.slice(from, to)}</mark>
      </span>
    );
  });
  return (
    <>
      {pieces}
      {text.slice(end)}
    </>
  );
}
