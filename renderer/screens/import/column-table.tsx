import { Trans, useLingui } from '@lingui/react/macro';
import type {
  ImportMapping,
  ImportPreview,
  ImportTarget,
} from '../../../preload/contract/exchange.ts';
import type { ImportField } from '../../../preload/contract/exchange-words.ts';
import { importFieldInWords, refusedFieldInWords } from '../../language/words/exchange.ts';
import { ownTargetOf, targetsOf } from './column-targets.ts';
import styles from './import-screen.module.css';

interface ColumnTableProps {
  preview: ImportPreview;
  /** What each column becomes: the preview may not know yet what was chosen last. */
  targets: ImportMapping;
  onChange: (column: number, target: ImportTarget | null) => void;
}

/** Each column with its first values, and what it becomes. Native choices: there may be hundreds. */
export function ColumnTable({ preview, targets, onChange }: ColumnTableProps) {
  const { t } = useLingui();
  const { columns, kind } = preview;
  return (
    <div className={styles['scroll']} role="region" aria-label={t`Columns`} tabIndex={0}>
      <table className={styles['table']}>
        <thead>
          <tr>
            <th scope="col">
              <Trans>Column</Trans>
            </th>
            <th scope="col">
              <Trans>First values</Trans>
            </th>
            <th scope="col">
              <Trans>becomes</Trans>
            </th>
          </tr>
        </thead>
        <tbody>
          {columns.map((column, index) => {
            const name = column.name || t`Column ${index + 1}`;
            const target = targets[index] ?? null;
            return (
              // Columns have no other identity than their place.
              // biome-ignore lint/suspicious/noArrayIndexKey: see above
              <tr key={index} className={target === null ? styles['unused'] : undefined}>
                <th scope="row">{name}</th>
                <td className={styles['samples']}>{column.samples.join(' · ')}</td>
                <td>
                  <TargetChoice
                    label={t`${name} becomes`}
                    columnName={column.name}
                    fields={targetsOf(kind)}
                    mayBeOwn={kind === 'customers'}
                    value={target}
                    onChange={(chosen) => onChange(index, chosen)}
                  />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

interface TargetChoiceProps {
  label: string;
  columnName: string;
  fields: readonly ImportField[];
  mayBeOwn: boolean;
  value: ImportTarget | null;
  onChange: (target: ImportTarget | null) => void;
}

function TargetChoice({ label, columnName, fields, mayBeOwn, value, onChange }: TargetChoiceProps) {
  const { t, i18n } = useLingui();
  const own = new Set<ImportTarget>();
  if (value?.startsWith('custom.')) own.add(value);
  const made = mayBeOwn ? ownTargetOf(columnName) : null;
  if (made !== null) own.add(made);
  return (
    <select
      className={styles['select']}
      aria-label={label}
      value={value ?? ''}
      onChange={(event) => {
        const chosen = event.currentTarget.value;
        onChange(chosen === '' ? null : (chosen as ImportTarget));
      }}
    >
      <option value="">{t`– left out –`}</option>
      {fields.map((field) => (
        <option key={field} value={field}>
          {importFieldInWords(i18n, field)}
        </option>
      ))}
      {[...own].map((target) => {
        const key = refusedFieldInWords(i18n, target);
        return (
          <option key={target} value={target}>
            {t`Own field “${key}”`}
          </option>
        );
      })}
    </select>
  );
}
