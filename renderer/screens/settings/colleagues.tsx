import { Trans, useLingui } from '@lingui/react/macro';
import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import type { Settings } from '../../../preload/contract/settings.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { TextField } from '../../components/text-field.tsx';
import styles from './colleagues.module.css';

type Colleague = Settings['colleagues'][number];

const MOST = 50;

interface ColleaguesProps {
  colleagues: readonly Colleague[];
  onChange: (colleagues: Colleague[]) => void;
}

/** Whose line states the desk shows. */
export function Colleagues({ colleagues, onChange }: ColleaguesProps) {
  const { t } = useLingui();
  const [name, setName] = useState('');
  const [target, setTarget] = useState('');
  const entered = { name: name.trim(), target: target.trim() };
  const known = colleagues.some((colleague) => colleague.target === entered.target);
  const ready = entered.name !== '' && entered.target !== '' && !known && colleagues.length < MOST;
  const add = () => {
    if (!ready) return;
    onChange([...colleagues, entered]);
    setName('');
    setTarget('');
  };
  return (
    <fieldset className={styles['colleagues']}>
      <legend>
        <Trans>Colleagues</Trans>
      </legend>
      <p className={styles['soft']}>
        <Trans>
          The desk shows whether their lines are free, and calls can be transferred to them with a
          click. Your telephone system has to allow it.
        </Trans>
      </p>
      {colleagues.length === 0 ? null : (
        <ul className={styles['list']} aria-label={t`Colleagues on the desk`}>
          {colleagues.map((colleague) => (
            <li key={colleague.target} className={styles['row']}>
              <span className={styles['name']}>{colleague.name}</span>
              <span className={styles['soft']}>{colleague.target}</span>
              <IconButton
                size="small"
                label={t`Remove ${colleague.name}`}
                icon={<X aria-hidden="true" />}
                onPress={() =>
                  onChange(colleagues.filter((other) => other.target !== colleague.target))
                }
              />
            </li>
          ))}
        </ul>
      )}
      <div className={styles['add']}>
        <TextField
          label={t({ message: 'Name', comment: 'Of a colleague' })}
          value={name}
          onChange={setName}
          maxLength={200}
        />
        <TextField
          label={t`Number or SIP address`}
          value={target}
          onChange={setTarget}
          maxLength={200}
          spellCheck={false}
          error={known && target !== '' ? t`This one is in the list already.` : null}
          onKeyDown={(event) => {
            if (event.key === 'Enter') add();
          }}
        />
        <Button icon={<Plus aria-hidden="true" />} isDisabled={!ready} onPress={add}>
          {t({ message: 'Add', comment: 'Button: adds a colleague' })}
        </Button>
      </div>
    </fieldset>
  );
}
