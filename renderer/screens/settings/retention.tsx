import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Fragment, useState } from 'react';
import type { RetentionMonths } from '../../../preload/contract/rights.ts';
import { RETENTION_CLASSES, type RetentionClass } from '../../../preload/contract/vocabulary.ts';
import { Button } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';
import { TextField } from '../../components/text-field.tsx';
import { Switch } from '../../components/toggle.tsx';
import { coreProblemOf } from '../../core-client/core-error.ts';
import { useCore } from '../../core-client/queries.ts';
import { useFormats } from '../../language/use-formats.ts';
import { coreProblemInWords } from '../../language/words/problems.ts';
import { retentionClassInWords } from '../../language/words/rights.ts';
import styles from './section.module.css';
import { useChangeSettings } from './use-change-settings.ts';

/** How long each class of personal data stays, and what would go now. */
export function Retention() {
  const { t, i18n } = useLingui();
  const core = useCore();
  const { settings, change, problem } = useChangeSettings();
  const { data } = useQuery({
    queryKey: ['settings', 'retention', settings.retentionOn, settings.retentionMonths],
    queryFn: () => core.rights.retention(),
  });
  const [asked, setAsked] = useState<RetentionMonths | null>(null);
  const months = data?.months ?? settings.retentionMonths;
  return (
    <>
      <h3>{t({ message: 'How long personal data stay', comment: 'Heading' })}</h3>
      <Switch
        isSelected={data?.on ?? settings.retentionOn}
        isDisabled={data?.onOrdered ?? false}
        onChange={(retentionOn) => change({ retentionOn })}
        description={t`Once a day, in small steps. Who it was about is taken out; counts in the figures stay. Look at the preview before.`}
      >
        <Trans>Personal data go when their time is over</Trans>
      </Switch>
      <div className={styles['pair']}>
        {RETENTION_CLASSES.map((kind) => (
          <Months
            key={`${kind} ${months[kind]}`}
            kind={kind}
            stored={months[kind]}
            ordered={data?.ordered.includes(kind) ?? false}
            onChange={(value) =>
              change({ retentionMonths: { ...settings.retentionMonths, [kind]: value } })
            }
          />
        ))}
      </div>
      <div className={styles['buttons']}>
        <Button onPress={() => setAsked(months)}>
          <Trans>Preview what would go</Trans>
        </Button>
      </div>
      {asked === null ? null : <Preview key={JSON.stringify(months)} months={months} />}
      {problem === null ? null : (
        <Notice tone="problem">{coreProblemInWords(i18n, problem)}</Notice>
      )}
    </>
  );
}

interface MonthsProps {
  kind: RetentionClass;
  stored: number | null;
  ordered: boolean;
  onChange: (months: number | null) => void;
}

function Months({ kind, stored, ordered, onChange }: MonthsProps) {
  const { t, i18n } = useLingui();
  const [typed, setTyped] = useState(stored === null ? '' : String(stored));
  const text = typed.trim();
  const value = text === '' ? null : /^\d+$/u.test(text) ? Number(text) : Number.NaN;
  const fits = value === null || (value >= 1 && value <= 1_200);
  return (
    <TextField
      label={retentionClassInWords(i18n, kind)}
      suffix={t({ message: 'months', comment: 'Behind a number' })}
      inputMode="decimal"
      isDisabled={ordered}
      value={typed}
      onChange={setTyped}
      error={fits ? null : t`Enter whole months, or nothing to keep them.`}
      description={
        ordered
          ? t`Set by your organisation.`
          : value === null
            ? t`Kept without an end.`
            : undefined
      }
      onBlur={() => {
        if (fits && value !== stored) onChange(value);
      }}
    />
  );
}

function Preview({ months }: { months: RetentionMonths }) {
  const { t, i18n } = useLingui();
  const core = useCore();
  const formats = useFormats();
  const { data, error } = useQuery({
    queryKey: ['data', 'retentionPreview', months],
    queryFn: () => core.rights.previewRetention({ months }),
    // A large book is counted beside the work: asked again until it is.
    refetchInterval: (query) => (query.state.data?.ready === true ? false : 700),
  });
  if (error)
    return <Notice tone="problem">{coreProblemInWords(i18n, coreProblemOf(error))}</Notice>;
  if (data?.ready !== true)
    return (
      <p role="status" className={styles['soft']}>
        <Trans>Counting …</Trans>
      </p>
    );
  return (
    <dl className={styles['facts']} aria-label={t`What would go now`}>
      {data.classes.map(({ kind, count, oldestAt }) => (
        <Fragment key={kind}>
          <dt>{retentionClassInWords(i18n, kind)}</dt>
          <dd>
            {count === 0
              ? t`nothing would go`
              : t`${plural(count, { one: '# entry would go', other: '# entries would go' })}${oldestAt === null ? '' : `, ${t`the oldest of ${formats.date(oldestAt)}`}`}`}
          </dd>
        </Fragment>
      ))}
    </dl>
  );
}
