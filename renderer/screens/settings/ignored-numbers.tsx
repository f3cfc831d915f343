import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { Button, IconButton } from '../../components/button.tsx';
import { Select } from '../../components/choice-field.tsx';
import { Notice } from '../../components/notice.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useCore } from '../../core-client/queries.ts';
import { useFormats, useShownNumber } from '../../language/use-formats.ts';
import { useAct } from '../desk/use-act.ts';
import styles from './colleagues.module.css';

/** Numbers that do not ring, or hear busy. */
export function IgnoredNumbers() {
  const { t } = useLingui();
  const formats = useFormats();
  const shownNumber = useShownNumber();
  const core = useCore();
  const queries = useQueryClient();
  const { act, busy, problem } = useAct();
  const { data } = useQuery({ queryKey: ['ignored'], queryFn: () => core.work.ignored() });
  const [number, setNumber] = useState('');
  const [action, setAction] = useState<'quiet' | 'reject'>('quiet');
  const words = {
    quiet: t({ message: 'Show, do not ring', comment: 'What an ignored number may still do' }),
    reject: t({ message: 'Hears busy', comment: 'What an ignored number may still do' }),
  };
  const after = async (work: Promise<unknown>) => {
    await work;
    await queries.invalidateQueries({ queryKey: ['ignored'] });
  };
  const ready = number.trim() !== '';
  const add = () => {
    if (!ready) return;
    act(async () => {
      await after(core.work.ignore({ number: number.trim(), action }));
      setNumber('');
    });
  };
  return (
    <fieldset className={styles['colleagues']}>
      <legend>
        <Trans>Ignored numbers</Trans>
      </legend>
      <p className={styles['soft']}>
        <Trans>
          Their calls are no work: nobody has to call back. Emergency numbers always ring.
        </Trans>
      </p>
      {problem === null ? null : <Notice tone="problem">{problem}</Notice>}
      {data === undefined || data.length === 0 ? null : (
        <ul className={styles['list']} aria-label={t`Ignored numbers`}>
          {data.map((row) => (
            <li key={row.number} className={styles['row']}>
              <span className={styles['name']}>{shownNumber(row.e164 ?? row.number)}</span>
              <span className={styles['soft']}>
                {[words[row.action], formats.date(row.at), row.agentName]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
              <IconButton
                size="small"
                label={t`No longer ignore ${row.number}`}
                icon={<X aria-hidden="true" />}
                onPress={() => act(() => after(core.work.unignore({ number: row.number })))}
              />
            </li>
          ))}
        </ul>
      )}
      <div className={styles['add']}>
        <TextField
          label={t`Number to ignore`}
          value={number}
          onChange={setNumber}
          inputMode="tel"
          maxLength={100}
          autoComplete="off"
          onKeyDown={(event) => {
            if (event.key === 'Enter') add();
          }}
        />
        <Select
          label={t({ message: 'Its calls', comment: 'What calls of an ignored number do' })}
          value={action}
          onChange={(id) => setAction(id === 'reject' ? 'reject' : 'quiet')}
          choices={[
            { id: 'quiet', text: words.quiet },
            { id: 'reject', text: words.reject },
          ]}
        />
        <Button icon={<Plus aria-hidden="true" />} isDisabled={!ready || busy} onPress={add}>
          {t({ message: 'Ignore', comment: 'Button: ignores a number' })}
        </Button>
      </div>
    </fieldset>
  );
}
