import { Trans, useLingui } from '@lingui/react/macro';
import { useId, useState } from 'react';
import type { FeelingSummary } from '../../../preload/contract/customers.ts';
import { EMOTIONS } from '../../../preload/contract/vocabulary.ts';
import { FeelingCourse } from '../../components/feeling-course.tsx';
import { useFormats } from '../../language/use-formats.ts';
import { emotionInWords, trendInWords } from '../../language/words/feelings.ts';
import styles from './customer-feelings.module.css';
import { useDeskStore } from './desk-store.ts';
import { Felt } from './felt.tsx';

/** The feeling of the last contact, its peak and trend, in words. */
export function FeelingFacts({ feelings }: { feelings: FeelingSummary }) {
  const { t, i18n } = useLingui();
  const formats = useFormats();
  const { last, peak, trend } = feelings;
  if (last === null) {
    return (
      <p className={styles['none']}>
        <Trans>No feeling noted yet</Trans>
      </p>
    );
  }
  return (
    <div className={styles['facts']}>
      <p className={styles['last']}>
        <Felt shape="text" feeling={last.feeling} />
        <span className={styles['when']}>{formats.relative(last.at)}</span>
      </p>
      {peak === null ? null : (
        <p className={styles['more']}>
          {t`Peak: ${emotionInWords(i18n, peak.feeling.emotion)}, ${formats.day(peak.at)}`}
        </p>
      )}
      {trend === null ? null : (
        <p className={styles['more']}>{t`90 days: ${trendInWords(i18n, trend)}`}</p>
      )}
    </div>
  );
}

/** The score and what it is made of. */
export function FeelingScore({ feelings }: { feelings: FeelingSummary }) {
  const { t, i18n } = useLingui();
  const formats = useFormats();
  const id = useId();
  const [open, setOpen] = useState(false);
  const seekContact = useDeskStore((state) => state.seekContact);
  const { score, contributions, effectiveN } = feelings;
  if (feelings.last === null) return null;
  if (score === null) {
    return (
      <p className={styles['more']}>
        <Trans>Too little known for a score</Trans>
      </p>
    );
  }
  const signed = (value: number) =>
    `${value > 0 ? '+' : value < 0 ? '−' : ''}${formats.number(Math.abs(value), 2)}`;
  return (
    <div className={styles['score']}>
      <button
        type="button"
        className={styles['scoreButton']}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        <Trans>
          Score {signed(score)} · n {formats.number(effectiveN, 1)}
        </Trans>
      </button>
      <div id={id} hidden={!open} className={styles['explained']}>
        <p className={styles['more']}>
          <Trans>
            From −1 to +1. Each contact counts half as much after 90 days; n is how many contacts
            carry it. The largest parts:
          </Trans>
        </p>
        <ul>
          {contributions.map((part) => (
            <li key={part.contactId}>
              <button
                type="button"
                className={styles['part']}
                onClick={() => seekContact(part.contactId)}
              >
                {t`${signed(part.term)} ${emotionInWords(i18n, part.emotion)}, ${formats.day(part.at)}`}
              </button>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

/** The course of the feelings as a curve, with the same in words. */
export function Course({ feelings }: { feelings: FeelingSummary }) {
  const { t, i18n } = useLingui();
  const formats = useFormats();
  const { course } = feelings;
  const titled = course.map(
    (point) => `${formats.day(point.at)}: ${emotionInWords(i18n, point.emotion)}`,
  );
  return (
    <FeelingCourse
      description={t`Course of the feelings: ${titled.join('; ')}`}
      points={course.map((point, index) => ({
        id: point.contactId,
        value: point.value,
        tone: EMOTIONS[point.emotion].tone,
        title: titled[index] ?? '',
        date: formats.day(point.at),
      }))}
    />
  );
}
