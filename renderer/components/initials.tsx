import styles from './initials.module.css';

/** First letters of the first and the last word of a name, at most two. */
function initialsOf(name: string): string {
  const words = name.split(/\s+/u).filter((word) => /\p{L}/u.test(word));
  const first = words[0];
  const last = words.length > 1 ? words.at(-1) : undefined;
  return [first, last]
    .map((word) => (word === undefined ? '' : [...word][0]))
    .join('')
    .toLocaleUpperCase();
}

/** Stands for a person beside the name; decoration only. */
export function Initials({ name }: { name: string }) {
  return (
    <span aria-hidden="true" className={styles['initials']}>
      {initialsOf(name)}
    </span>
  );
}
