import { Trans, useLingui } from '@lingui/react/macro';
import { History } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type {
  Customer,
  CustomerChanges,
  CustomerStory,
} from '../../../../preload/contract/customers.ts';
import { Button, IconButton } from '../../../components/button.tsx';
import { EditInPlace } from '../../../components/edit-in-place.tsx';
import { Notice } from '../../../components/notice.tsx';
import { useCustomFields } from '../../../core-client/book-queries.ts';
import { useFormats } from '../../../language/use-formats.ts';
import { customerFieldInWords } from '../../../language/words/clean-book.ts';
import { SensitiveHint } from '../rights/sensitive-hint.tsx';
import { CustomFact } from './custom-fact.tsx';
import { FieldHistory } from './field-history.tsx';
import { HouseholdPart } from './household-part.tsx';
import styles from './master-data.module.css';
import { OrganisationFact } from './organisation-fact.tsx';
import { TagsFact } from './tags-fact.tsx';
import { type RecordEdit, useRecordEdit } from './use-record-edit.ts';

type TextField =
  | ('name' | 'company' | 'street' | 'postalCode' | 'city' | 'country')
  | ('preferredTime' | 'externalId');
type ListField = 'numbers' | 'emails';

interface FactSpec {
  field: TextField | ListField;
  maxLength?: number;
  inputMode?: 'tel';
}

const FACTS: readonly FactSpec[] = [
  { field: 'name', maxLength: 200 },
  { field: 'company', maxLength: 200 },
  { field: 'street', maxLength: 200 },
  { field: 'postalCode', maxLength: 20 },
  { field: 'city', maxLength: 200 },
  { field: 'country', maxLength: 2 },
  { field: 'numbers', inputMode: 'tel' },
  { field: 'emails' },
  { field: 'preferredTime', maxLength: 200 },
  { field: 'externalId', maxLength: 200 },
];

/** Who this is: each field is edited where it stands, and tells its history. */
export function MasterData({ story }: { story: CustomerStory }) {
  return <Facts key={story.customer.id} customer={story.customer} />;
}

function Facts({ customer }: { customer: Customer }) {
  const { t, i18n } = useLingui();
  const formats = useFormats();
  const edit = useRecordEdit(customer);
  const fields = useCustomFields('customer');
  const [history, setHistory] = useState<string | null>(null);
  const [all, setAll] = useState(false);
  const nameOf = (field: string) => customerFieldInWords(i18n, field, fields);
  const row = (field: string, name: string, children: ReactNode) => (
    <Fact key={field} name={name} onHistory={() => setHistory(field)}>
      {children}
    </Fact>
  );
  const facts = FACTS.filter(({ field }) => all || textOf(customer, field) !== '');
  const own = fields.filter(({ key }) => all || (customer.custom[key] ?? null) !== null);
  const since = customer.customerSince;
  return (
    <div className={styles['details']}>
      {edit.last === null ? null : (
        <Notice
          announce
          action={
            <Button size="small" onPress={edit.last.takeBack}>
              {t({ message: 'Undo', comment: 'Button: take the last change of a field back' })}
            </Button>
          }
        >
          <Trans>{edit.last.name} is stored.</Trans>
        </Notice>
      )}
      <dl className={styles['facts']}>
        {facts.map((spec) =>
          row(
            spec.field,
            nameOf(spec.field),
            <TextFact customer={customer} edit={edit} spec={spec} name={nameOf(spec.field)} />,
          ),
        )}
        {all || customer.tags.length > 0
          ? row('tags', nameOf('tags'), <TagsFact customer={customer} edit={edit} />)
          : null}
        {all || customer.organisationId !== null
          ? row(
              'organisationId',
              nameOf('organisationId'),
              <OrganisationFact customer={customer} edit={edit} />,
            )
          : null}
        {own.map((field) =>
          row(
            `custom.${field.key}`,
            field.label,
            <CustomFact customer={customer} edit={edit} field={field} />,
          ),
        )}
        {since === null ? null : (
          <div className={styles['fact']}>
            <dt>{t`Since`}</dt>
            <dd>{formats.date(since)}</dd>
          </div>
        )}
      </dl>
      <Button variant="link" size="small" onPress={() => setAll(!all)}>
        {all ? t`Hide empty fields` : t`Show empty fields`}
      </Button>
      <HouseholdPart customer={customer} />
      {history === null ? null : (
        <FieldHistory
          customer={customer}
          field={history}
          name={nameOf(history)}
          onClose={() => setHistory(null)}
        />
      )}
    </div>
  );
}

function Fact({
  name,
  onHistory,
  children,
}: {
  name: string;
  onHistory: () => void;
  children: ReactNode;
}) {
  const { t } = useLingui();
  return (
    <div className={styles['fact']}>
      <dt>{name}</dt>
      <dd className={styles['held']}>
        <div className={styles['value']}>{children}</div>
        <span className={styles['history']}>
          <IconButton
            size="small"
            label={t`History of ${name}`}
            icon={<History aria-hidden="true" />}
            onPress={onHistory}
          />
        </span>
      </dd>
    </div>
  );
}

interface TextFactProps {
  customer: Customer;
  edit: RecordEdit;
  spec: FactSpec;
  name: string;
}

function TextFact({ customer, edit, spec, name }: TextFactProps) {
  const { t } = useLingui();
  const { field } = spec;
  const value = textOf(customer, field);
  const several = field === 'numbers' || field === 'emails';
  const save = async (text: string): Promise<string | null> => {
    if (field === 'name' && text.trim() === '') return t`Enter a name; the rest can wait.`;
    const wrong = t`One of these is not an e-mail address, for example name@company.de.`;
    if (
      field === 'emails' &&
      linesOf(text).some((line) => !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(line))
    )
      return wrong;
    if (field === 'country' && !/^([a-z]{2})?$/i.test(text.trim())) {
      return t`Enter the country as two letters, for example DE.`;
    }
    return edit.save(changesOf(field, text), { name, changes: changesOf(field, value) });
  };
  return (
    <EditInPlace
      label={name}
      value={value}
      emptyText={t({ message: 'add', comment: 'Stands where a field is empty: ergänzen' })}
      buttonLabel={value === '' ? t`${name}: add` : t`${name}: ${value}, edit`}
      onSave={save}
      {...(several ? { rows: 2, description: t`One per line; Ctrl+Enter stores.` } : {})}
      {...(spec.maxLength === undefined ? {} : { maxLength: spec.maxLength })}
      {...(spec.inputMode === undefined ? {} : { inputMode: spec.inputMode })}
      {...(spec.field === 'preferredTime' ? { Hint: SensitiveHint } : {})}
    />
  );
}

function textOf(customer: Customer, field: FactSpec['field']): string {
  if (field === 'numbers') return customer.numbers.map(({ raw }) => raw).join('\n');
  if (field === 'emails') return customer.emails.join('\n');
  return customer[field] ?? '';
}

function linesOf(text: string): string[] {
  const lines = text.split(/[\n;,]/).map((line) => line.trim());
  return [...new Set(lines.filter((line) => line !== ''))];
}

function changesOf(field: FactSpec['field'], text: string): CustomerChanges {
  switch (field) {
    case 'numbers':
    case 'emails':
      return { [field]: linesOf(text) };
    case 'name':
      return { name: text.trim() };
    case 'country':
      return { country: text.trim().toUpperCase() || null };
    default:
      return { [field]: text.trim() || null };
  }
}
