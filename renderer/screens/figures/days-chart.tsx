import { Trans, useLingui } from '@lingui/react/macro';
import { axisSteps, type DayRow, noonOf } from './days.ts';
import styles from './days-chart.module.css';

const WIDTH = 640;
const HEIGHT = 220;
const LEFT = 34;
const BOTTOM = 26;
const TOP = 8;

/** Handled calls of each day as columns; the table beside it says the same in numbers. */
export function DaysChart({ rows }: { rows: readonly DayRow[] }) {
  const { i18n, t } = useLingui();
  const highest = Math.max(...rows.map((row) => row.handled));
  const steps = axisSteps(highest);
  const top = steps.at(-1) ?? 1;
  const plot = HEIGHT - TOP - BOTTOM;
  const y = (value: number) => TOP + plot - (value / top) * plot;
  const slot = (WIDTH - LEFT) / rows.length;
  const weekday = new Intl.DateTimeFormat(i18n.locale === 'en' ? 'en-GB' : 'de-DE', {
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC',
  });
  const total = rows.reduce((sum, row) => sum + row.handled, 0);
  const busiest = rows.find((row) => row.handled === highest);
  const busiestDay = busiest ? weekday.format(noonOf(busiest.day)) : '';
  return (
    <figure className={styles['figure']}>
      <figcaption className={styles['caption']}>
        <Trans>Calls handled per day</Trans>
      </figcaption>
      <svg
        className={styles['chart']}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={
          total === 0
            ? t`No calls were handled in these days.`
            : t`${total} calls handled in these days, most of them on ${busiestDay}: ${highest}. The table says each day.`
        }
      >
        {steps.map((step) => (
          <g key={step}>
            <line className={styles['grid']} x1={LEFT} x2={WIDTH} y1={y(step)} y2={y(step)} />
            <text className={styles['axis']} x={LEFT - 8} y={y(step) + 4} textAnchor="end">
              {step}
            </text>
          </g>
        ))}
        {rows.map((row, index) => {
          const x = LEFT + index * slot;
          return (
            <g key={row.day}>
              <rect
                className={styles['column']}
                x={x + slot * 0.18}
                width={slot * 0.64}
                y={y(row.handled)}
                height={Math.max(0, y(0) - y(row.handled))}
                rx="2"
              />
              {(rows.length - 1 - index) % 7 === 0 ? (
                <text
                  className={styles['axis']}
                  x={index === rows.length - 1 ? WIDTH : x + slot / 2}
                  y={HEIGHT - 6}
                  textAnchor={index === rows.length - 1 ? 'end' : 'middle'}
                >
                  {weekday.format(noonOf(row.day))}
                </text>
              ) : null}
            </g>
          );
        })}
      </svg>
      {total === 0 ? (
        <p className={styles['empty']}>
          <Trans>No calls were handled in these days. The first one appears here at once.</Trans>
        </p>
      ) : null}
    </figure>
  );
}
