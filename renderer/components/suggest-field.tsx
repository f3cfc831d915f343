import { useId, useState } from 'react';
import { TextField } from './text-field.tsx';
import styles from './suggest-field.module.css';

export interface Suggestion {
  id: string;
  text: string;
  detail?: string | undefined;
}

interface SuggestFieldProps {
  label: string;
  hideLabel?: boolean;
  value: string;
  onChange: (text: string) => void;
  suggestions: readonly Suggestion[];
  onChoose: (id: string) => void;
  /** Enter with a text that is none of the suggestions. */
  onEnter: (text: string) => void;
  onCancel?: () => void;
  autoFocus?: boolean;
  description?: string;
  /** The description then says what is wrong. */
  isInvalid?: boolean;
}

/** A text with what is known already below it: arrows choose, Enter takes, Escape leaves. */
export function SuggestField(props: SuggestFieldProps) {
  const { label, value, suggestions } = props;
  const list = useId();
  const [active, setActive] = useState(-1);
  const chosen = suggestions[active];
  return (
    <div className={styles['field']}>
      <TextField
        label={label}
        hideLabel={props.hideLabel ?? false}
        value={value}
        onChange={(text) => {
          setActive(-1);
          props.onChange(text);
        }}
        autoComplete="off"
        autoFocus={props.autoFocus ?? false}
        {...(props.isInvalid === true
          ? { error: props.description ?? null }
          : { description: props.description })}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
            event.preventDefault();
            const step = event.key === 'ArrowDown' ? 1 : -1;
            setActive((now) => Math.min(suggestions.length - 1, Math.max(-1, now + step)));
          } else if (event.key === 'Enter') {
            event.preventDefault();
            if (chosen) props.onChoose(chosen.id);
            else if (value.trim() !== '') props.onEnter(value.trim());
            setActive(-1);
          } else if (event.key === 'Escape' && props.onCancel) {
            event.preventDefault();
            event.stopPropagation();
            props.onCancel();
          }
        }}
      />
      {suggestions.length === 0 ? null : (
        <ul id={list} className={styles['list']} aria-label={label}>
          {suggestions.map((suggestion, index) => (
            <li key={suggestion.id}>
              <button
                type="button"
                className={styles['suggestion']}
                data-active={index === active}
                onClick={() => props.onChoose(suggestion.id)}
              >
                {suggestion.text}
                {suggestion.detail === undefined ? null : (
                  <span className={styles['detail']}>{suggestion.detail}</span>
                )}
              </button>
            </li>
          ))}
        </ul>
      )}
      <span role="status" className={styles['spoken']}>
        {chosen?.text ?? ''}
      </span>
    </div>
  );
}
