import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { ArrowDown, ArrowUp, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { CustomField } from '../../../preload/contract/clean-book.ts';
import { CUSTOM_FIELD_KINDS, type CustomFieldKind } from '../../../preload/contract/vocabulary.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { Select } from '../../components/choice-field.tsx';
import { EditInPlace } from '../../components/edit-in-place.tsx';
import { Notice } from '../../components/notice.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useAllCustomFields } from '../../core-client/book-queries.ts';
import { coreProblemOf } from '../../core-client/core-error.ts';
import { useCore } from '../../core-client/queries.ts';
import { fieldKindInWords } from '../../language/words/clean-book.ts';
import { coreProblemInWords } from '../../language/words/problems.ts';
import { useAct } from '../desk/use-act.ts';
import styles from './fields-section.module.css';

const linesOf = (text: string) => [
  ...new Set(
    text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  ),
];

/** Fields of the organisation's own: defined, put in order, removed and purged. */
export function FieldsSection() {
  const { t } = useLingui();
  const { data: fields = [] } = useAllCustomFields();
  const removed = fields.filter(({ removedAt }) => removedAt !== null);
  const groups = [
    { appliesTo: 'customer' as const, name: t`Fields of customers` },
    { appliesTo: 'organisation' as const, name: t`Fields of organisations` },
  ];
  return (
    <>
      {groups.map(({ appliesTo, name }) => {
        const own = fields.filter(
          (field) => field.appliesTo === appliesTo && field.removedAt === null,
        );
        return own.length === 0 ? null : (
          <ul key={appliesTo} className={styles['rows']} aria-label={name}>
            {own.map((field, index) => (
              <FieldRow
                key={field.id}
                field={field}
                first={index === 0}
                last={index === own.length - 1}
              />
            ))}
          </ul>
        );
      })}
      <NewField />
      {removed.length === 0 ? null : (
        <ul className={styles['rows']} aria-label={t`Removed fields`}>
          {removed.map((field) => (
            <RemovedField key={field.id} field={field} />
          ))}
        </ul>
      )}
    </>
  );
}

function FieldRow({ field, first, last }: { field: CustomField; first: boolean; last: boolean }) {
  const { t, i18n } = useLingui();
  const core = useCore();
  const { act, problem } = useAct();
  const { id: fieldId, label, kind } = field;
  const change = async (changes: { label?: string; choices?: string[] }) => {
    try {
      await core.fields.change({ fieldId, ...changes });
      return null;
    } catch (thrown) {
      return coreProblemInWords(i18n, coreProblemOf(thrown));
    }
  };
  return (
    <li className={styles['row']}>
      <div className={styles['words']}>
        <EditInPlace
          label={t`Name of the field ${label}`}
          value={label}
          emptyText={label}
          buttonLabel={t`${label}, rename`}
          maxLength={80}
          onSave={async (text) =>
            text.trim() === '' ? t`Enter a name for the field.` : change({ label: text.trim() })
          }
        />
        <p className={styles['soft']}>
          {fieldKindInWords(i18n, kind)}
          {field.appliesTo === 'organisation' ? ` · ${t`for organisations`}` : null}
        </p>
        {kind === 'choice' ? (
          <EditInPlace
            label={t`Choices of ${label}`}
            value={field.choices.join('\n')}
            shown={field.choices.join(', ')}
            emptyText=""
            buttonLabel={t`Choices of ${label}: ${field.choices.join(', ')}, edit`}
            rows={3}
            description={t`One per line; Ctrl+Enter stores.`}
            onSave={async (text) =>
              linesOf(text).length === 0
                ? t`A choice needs at least one value.`
                : change({ choices: linesOf(text) })
            }
          />
        ) : null}
        {problem === null ? null : <Notice tone="problem">{problem}</Notice>}
      </div>
      <IconButton
        size="small"
        label={t`Move ${label} up`}
        isDisabled={first}
        icon={<ArrowUp aria-hidden="true" />}
        onPress={() => act(() => core.fields.move({ fieldId, by: -1 }))}
      />
      <IconButton
        size="small"
        label={t`Move ${label} down`}
        isDisabled={last}
        icon={<ArrowDown aria-hidden="true" />}
        onPress={() => act(() => core.fields.move({ fieldId, by: 1 }))}
      />
      <IconButton
        size="small"
        label={t`Remove the field ${label}`}
        icon={<Trash2 aria-hidden="true" />}
        onPress={() => act(() => core.fields.remove({ fieldId }))}
      />
    </li>
  );
}

/** Its values are kept until they are purged: it can come back as it was. */
function RemovedField({ field }: { field: CustomField }) {
  const { t } = useLingui();
  const core = useCore();
  const { act, busy, problem } = useAct();
  const [purged, setPurged] = useState<number | null>(null);
  const { id: fieldId, label } = field;
  return (
    <li className={styles['row']}>
      <div className={styles['words']}>
        <p>{label}</p>
        <p className={styles['soft']} role="status">
          {purged === null
            ? t`Removed. Its values are kept until you purge them.`
            : t`Purged: ${plural(purged, { one: '# value is', other: '# values are' })} gone for good.`}
        </p>
        {problem === null ? null : <Notice tone="problem">{problem}</Notice>}
      </div>
      <Button
        size="small"
        label={t`Bring back ${label}`}
        onPress={() => act(() => core.fields.restore({ fieldId }))}
      >
        <Trans>Bring back</Trans>
      </Button>
      <Button
        size="small"
        isPending={busy}
        label={t`Purge the values of ${label}`}
        onPress={() => act(async () => setPurged((await core.fields.purge({ fieldId })).records))}
      >
        {t({ message: 'Purge', comment: 'Button: delete the values of a removed field for good' })}
      </Button>
    </li>
  );
}

function NewField() {
  const { t, i18n } = useLingui();
  const core = useCore();
  const { act, busy, problem } = useAct();
  const [label, setLabel] = useState('');
  const [kind, setKind] = useState<CustomFieldKind>('text');
  const [appliesTo, setAppliesTo] = useState<CustomField['appliesTo']>('customer');
  const [choices, setChoices] = useState('');
  const ready = label.trim() !== '' && (kind !== 'choice' || linesOf(choices).length > 0);
  const create = () =>
    act(async () => {
      await core.fields.create({ label: label.trim(), kind, appliesTo, choices: linesOf(choices) });
      setLabel('');
      setChoices('');
    });
  return (
    <form
      className={styles['new']}
      aria-label={t`New field`}
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) create();
      }}
    >
      <TextField
        label={t`Name of the new field`}
        value={label}
        onChange={setLabel}
        maxLength={80}
        autoComplete="off"
      />
      <Select
        label={t({ message: 'Kind', comment: 'Kind of a custom field: text, number, date …' })}
        choices={CUSTOM_FIELD_KINDS.map((id) => ({ id, text: fieldKindInWords(i18n, id) }))}
        value={kind}
        onChange={(id) => setKind((id ?? 'text') as CustomFieldKind)}
      />
      <Select
        label={t({ message: 'For', comment: 'What a custom field belongs to: Für' })}
        choices={[
          { id: 'customer', text: t`Customers` },
          { id: 'organisation', text: t`Organisations` },
        ]}
        value={appliesTo}
        onChange={(id) => setAppliesTo(id === 'organisation' ? 'organisation' : 'customer')}
      />
      <Button type="submit" isDisabled={!ready} isPending={busy}>
        <Trans>Add field</Trans>
      </Button>
      {kind === 'choice' ? (
        <div className={styles['whole']}>
          <TextField
            label={t`Choices`}
            description={t`One per line.`}
            rows={3}
            value={choices}
            onChange={setChoices}
          />
        </div>
      ) : null}
      {problem === null ? null : (
        <div className={styles['whole']}>
          <Notice tone="problem">{problem}</Notice>
        </div>
      )}
    </form>
  );
}
