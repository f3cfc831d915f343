import { Trans, useLingui } from '@lingui/react/macro';
import { useState, useSyncExternalStore } from 'react';
import type { Settings } from '../../../preload/contract/settings.ts';
import { TextField } from '../../components/text-field.tsx';
import { useDesk } from '../../desk-state/desk-context.ts';
import { acceleratorFrom, acceleratorProblem } from './accelerator.ts';
import styles from './section.module.css';

type Keys = Settings['globalKeys'];
const ACTIONS = ['answer', 'hangUp', 'mute', 'dialClipboard'] as const;

interface GlobalKeysProps {
  stored: Keys;
  onChange: (keys: Keys) => void;
}

/** Keys that work while another program has the keyboard; each is stored when its field is left. */
export function GlobalKeys({ stored, onChange }: GlobalKeysProps) {
  const { t } = useLingui();
  const { shellKeys } = useDesk();
  const inUse = useSyncExternalStore(shellKeys.subscribe, shellKeys.inUse);
  const [typed, setTyped] = useState({
    answer: stored.answer ?? '',
    hangUp: stored.hangUp ?? '',
    mute: stored.mute ?? '',
    dialClipboard: stored.dialClipboard ?? '',
  });
  const labels = {
    answer: t({ message: 'Answer', comment: 'Button: take the call' }),
    hangUp: t({ message: 'Hang up', comment: 'Button: end the call' }),
    mute: t({ message: 'Mute', comment: 'Button: microphone off, Stumm' }),
    dialClipboard: t`Number from the clipboard into the field`,
  };
  const errorOf = (action: (typeof ACTIONS)[number]) => {
    const text = typed[action].trim();
    if (text === '') return null;
    if (acceleratorProblem(text)) {
      return t`Name a combination such as Ctrl+Alt+A, or a function key such as F9.`;
    }
    const twice = ACTIONS.some(
      (other) =>
        other !== action && acceleratorFrom(typed[other]) === acceleratorFrom(typed[action]),
    );
    return twice ? t`This combination is used twice.` : null;
  };
  /** Another program has the combination; what was typed is kept, it may go away. */
  const isTaken = (action: (typeof ACTIONS)[number]) =>
    acceleratorFrom(typed[action]) === stored[action] && inUse?.[action] === 'taken';
  const store = (action: (typeof ACTIONS)[number]) => {
    if (errorOf(action) !== null) return;
    const next = { ...stored, [action]: acceleratorFrom(typed[action]) };
    if (next[action] !== stored[action]) onChange(next);
  };
  return (
    <fieldset className={styles['servers']}>
      <legend>
        <Trans>Keys that work in every program</Trans>
      </legend>
      <p className={styles['soft']}>
        <Trans>For example Ctrl+Alt+A. Empty means none.</Trans>
      </p>
      <div className={styles['pair']}>
        {ACTIONS.map((action) => (
          <TextField
            key={action}
            label={labels[action]}
            value={typed[action]}
            onChange={(text) => setTyped({ ...typed, [action]: text })}
            onBlur={() => store(action)}
            error={
              errorOf(action) ??
              (isTaken(action)
                ? t`Another program has this combination. Choose another one.`
                : null)
            }
            maxLength={50}
            spellCheck={false}
            autoComplete="off"
          />
        ))}
      </div>
    </fieldset>
  );
}
