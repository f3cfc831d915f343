import type { Customer } from '../../../preload/contract/customers.ts';
import type { I18n } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Notice } from '../../components/notice.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { TextField } from '../../components/text-field.tsx';
import { type CoreProblem, coreProblemOf } from '../../core-client/core-error.ts';
import { useCustomFields } from '../../core-client/book-queries.ts';
import { useCore, useStory } from '../../core-client/queries.ts';
import { useFormats } from '../../language/use-formats.ts';
import { coreProblemInWords } from '../../language/words/problems.ts';
import {
  type Belonging,
  BelongingFields,
  belongingEntry,
  belongingProblems,
  UNTOUCHED,
} from './belonging-fields.tsx';
import styles from './customer-dialog.module.css';
import { LikenessHint } from './likeness-hint.tsx';
import { SensitiveHint } from '../desk/rights/sensitive-hint.tsx';
import {
  changedEntry,
  type CustomerFieldProblem,
  type CustomerForm,
  type CustomerProblems,
  customerEntryFrom,
  customerFormFrom,
  customerProblems,
  emptyCustomerForm,
  refusedFields,
} from './customer-form.ts';

interface CustomerDialogProps {
  /** null enters a new customer. */
  customerId: string | null;
  initialName: string;
  onClose: () => void;
  onSaved: (customerId: string) => void;
}

export function CustomerDialog(props: CustomerDialogProps) {
  const { t, i18n } = useLingui();
  const story = useStory(props.customerId);
  const title = props.customerId === null ? t`New customer` : t`Edit customer`;
  if (props.customerId !== null && !story.data) {
    return (
      <Dialog title={title} isOpen onClose={props.onClose}>
        {story.error ? (
          <Notice tone="problem">{coreProblemInWords(i18n, story.error.problem)}</Notice>
        ) : (
          <Skeleton label={t`The customer is being read`} />
        )}
      </Dialog>
    );
  }
  const before = story.data
    ? customerFormFrom(story.data.customer)
    : emptyCustomerForm(props.initialName);
  const customer = story.data?.customer ?? null;
  return <CustomerFields {...props} title={title} before={before} customer={customer} />;
}

interface CustomerFieldsProps extends CustomerDialogProps {
  title: string;
  before: CustomerForm;
  customer: Customer | null;
}

