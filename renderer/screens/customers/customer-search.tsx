import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useRef, type KeyboardEvent } from 'react';
import type { SearchHint } from '../../../preload/contract/customer-search.ts';
import { EMOTION_IDS } from '../../../preload/contract/vocabulary.ts';
import { Button } from '../../components/button.tsx';
import { TextField } from '../../components/text-field.tsx';
import { emotionInWords } from '../../language/words/feelings.ts';
import { operatorWords, searchHintInWords } from '../../language/words/search.ts';
import styles from './customer-search.module.css';
import { operatorAtEnd, withOperator, withValue } from './search-suggestions.ts';

interface CustomerSearchProps {
  query: string;
  onChange: (query: string) => void;
  hints: readonly SearchHint[];
  /** How much of the book is searched as yet, in per cent; null for all. */
  indexed: number | null;
  /** The list of finds is to have the keyboard. */
  onDown: () => void;
}

/** The search field, what it can be narrowed by, and what it did not understand. */
export function CustomerSearch({ query, onChange, hints, indexed, onDown }: CustomerSearchProps) {
  const { t, i18n } = useLingui();
  const field = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  const words = operatorWords(i18n);
  const typed = operatorAtEnd(query);
  const feels = typed !== null && [words.feeling.toLowerCase(), 'feeling'].includes(typed.operator);
  const put = (text: string) => {
    onChange(text);
    field.current?.focus();
  };
  const keyDown = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown') return;
    event.preventDefault();
    onDown();
  };
  const ways = feels
    ? EMOTION_IDS.map((emotion) => emotionInWords(i18n, emotion))
        .filter((word) => word.toLowerCase().startsWith(typed.value.toLowerCase()))
        .map((word) => ({ name: word, text: withValue(query, word.toLowerCase()) }))
    : [
        {
          name: t({ message: 'Tag', comment: 'Narrows a search: Schlagwort' }),
          text: withOperator(query, `${words.tag}:`),
        },
        {
          name: t({ message: 'Place', comment: 'Town of a customer: Ort' }),
          text: withOperator(query, `${words.city}:`),
        },
        { name: t`Open promise`, text: withOperator(query, `${words.promise}:${words.open}`) },
        {
          name: t`Overdue promise`,
          text: withOperator(query, `${words.promise}:${words.overdue}`),
        },
        { name: t`Last feeling`, text: withOperator(query, `${words.feeling}:`) },
      ];
  return (
    <search className={styles['search']}>
      <TextField
        label={t`Search customers`}
        hideLabel
        placeholder={t`Name, company, place, number, e-mail, tag or note`}
        value={query}
        onChange={onChange}
        onKeyDown={keyDown}
        spellCheck={false}
        autoComplete="off"
        maxLength={200}
        inputRef={field}
      />
      <div className={styles['ways']} role="group" aria-label={t`Narrow the search`}>
        {ways.map(({ name, text }) => (
          <Button key={name} size="small" variant="quiet" onPress={() => put(text)}>
            {name}
          </Button>
        ))}
      </div>
      <p className={styles['hints']} role="status">
        {hints.map((hint) => (
          <span key={`${hint.code} ${hint.operator} ${hint.value}`}>
            {searchHintInWords(i18n, hint)}{' '}
          </span>
        ))}
        {indexed === null ? null : (
          <Trans>The search knows {indexed} % of the book so far; the rest is being read.</Trans>
        )}
      </p>
    </search>
  );
}

/** "12 customers", "2,000 or more". */
export function CustomerTotal({ total, narrowed }: { total: number; narrowed: boolean }) {
  if (narrowed && total >= MOST_COUNTED) return <Trans>2,000 customers or more</Trans>;
  return <Plural value={total} one="# customer" other="# customers" />;
}
const MOST_COUNTED = 2_000;
