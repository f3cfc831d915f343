import { type KeyboardEvent, type ReactNode, type Ref } from 'react';
import {
  FieldError,
  Input,
  Label,
  Text,
  TextArea,
  TextField as AriaTextField,
} from 'react-aria-components';
import { classNames } from './class-names.ts';
import styles from './field.module.css';

interface TextFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** Said below the field; also for what was understood of the input. */
  description?: ReactNode;
  /** What is wrong and what would be right, in one sentence. */
  error?: string | null | undefined;
  hideLabel?: boolean;
  placeholder?: string;
  type?: 'text' | 'password' | 'email' | 'url' | 'search' | 'date';
  rows?: number;
  suffix?: ReactNode;
  isDisabled?: boolean;
  isRequired?: boolean;
  autoComplete?: string;
  inputMode?: 'text' | 'decimal' | 'tel' | 'url';
  maxLength?: number;
  spellCheck?: boolean;
  autoFocus?: boolean;
  onBlur?: () => void;
  onKeyDown?: (event: KeyboardEvent) => void;
  inputRef?: Ref<HTMLInputElement & HTMLTextAreaElement>;
}

/** One line of text, or several with `rows`. */
export function TextField(props: TextFieldProps) {
  const invalid = props.error != null && props.error !== '';
  const shared = {
    className: classNames(styles['input'], props.rows !== undefined && styles['area']),
    ...(props.placeholder === undefined ? {} : { placeholder: props.placeholder }),
    ...(props.inputRef ? { ref: props.inputRef } : {}),
  };
  return (
    <AriaTextField
      className={styles['field'] ?? ''}
      value={props.value}
      onChange={props.onChange}
      isInvalid={invalid}
      isDisabled={props.isDisabled ?? false}
      isRequired={props.isRequired ?? false}
      validationBehavior="aria"
      type={props.type ?? 'text'}
      {...(props.autoComplete === undefined ? {} : { autoComplete: props.autoComplete })}
      {...(props.inputMode === undefined ? {} : { inputMode: props.inputMode })}
      {...(props.maxLength === undefined ? {} : { maxLength: props.maxLength })}
      {...(props.spellCheck === undefined
        ? {}
        : { spellCheck: props.spellCheck ? 'true' : 'false' })}
      autoFocus={props.autoFocus ?? false}
      {...(props.onBlur ? { onBlur: props.onBlur } : {})}
      {...(props.onKeyDown ? { onKeyDown: props.onKeyDown } : {})}
      {...(props.hideLabel === true ? { 'aria-label': props.label } : {})}
    >
      {props.hideLabel === true ? null : (
        <Label className={styles['label'] ?? ''}>{props.label}</Label>
      )}
      <div className={styles['row']}>
        {props.rows === undefined ? (
          <Input {...shared} />
        ) : (
          <TextArea rows={props.rows} {...shared} />
        )}
        {props.suffix == null ? null : <span className={styles['suffix']}>{props.suffix}</span>}
      </div>
      {props.description == null || invalid ? null : (
        <Text slot="description" className={styles['description'] ?? ''}>
          {props.description}
        </Text>
      )}
      <FieldError className={styles['error'] ?? ''}>{props.error}</FieldError>
    </AriaTextField>
  );
}