function CustomerFields(props: CustomerFieldsProps) {
  const { t, i18n } = useLingui();
  const core = useCore();
  const [before] = useState(props.before);
  const [form, setForm] = useState(before);
  const [problems, setProblems] = useState<CustomerProblems>({});
  const [failure, setFailure] = useState<CoreProblem | null>(null);
  const [saving, setSaving] = useState(false);
  const [more, setMore] = useState(false);
  const ownFields = useCustomFields('customer');
  const decimalPoint = useFormats().number(1.5, 1).charAt(1);
  const [belonging, setBelonging] = useState(UNTOUCHED);
  const [unfit, setUnfit] = useState<string[]>([]);
  // Entered already, though not all of it could be done: saving again must not enter a second one.
  const [entered, setEntered] = useState<{ id: string; form: CustomerForm } | null>(null);

  const save = async () => {
    const found = customerProblems(form);
    setProblems(found);
    setFailure(null);
    const wrong = belongingProblems(belonging, ownFields, decimalPoint);
    setUnfit(wrong);
    if (found.country !== undefined || wrong.length > 0) setMore(true);
    if (Object.keys(found).length + wrong.length > 0) return;
    setSaving(true);
    try {
      const belongs = await belongingEntry(core, belonging, ownFields, decimalPoint);
      const known = entered?.id ?? props.customerId;
      const saved =
        known === null
          ? await core.customers.create({ ...customerEntryFrom(form), ...belongs })
          : await core.customers.update({
              customerId: known,
              changes: { ...changedEntry(entered?.form ?? before, form), ...belongs },
            });
      setEntered({ id: saved.id, form });
      const other = belonging.household.id;
      if (other !== null) await core.households.join({ customerIds: [other, saved.id] });
      props.onSaved(saved.id);
    } catch (thrown) {
      const problem = coreProblemOf(thrown);
      setFailure(problem);
      if (problem.kind === 'refused' && problem.code === 'BAD_INPUT') {
        setProblems(refusedFields(problem.data.issues));
        setMore(true);
      }
    } finally {
      setSaving(false);
    }
  };

  const field = (name: keyof CustomerForm) => ({
    value: form[name],
    onChange: (value: string) => setForm((now) => ({ ...now, [name]: value })),
    error: problemInWords(i18n, problems[name]),
  });

  return (
    <Dialog
      title={props.title}
      isOpen
      onClose={props.onClose}
      actions={
        <>
          <Button onPress={props.onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button variant="primary" onPress={() => void save()} isPending={saving}>
            <Trans>Save</Trans>
          </Button>
        </>
      }
    >
      <form
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        {failure === null ? null : (
          <Notice tone="problem">{coreProblemInWords(i18n, failure)}</Notice>
        )}
        <TextField label={t`Name`} isRequired autoComplete="off" {...field('name')} />
        <div className={styles['pair']}>
          <TextField label={t`Company`} autoComplete="off" {...field('company')} />
          <TextField
            label={t({ message: 'Place', comment: 'Town of a customer: Ort' })}
            autoComplete="off"
            {...field('city')}
          />
        </div>
        <TextField
          label={t`Numbers`}
          description={t`One per line, as you would dial it.`}
          rows={2}
          inputMode="tel"
          spellCheck={false}
          {...field('numbers')}
        />
        <TextField
          label={t`E-mail addresses`}
          description={t`One per line.`}
          rows={2}
          spellCheck={false}
          {...field('emails')}
        />
        <TextField
          label={t`Tags`}
          description={t`Words to find this customer by, one per line.`}
          rows={2}
          {...field('tags')}
        />
        <TextField
          label={t`Likes to be called`}
          description={t`For example: mornings, not on Fridays.`}
          autoComplete="off"
          {...field('preferredTime')}
        />
        <SensitiveHint text={form.preferredTime} />
        <details
          className={styles['more']}
          open={more}
          onToggle={(event) => {
            const { currentTarget: part } = event;
            setMore(part.open);
            // What was unfolded below the edge would not be seen to be there.
            if (part.open) part.scrollIntoView({ block: 'start', behavior: 'auto' });
          }}
        >
          <summary>
            {t({ message: 'More', comment: 'Folded part of a form: further fields' })}
          </summary>
          <div className={styles['form']}>
            <TextField
              label={t({ message: 'Street', comment: 'Of an address, with the house number' })}
              autoComplete="off"
              maxLength={200}
              {...field('street')}
            />
            <div className={styles['pair']}>
              <TextField
                label={t`Postal code`}
                autoComplete="off"
                maxLength={20}
                {...field('postalCode')}
              />
              <TextField
                label={t({ message: 'Country', comment: 'Of an address' })}
                description={t`Two letters, for example DE.`}
                autoComplete="off"
                maxLength={2}
                {...field('country')}
              />
            </div>
            <TextField
              label={t({
                message: 'External number',
                comment: 'The customer’s number in another system: Fremdnummer',
              })}
              autoComplete="off"
              maxLength={200}
              {...field('externalId')}
            />
            <BelongingFields
              customer={props.customer}
              belonging={belonging}
              problems={unfit}
              onChange={(next: Belonging) => setBelonging(next)}
            />
          </div>
        </details>
        <LikenessHint form={form} customerId={props.customerId} onOpen={props.onSaved} />
        <button type="submit" hidden>
          <Trans>Save</Trans>
        </button>
      </form>
    </Dialog>
  );
}

function problemInWords(i18n: I18n, problem: CustomerFieldProblem | undefined): string | null {
  switch (problem) {
    case undefined:
      return null;
    case 'nameMissing':
      return i18n._(msg`Enter a name; the rest can wait.`);
    case 'emailMalformed':
      return i18n._(msg`One of these is not an e-mail address, for example name@company.de.`);
    case 'countryMalformed':
      return i18n._(msg`Enter the country as two letters, for example DE.`);
    case 'refused':
      return i18n._(msg`This cannot be stored as it is.`);
  }
}
