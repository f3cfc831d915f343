import { useLingui } from '@lingui/react/macro';
import { Keyboard } from 'lucide-react';
import { useState } from 'react';
import { EMOTION_IDS, EXPECTATIONS, OUTCOMES } from '../../preload/contract/vocabulary.ts';
import { IconButton } from '../components/button.tsx';
import { Dialog } from '../components/dialog.tsx';
import { KeyCap } from '../components/key-cap.tsx';
import { dealChoiceInWords, outcomeInWords } from '../language/words/customers.ts';
import { emotionInWords, expectationInWords } from '../language/words/feelings.ts';
import {
  DEAL_CHOICES,
  DEAL_KEYS,
  EXPECTATION_KEYS,
  OUTCOME_KEYS,
} from '../screens/desk/wrap-up/choice-keys.ts';
import { FEELING_KEYS, UNKNOWN_KEY } from '../screens/desk/wrap-up/feeling-keys.ts';
import styles from './shortcut-sheet.module.css';
import { SHORTCUT_IDS, SHORTCUTS, type Shortcut } from './shortcut-table.ts';
import { useKeys, useShortcut } from './shortcuts.tsx';

interface Row {
  keys: string;
  words: string;
}

function Group({ title, rows }: { title: string; rows: readonly Row[] }) {
  return (
    <section className={styles['group']}>
      <h3 className={styles['title']}>{title}</h3>
      <dl className={styles['rows']}>
        {rows.map((row) => (
          <div key={row.keys + row.words} className={styles['row']}>
            <dt>
              <span className={styles['spoken']}>{row.keys}</span>
              <KeyCap>{row.keys}</KeyCap>
            </dt>
            <dd>{row.words}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** The button for the sheet of all keys, and the sheet; `?` opens it too. Mounted once. */
export function ShortcutSheet() {
  const { t, i18n } = useLingui();
  const keysOf = useKeys();
  const [open, setOpen] = useState(false);
  useShortcut('showSheet', () => setOpen(true));
  const rowsOf = (group: Shortcut['group']) =>
    SHORTCUT_IDS.filter((id) => SHORTCUTS[id].group === group).map((id) => ({
      keys: keysOf(id),
      words: i18n._(SHORTCUTS[id].words),
    }));
  const letters = FEELING_KEYS[i18n.locale === 'de' ? 'de' : 'en'];
  const feelings: Row[] = [
    ...EMOTION_IDS.map((id) => ({ keys: letters[id], words: emotionInWords(i18n, id) })),
    { keys: UNKNOWN_KEY, words: t`Don’t know` },
    { keys: '+ −', words: t`Surprise: pleasant or unpleasant` },
    { keys: '⇧', words: t`With Shift: the peak instead of the end` },
    { keys: '2×', words: t`The same key again: stronger` },
  ];
  const results: Row[] = [
    ...OUTCOMES.map((id) => ({ keys: OUTCOME_KEYS[id], words: outcomeInWords(i18n, id) })),
    ...EXPECTATIONS.map((id) => ({
      keys: EXPECTATION_KEYS[id],
      words: t`Expectation: ${expectationInWords(i18n, id)}`,
    })),
    ...DEAL_CHOICES.map((id) => ({
      keys: DEAL_KEYS[id],
      words: t({
        message: `Deal: ${dealChoiceInWords(i18n, id)}`,
        comment: 'What a key chooses in the wrap-up: Abschluss: gewonnen',
      }),
    })),
  ];
  return (
    <>
      <IconButton
        label={t`Keys`}
        keys={keysOf('showSheet')}
        icon={<Keyboard aria-hidden="true" />}
        onPress={() => setOpen(true)}
      />
      <Dialog title={t`Keys`} isOpen={open} onClose={() => setOpen(false)} shape="wide">
        {/* Nothing in it can be operated, but it has to be scrolled by keyboard. */}
        <div className={styles['sheet']} role="group" aria-label={t`Keys`} tabIndex={0}>
          <div className={styles['column']}>
            <Group title={t({ message: 'Telephone', context: 'keys' })} rows={rowsOf('call')} />
            <Group title={t`Several calls, transfer, recording`} rows={rowsOf('lines')} />
          </div>
          <div className={styles['column']}>
            <Group title={t({ message: 'Desk', context: 'keys' })} rows={rowsOf('desk')} />
            <Group title={t({ message: 'Wrap-up', context: 'keys' })} rows={rowsOf('wrapUp')} />
            <Group title={t`Results, in the wrap-up outside text fields`} rows={results} />
          </div>
          <div className={styles['column']}>
            <Group title={t`Feelings, in the wrap-up outside text fields`} rows={feelings} />
          </div>
        </div>
      </Dialog>
    </>
  );
}
