import { Trans, useLingui } from '@lingui/react/macro';
import { Notice } from '../../../components/notice.tsx';
import { useFormats } from '../../../language/use-formats.ts';
import { qualityInWords } from '../../../language/words/calls.ts';
import type { CallSnapshot } from '../../../phone/phone.ts';
import styles from './call-quality.module.css';

/** How the call sounds just now, in words and numbers. */
export function CallQuality({ call }: { call: CallSnapshot }) {
  const { t, i18n } = useLingui();
  const formats = useFormats();
  const { quality, oneWay } = call;
  const talking = call.phase === 'confirmed';
  if (!talking) return null;
  const numbers: [string, string][] = [];
  if (quality !== null && quality.mos !== null) {
    numbers.push([
      t({ message: 'MOS', comment: 'Mean opinion score' }),
      formats.number(quality.mos, 1),
    ]);
  }
  if (quality !== null && quality.lossPercent !== null) {
    const loss = formats.number(quality.lossPercent, 1);
    numbers.push([t({ message: 'Loss', comment: 'Lost packets of a call' }), `${loss} %`]);
  }
  if (quality !== null && quality.jitterMs !== null) {
    numbers.push([t`Jitter`, `${formats.number(quality.jitterMs)} ms`]);
  }
  if (quality !== null && quality.rttMs !== null) {
    numbers.push([
      t({ message: 'Round trip', comment: 'Time there and back, Umlaufzeit' }),
      `${formats.number(quality.rttMs)} ms`,
    ]);
  }
  return (
    <section
      className={styles['quality']}
      aria-label={t({ message: 'Quality', comment: 'Region: how the call sounds' })}
    >
      {oneWay === 'in' ? (
        <Notice tone="problem">
          <Trans>
            Nothing is heard of the other side. Ask whether you can be heard, or call again.
          </Trans>
        </Notice>
      ) : oneWay === 'out' ? (
        <Notice tone="problem">
          <Trans>The other side cannot hear you. Check the microphone, or call again.</Trans>
        </Notice>
      ) : null}
      <dl className={styles['numbers']}>
        <div>
          <dt className={styles['spoken']}>
            <Trans>Sound</Trans>
          </dt>
          <dd className={styles['words']}>
            {quality === null || quality.mos === null ? (
              <Trans>Measuring …</Trans>
            ) : (
              qualityInWords(i18n, quality.mos)
            )}
          </dd>
        </div>
        {numbers.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
