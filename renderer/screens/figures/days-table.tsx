import { Trans, useLingui } from '@lingui/react/macro';
import { useFormats } from '../../language/use-formats.ts';
import { figureInWords } from '../../language/words/figures.ts';
import { type DayRow, noonOf } from './days.ts';
import styles from './days-table.module.css';

/** Each day in numbers, the newest first. */
export function DaysTable({ rows }: { rows: readonly DayRow[] }) {
  const { i18n, t } = useLingui();
  const formats = useFormats();
  const days = new Intl.DateTimeFormat(i18n.locale === 'en' ? 'en-GB' : 'de-DE', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC',
  });
  return (
    <div
      className={styles['scroller']}
      role="region"
      aria-label={t`Table of the days`}
      tabIndex={0}
    >
      <table className={styles['table']}>
        <thead>
          <tr>
            <th scope="col">
              <Trans>Day</Trans>
            </th>
            <th scope="col" className={styles['number']}>
              <Trans>Handled</Trans>
            </th>
            <th scope="col" className={styles['number']}>
              <Trans context="deal">Won</Trans>
            </th>
            <th scope="col" className={styles['number']}>
              <Trans context="deal">Lost</Trans>
            </th>
            <th scope="col">
              <Trans>Close rate</Trans>
            </th>
          </tr>
        </thead>
        <tbody>
          {[...rows].reverse().map((row) => {
            const rate = row.closeRate ? figureInWords(i18n, formats, row.closeRate) : null;
            return (
              <tr key={row.day}>
                <th scope="row">{days.format(noonOf(row.day))}</th>
                <td className={styles['number']}>{formats.number(row.handled)}</td>
                <td className={styles['number']}>{formats.number(row.won)}</td>
                <td className={styles['number']}>{formats.number(row.lost)}</td>
                <td>
                  {rate?.value ?? '–'}
                  {rate?.basis == null ? null : (
                    <span className={styles['basis']}> · {rate.basis}</span>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
