import styles from './who-is-it.module.css';

interface CustomerChoicesProps<Hit> {
  hits: readonly Hit[];
  /** What is told of each beside the name; what is missing is left out. */
  details: (hit: Hit) => readonly (string | null | undefined)[];
  busy: boolean;
  onChoose: (customerId: string) => void;
  label?: string;
}

/** People of the book, of whom one is chosen. */
export function CustomerChoices<Hit extends { id: string; name: string }>({
  hits,
  details,
  busy,
  onChoose,
  label,
}: CustomerChoicesProps<Hit>) {
  return (
    <ul className={styles['candidates']} aria-label={label}>
      {hits.map((hit) => (
        <li key={hit.id}>
          <button
            type="button"
            className={styles['candidate']}
            disabled={busy}
            onClick={() => onChoose(hit.id)}
          >
            <span className={styles['name']}>{hit.name}</span>
            <span className={styles['soft']}>{details(hit).filter(Boolean).join(' · ')}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
