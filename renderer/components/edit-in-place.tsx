import { type ComponentType, type ReactNode, useRef, useState } from 'react';
import { TextField } from './text-field.tsx';
import styles from './edit-in-place.module.css';

interface EditInPlaceProps {
  label: string;
  /** What is edited; several lines with `rows`. */
  value: string;
  /** How the value is shown, when not as it is edited. */
  shown?: string;
  /** Stands where there is no value. */
  emptyText: string;
  /** What the button is called: the field, its value, and that it can be edited. */
  buttonLabel: string;
  /** Stores the text; answers why it was not, in words, or null. */
  onSave: (text: string) => Promise<string | null>;
  rows?: number;
  type?: 'text' | 'date' | 'url';
  inputMode?: 'text' | 'decimal' | 'tel';
  maxLength?: number;
  description?: string;
  /** Said below the field about what is being typed. */
  Hint?: ComponentType<{ text: string }>;
}

/**
 * A value that becomes a field on click or Enter. Enter (with several lines Ctrl+Enter) and leaving the
 * field store it at once, Escape leaves it as it was.
 */
export function EditInPlace(props: EditInPlaceProps) {
  const { label, value } = props;
  const [text, setText] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const busy = useRef(false);

  const close = (toButton: boolean) => {
    setText(null);
    setProblem(null);
    if (toButton) requestAnimationFrame(() => button.current?.focus());
  };
  const save = async (toButton: boolean) => {
    if (text === null || busy.current) return;
    if (text === value) {
      close(toButton);
      return;
    }
    busy.current = true;
    const refused = await props.onSave(text);
    busy.current = false;
    if (refused === null) close(toButton);
    else setProblem(refused);
  };

  if (text === null) {
    return (
      <button
        ref={button}
        type="button"
        className={styles['value']}
        aria-label={props.buttonLabel}
        onClick={() => setText(value)}
      >
        {value === '' ? <span className={styles['empty']}>{props.emptyText}</span> : lines(props)}
      </button>
    );
  }
  const field = (
    <TextField
      label={label}
      hideLabel
      autoFocus
      value={text}
      onChange={setText}
      error={problem}
      spellCheck={false}
      autoComplete="off"
      type={props.type ?? 'text'}
      {...(props.rows === undefined ? {} : { rows: props.rows })}
      {...(props.inputMode === undefined ? {} : { inputMode: props.inputMode })}
      {...(props.maxLength === undefined ? {} : { maxLength: props.maxLength })}
      {...(props.description === undefined ? {} : { description: props.description })}
      onBlur={() => void save(false)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') {
          event.preventDefault();
          event.stopPropagation();
          close(true);
        } else if (event.key === 'Enter' && (props.rows === undefined || event.ctrlKey)) {
          event.preventDefault();
          void save(true);
        }
      }}
    />
  );
  const { Hint } = props;
  return Hint ? (
    <div>
      {field}
      <Hint text={text} />
    </div>
  ) : (
    field
  );
}

function lines({ value, shown = value }: Pick<EditInPlaceProps, 'value' | 'shown'>): ReactNode {
  return shown.split('\n').map((line) => (
    <span key={line} className={styles['line']}>
      {line}
    </span>
  ));
}
