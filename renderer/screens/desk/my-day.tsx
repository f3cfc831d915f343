import { Trans, useLingui } from '@lingui/react/macro';
import type { KpiId } from '../../../preload/contract/kpi-catalogue.ts';
import { Button } from '../../components/button.tsx';
import { FigureTile } from '../../components/figure-tile.tsx';
import { Notice } from '../../components/notice.tsx';
import { Panel } from '../../components/panel.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { coreProblemOf } from '../../core-client/core-error.ts';
import { useMyDay } from '../../core-client/queries.ts';
import { useFormats } from '../../language/use-formats.ts';
import { figureInWords } from '../../language/words/figures.ts';
import { coreProblemInWords } from '../../language/words/problems.ts';
import styles from './my-day.module.css';

const SHOWN: readonly KpiId[] = [
  'handled',
  'callsPerHour',
  'closeRate',
  'talkTime',
  'handlingTime',
  'averageHandlingTime',
  'dealsWon',
  'dealsLost',
  'revenue',
];

/** Own figures of today, each with what it rests on. */
export function MyDay() {
  const { t, i18n } = useLingui();
  const formats = useFormats();
  const day = useMyDay();
  return (
    <Panel name={t`My day`} action={<span className={styles['hint']}>{t`formula on hover`}</span>}>
      {day.data === undefined ? (
        day.error === null ? (
          <Skeleton label={t`The figures are on their way`} lines={2} />
        ) : (
          <Notice
            tone="caution"
            action={
              <Button size="small" onPress={() => void day.refetch()}>
                <Trans>Try again</Trans>
              </Button>
            }
          >
            {coreProblemInWords(i18n, coreProblemOf(day.error))}
          </Notice>
        )
      ) : (
        <div className={styles['figures']}>
          {SHOWN.map((kpi) => {
            const figure = day.data.figures.find((known) => known.kpi === kpi);
            if (figure === undefined) return null;
            const words = figureInWords(i18n, formats, figure);
            return (
              <FigureTile
                key={kpi}
                name={words.name}
                formula={words.formula}
                value={words.value}
                detail={words.basis}
                bar={
                  figure.interval === null || figure.value === null
                    ? null
                    : { value: figure.value, ...figure.interval }
                }
              />
            );
          })}
        </div>
      )}
    </Panel>
  );
}
