import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Notice } from '../../components/notice.tsx';
import { TextField } from '../../components/text-field.tsx';
import { Switch } from '../../components/toggle.tsx';
import { coreProblemInWords } from '../../language/words/problems.ts';
import { useChangeSettings } from './use-change-settings.ts';

const MOST_DAYS = 3_650;

/** Whether calls may be recorded at all, and for how long recordings are kept. */
export function RecordingSection() {
  const { t, i18n } = useLingui();
  const { settings, change, problem } = useChangeSettings();
  return (
    <>
      {problem === null ? null : (
        <Notice tone="problem">{coreProblemInWords(i18n, problem)}</Notice>
      )}
      <Switch
        isSelected={settings.recordingAllowed}
        onChange={(recordingAllowed) => change({ recordingAllowed })}
        description={t`The organisation decides this. Each recording still needs the consent of both sides in that call.`}
      >
        <Trans>Calls may be recorded</Trans>
      </Switch>
      {settings.recordingAllowed ? (
        <Notice tone="caution">
          <Trans>
            Recording a call without the consent of everyone in it is a criminal offence in Germany
            (§ 201 StGB) and in many other countries.
          </Trans>
        </Notice>
      ) : null}
      <Days
        key={settings.recordingDays}
        stored={settings.recordingDays}
        onChange={(recordingDays) => change({ recordingDays })}
      />
      <p>
        {t`They lie encrypted in the data folder. Each can be heard and erased in the customer’s timeline.`}
      </p>
    </>
  );
}

/** Stored when the field is left; what is no number of days is said and not stored. */
function Days({ stored, onChange }: { stored: number; onChange: (days: number) => void }) {
  const { t } = useLingui();
  const [typed, setTyped] = useState(String(stored));
  const days = /^\d+$/u.test(typed.trim()) ? Number(typed) : Number.NaN;
  const fits = days >= 1 && days <= MOST_DAYS;
  return (
    <TextField
      label={t`Recordings are deleted after`}
      suffix={t({ message: 'days', comment: 'Behind a number' })}
      inputMode="decimal"
      value={typed}
      onChange={setTyped}
      error={fits ? null : t`Enter whole days, from 1 to 3650.`}
      onBlur={() => {
        if (fits && days !== stored) onChange(days);
      }}
    />
  );
}
