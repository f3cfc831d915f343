import { useLingui } from '@lingui/react/macro';
import { ExternalLink } from 'lucide-react';
import { useState } from 'react';
import type { CustomField } from '../../../../preload/contract/clean-book.ts';
import type { Customer } from '../../../../preload/contract/customers.ts';
import { Select } from '../../../components/choice-field.tsx';
import { EditInPlace } from '../../../components/edit-in-place.tsx';
import { Notice } from '../../../components/notice.tsx';
import { useFormats } from '../../../language/use-formats.ts';
import { SensitiveHint } from '../rights/sensitive-hint.tsx';
import { customValueFrom, opensOutside, shownCustomValue } from './custom-value.ts';
import styles from './master-data.module.css';
import type { RecordEdit } from './use-record-edit.ts';

interface CustomFactProps {
  customer: Customer;
  edit: RecordEdit;
  field: CustomField;
}

/** A field of the organisation's own. */
export function CustomFact({ customer, edit, field }: CustomFactProps) {
  const { t } = useLingui();
  const formats = useFormats();
  const [problem, setProblem] = useState<string | null>(null);
  const { key, label, kind } = field;
  const value = customer.custom[key] ?? null;
  const text = value === null ? '' : String(value);
  const decimalPoint = formats.number(1.5, 1).charAt(1);
  const save = (next: string | number | null) =>
    edit.save({ custom: { [key]: next } }, { name: label, changes: { custom: { [key]: value } } });
  if (kind === 'choice') {
    const choices = [...new Set([...field.choices, ...(text === '' ? [] : [text])])];
    return (
      <>
        <Select
          label={label}
          choices={[
            { id: '', text: t({ message: '(nothing)', comment: 'An empty field: (nichts)' }) },
            ...choices.map((choice) => ({ id: choice, text: choice })),
          ]}
          value={text}
          onChange={(choice) => void save(choice || null).then(setProblem)}
        />
        {problem === null ? null : <Notice tone="problem">{problem}</Notice>}
      </>
    );
  }
  const shown = shownCustomValue(field, value, formats);
  return (
    <div className={styles['beside']}>
      <EditInPlace
        label={label}
        value={kind === 'number' ? text.replace('.', decimalPoint) : text}
        shown={shown}
        emptyText={t({ message: 'add', comment: 'Stands where a field is empty: ergänzen' })}
        buttonLabel={text === '' ? t`${label}: add` : t`${label}: ${shown}, edit`}
        type={kind === 'date' ? 'date' : 'text'}
        {...(kind === 'number' ? { inputMode: 'decimal' as const } : {})}
        maxLength={2_000}
        {...(kind === 'text' ? { Hint: SensitiveHint } : {})}
        onSave={async (entered) => {
          const read = customValueFrom(kind, entered, decimalPoint);
          if (read === undefined) return t`Enter a number, for example 1250.5.`;
          return save(read);
        }}
      />
      {kind === 'link' && opensOutside(text, window.anklang !== undefined) ? (
        <a href={text} target="_blank" rel="noreferrer" aria-label={t`Open ${label}`}>
          <ExternalLink size={15} aria-hidden="true" />
        </a>
      ) : null}
    </div>
  );
}
