// What a record belongs to, beside its own lines: organisation, household, and the organisation's own
// fields. Nothing of it is stored before the whole form is.
import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useDeferredValue } from 'react';
import type { CustomField } from '../../../preload/contract/clean-book.ts';
import type { Customer } from '../../../preload/contract/customers.ts';
import { Select } from '../../components/choice-field.tsx';
import { SuggestField } from '../../components/suggest-field.tsx';
import { TextField } from '../../components/text-field.tsx';
import {
  useCustomFields,
  useOrganisation,
  useOrganisations,
} from '../../core-client/book-queries.ts';
import type { Core } from '../../core-client/core.ts';
import { useCustomerSearch } from '../../core-client/customer-queries.ts';
import { useFormats } from '../../language/use-formats.ts';
import { customValueFrom } from '../desk/details/custom-value.ts';
import styles from './customer-dialog.module.css';

/** As it is typed; null and what is missing in `custom` was not touched. */
export interface Belonging {
  organisation: string | null;
  /** Somebody with whom the customer lives: what is typed, and who was chosen. */
  household: { text: string; id: string | null };
  custom: Readonly<Record<string, string>>;
}

export const UNTOUCHED: Belonging = {
  organisation: null,
  household: { text: '', id: null },
  custom: {},
};

/** Names of what does not fit: `household`, or the key of an own field. */
export function belongingProblems(
  belonging: Belonging,
  fields: readonly CustomField[],
  decimalPoint: string,
): string[] {
  const { household, custom } = belonging;
  const wrong = fields
    .filter(({ key, kind }) => customValueFrom(kind, custom[key] ?? '', decimalPoint) === undefined)
    .map(({ key }) => key);
  return household.text.trim() !== '' && household.id === null ? ['household', ...wrong] : wrong;
}

/** What core is to store of it, the new organisation included; the household is joined afterwards. */
export async function belongingEntry(
  core: Core,
  belonging: Belonging,
  fields: readonly CustomField[],
  decimalPoint: string,
) {
  const custom = Object.fromEntries(
    fields.flatMap(({ key, kind }) => {
      const typed = belonging.custom[key];
      return typed === undefined ? [] : [[key, customValueFrom(kind, typed, decimalPoint) ?? null]];
    }),
  );
  const name = belonging.organisation?.trim();
  return {
    ...(Object.keys(custom).length === 0 ? {} : { custom }),
    ...(name === undefined
      ? {}
      : { organisationId: name === '' ? null : await organisationIdOf(core, name) }),
  };
}

async function organisationIdOf(core: Core, name: string): Promise<string> {
  const { organisations } = await core.organisations.list({ query: name, limit: 100 });
  const known = organisations.find((each) => each.name.toLowerCase() === name.toLowerCase());
  return (known ?? (await core.organisations.create({ name }))).id;
}

interface BelongingFieldsProps {
  /** Null for one who is not in the book yet. */
  customer: Customer | null;
  belonging: Belonging;
  problems: readonly string[];
  onChange: (belonging: Belonging) => void;
}

export function BelongingFields({ customer, belonging, problems, onChange }: BelongingFieldsProps) {
  const fields = useCustomFields('customer');
  return (
    <>
      <OrganisationField
        organisationId={customer?.organisationId ?? null}
        text={belonging.organisation}
        onChange={(organisation) => onChange({ ...belonging, organisation })}
      />
      <HouseholdField
        customerId={customer?.id ?? null}
        household={belonging.household}
        unknown={problems.includes('household')}
        onChange={(household) => onChange({ ...belonging, household })}
      />
      {fields.map((field) => (
        <OwnField
          key={field.key}
          field={field}
          stored={customer?.custom[field.key] ?? null}
          typed={belonging.custom[field.key]}
          isWrong={problems.includes(field.key)}
          onChange={(text) =>
            onChange({ ...belonging, custom: { ...belonging.custom, [field.key]: text } })
          }
        />
      ))}
    </>
  );
}

interface OrganisationFieldProps {
  organisationId: string | null;
  text: string | null;
  onChange: (text: string) => void;
}

function OrganisationField({ organisationId, text, onChange }: OrganisationFieldProps) {
  const { t } = useLingui();
  const current = useOrganisation(organisationId).data?.organisation.name ?? '';
  const typed = text?.trim() ?? '';
  const found = useOrganisations(useDeferredValue(typed)).data?.pages[0]?.organisations ?? [];
  const settled = typed === '' || found.some(({ name }) => name === typed);
  return (
    <SuggestField
      label={t`Organisation`}
      description={t`One that is not in the book yet is entered with the customer.`}
      value={text ?? current}
      onChange={onChange}
      suggestions={(settled ? [] : found).slice(0, 5).map(({ id, name, members }) => ({
        id,
        text: name,
        detail: t`${plural(members, { one: '# member', other: '# members' })}`,
      }))}
      onChoose={(id) => onChange(found.find((each) => each.id === id)?.name ?? typed)}
      onEnter={onChange}
    />
  );
}

interface HouseholdFieldProps {
  customerId: string | null;
  household: Belonging['household'];
  unknown: boolean;
  onChange: (household: Belonging['household']) => void;
}

function HouseholdField({ customerId, household, unknown, onChange }: HouseholdFieldProps) {
  const { t } = useLingui();
  const { text, id } = household;
  const asked = id === null ? text : '';
  const { data: hits = [] } = useCustomerSearch(useDeferredValue(asked));
  return (
    <SuggestField
      label={t`Lives with`}
      description={
        unknown
          ? t`Choose somebody from the list, or leave it empty.`
          : t`Somebody in the book; they become one household.`
      }
      isInvalid={unknown}
      value={text}
      onChange={(typed) => onChange({ text: typed, id: null })}
      suggestions={(asked.trim() === '' ? [] : hits)
        .filter((hit) => hit.id !== customerId)
        .slice(0, 5)
        .map((hit) => ({
          id: hit.id,
          text: hit.name,
          detail: [hit.company, hit.city].filter((part) => part !== null).join(', '),
        }))}
      onChoose={(chosen) =>
        onChange({ text: hits.find((hit) => hit.id === chosen)?.name ?? text, id: chosen })
      }
      onEnter={() => undefined}
    />
  );
}

interface OwnFieldProps {
  field: CustomField;
  stored: string | number | null;
  typed: string | undefined;
  isWrong: boolean;
  onChange: (text: string) => void;
}

function OwnField({ field, stored, typed, isWrong, onChange }: OwnFieldProps) {
  const { t } = useLingui();
  const point = useFormats().number(1.5, 1).charAt(1);
  const { label, kind } = field;
  const before = stored === null ? '' : String(stored);
  const value = typed ?? (kind === 'number' ? before.replace('.', point) : before);
  if (kind === 'choice') {
    const choices = [...new Set([...field.choices, ...(value === '' ? [] : [value])])];
    return (
      <Select
        label={label}
        choices={[
          { id: '', text: t({ message: '(nothing)', comment: 'An empty field: (nichts)' }) },
          ...choices.map((choice) => ({ id: choice, text: choice })),
        ]}
        value={value}
        onChange={(choice) => onChange(choice ?? '')}
      />
    );
  }
  return (
    <div className={kind === 'date' ? styles['date'] : undefined}>
      <TextField
        label={label}
        value={value}
        onChange={onChange}
        type={kind === 'date' ? 'date' : 'text'}
        {...(kind === 'number' ? { inputMode: 'decimal' as const } : {})}
        autoComplete="off"
        maxLength={2_000}
        error={isWrong ? t`Enter a number, for example 1250.5.` : null}
      />
    </div>
  );
}
