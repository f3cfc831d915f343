import { Trans, useLingui } from '@lingui/react/macro';
import { KPI_IDS } from '../../../preload/contract/kpi-catalogue.ts';
import { Button } from '../../components/button.tsx';
import { FigureTile } from '../../components/figure-tile.tsx';
import { Notice } from '../../components/notice.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { useAccount, useDays, useMyDay } from '../../core-client/queries.ts';
import { useFormats } from '../../language/use-formats.ts';
import { figureInWords } from '../../language/words/figures.ts';
import { coreProblemInWords } from '../../language/words/problems.ts';
import { DaysChart } from './days-chart.tsx';
import { dayBefore, dayRowFrom } from './days.ts';
import { DaysTable } from './days-table.tsx';
import styles from './figures-screen.module.css';

const DAYS_SHOWN = 28;

export default function FiguresScreen() {
  const { t, i18n } = useLingui();
  const formats = useFormats();
  const account = useAccount();
  const day = useMyDay();
  return (
    <div className={styles['screen']}>
      <header className={styles['head']}>
        <h1 className={styles['title']}>
          <Trans>Figures</Trans>
        </h1>
        <p className={styles['soft']}>
          {account === null ? (
            <Trans>
              Practice calls count here as long as no account is set up. Point at a figure to see
              its formula.
            </Trans>
          ) : (
            <Trans>
              Only real calls count. Point at a figure, or focus it, to see its formula.
            </Trans>
          )}
        </p>
      </header>
      {day.error ? (
        <Notice
          tone="problem"
          action={
            <Button size="small" onPress={() => void day.refetch()}>
              <Trans>Try again</Trans>
            </Button>
          }
        >
          {coreProblemInWords(i18n, day.error.problem)}
        </Notice>
      ) : null}
      <section aria-label={t`Today`}>
        <h2 className={styles['subtitle']}>
          <Trans>Today</Trans>
        </h2>
        {day.data ? (
          <div className={styles['tiles']}>
            {KPI_IDS.map((kpi) => {
              const figure = day.data.figures.find((one) => one.kpi === kpi);
              if (!figure) return null;
              const words = figureInWords(i18n, formats, figure);
              return (
                <div key={kpi}>
                  <FigureTile
                    name={words.name}
                    formula={words.formula}
                    value={words.value}
                    detail={words.basis}
                    size="large"
                    bar={
                      figure.interval === null || figure.value === null
                        ? null
                        : { value: figure.value, ...figure.interval }
                    }
                  />
                </div>
              );
            })}
          </div>
        ) : (
          <Skeleton lines={3} label={t`The figures are being counted`} />
        )}
      </section>
      {day.data ? <LastDays today={day.data.day} /> : null}
    </div>
  );
}

function LastDays({ today }: { today: string }) {
  const { t, i18n } = useLingui();
  const from = dayBefore(today, DAYS_SHOWN - 1);
  const days = useDays(from, today);
  if (days.error) {
    return <Notice tone="problem">{coreProblemInWords(i18n, days.error.problem)}</Notice>;
  }
  if (!days.data) return <Skeleton lines={6} label={t`The last days are being counted`} />;
  const found = new Map(days.data.map((one) => [one.day, one.figures]));
  const rows = Array.from({ length: DAYS_SHOWN }, (_, index) => {
    const day = dayBefore(today, DAYS_SHOWN - 1 - index);
    return dayRowFrom(day, found.get(day) ?? []);
  });
  return (
    <section aria-label={t`The last 28 days`} className={styles['days']}>
      <h2 className={styles['subtitle']}>
        <Trans>The last 28 days</Trans>
      </h2>
      <div className={styles['beside']}>
        <DaysChart rows={rows} />
        <DaysTable rows={rows} />
      </div>
    </section>
  );
}
