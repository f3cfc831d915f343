import { ChevronDown } from 'lucide-react';
import {
  Button,
  ComboBox as AriaComboBox,
  FieldError,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Select as AriaSelect,
  SelectValue,
  Text,
} from 'react-aria-components';
import styles from './field.module.css';

export interface Choice {
  id: string;
  text: string;
  detail?: string;
}

interface ChoiceFieldProps {
  label: string;
  choices: readonly Choice[];
  value: string | null;
  onChange: (id: string | null) => void;
  description?: string | undefined;
  error?: string | null | undefined;
  placeholder?: string;
  isDisabled?: boolean;
}

function ChoiceItem({ choice }: { choice: Choice }) {
  return (
    <ListBoxItem id={choice.id} textValue={choice.text} className={styles['option'] ?? ''}>
      <Text slot="label">{choice.text}</Text>
      {choice.detail === undefined ? null : (
        <Text slot="description" className={styles['detail'] ?? ''}>
          {choice.detail}
        </Text>
      )}
    </ListBoxItem>
  );
}

/** One of a few choices, opened by a button. */
export function Select(props: ChoiceFieldProps) {
  return (
    <AriaSelect
      className={styles['field'] ?? ''}
      value={props.value}
      onChange={(key) => props.onChange(key === null ? null : String(key))}
      isDisabled={props.isDisabled ?? false}
      isInvalid={props.error != null}
      placeholder={props.placeholder ?? ''}
    >
      <Label className={styles['label'] ?? ''}>{props.label}</Label>
      <Button className={styles['trigger'] ?? ''}>
        <SelectValue className={styles['value'] ?? ''} />
        <ChevronDown aria-hidden="true" />
      </Button>
      {props.description === undefined ? null : (
        <Text slot="description" className={styles['description'] ?? ''}>
          {props.description}
        </Text>
      )}
      <FieldError className={styles['error'] ?? ''}>{props.error}</FieldError>
      <Popover className={styles['popover'] ?? ''} offset={4}>
        <ListBox className={styles['list'] ?? ''} items={props.choices}>
          {(choice: Choice) => <ChoiceItem choice={choice} />}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}

/** One of many choices, narrowed by typing. */
export function ComboBox(props: ChoiceFieldProps) {
  return (
    <AriaComboBox
      className={styles['field'] ?? ''}
      defaultItems={props.choices}
      value={props.value}
      onChange={(key) => props.onChange(key === null ? null : String(key))}
      isDisabled={props.isDisabled ?? false}
      isInvalid={props.error != null}
      menuTrigger="focus"
    >
      <Label className={styles['label'] ?? ''}>{props.label}</Label>
      <div className={styles['row']}>
        <Input className={styles['input'] ?? ''} placeholder={props.placeholder ?? ''} />
        <Button className={styles['button'] ?? ''}>
          <ChevronDown aria-hidden="true" />
        </Button>
      </div>
      {props.description === undefined ? null : (
        <Text slot="description" className={styles['description'] ?? ''}>
          {props.description}
        </Text>
      )}
      <FieldError className={styles['error'] ?? ''}>{props.error}</FieldError>
      <Popover className={styles['popover'] ?? ''} offset={4}>
        <ListBox<Choice> className={styles['list'] ?? ''}>
          {(choice: Choice) => <ChoiceItem choice={choice} />}
        </ListBox>
      </Popover>
    </AriaComboBox>
  );
}
