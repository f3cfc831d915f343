import { Trans, useLingui } from '@lingui/react/macro';
import { useState, type ReactNode } from 'react';
import type { Customer } from '../../../../preload/contract/customers.ts';
import {
  CONSENT_MANNERS,
  CONSENT_PURPOSES,
  type ConsentManner,
  type ConsentPurpose,
  OBJECTION_KINDS,
  type ObjectionKind,
} from '../../../../preload/contract/vocabulary.ts';
import { Button } from '../../../components/button.tsx';
import { Select } from '../../../components/choice-field.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import { Notice } from '../../../components/notice.tsx';
import { TextField } from '../../../components/text-field.tsx';
import { coreProblemOf } from '../../../core-client/core-error.ts';
import { useCore, useSettings } from '../../../core-client/queries.ts';
import { coreProblemInWords } from '../../../language/words/problems.ts';
import { mannerInWords, objectionInWords, purposeInWords } from '../../../language/words/rights.ts';
import styles from './rights.module.css';
import { dayOf, saidOn } from './said-on.ts';
import { SensitiveHint } from './sensitive-hint.tsx';

interface FormDialogProps {
  title: string;
  mayStore: boolean;
  store: () => Promise<unknown>;
  onClose: () => void;
  children: ReactNode;
}

function FormDialog({ title, mayStore, store, onClose, children }: FormDialogProps) {
  const { i18n } = useLingui();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const save = async () => {
    setBusy(true);
    setProblem(null);
    try {
      await store();
      onClose();
    } catch (thrown) {
      setProblem(coreProblemInWords(i18n, coreProblemOf(thrown)));
      setBusy(false);
    }
  };
  return (
    <Dialog
      title={title}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button
            variant="primary"
            isDisabled={!mayStore}
            isPending={busy}
            onPress={() => void save()}
          >
            <Trans>Save</Trans>
          </Button>
        </>
      }
    >
      <div className={styles['form']}>
        {children}
        {problem === null ? null : <Notice tone="problem">{problem}</Notice>}
      </div>
    </Dialog>
  );
}

function MannerField(props: { value: ConsentManner; onChange: (manner: ConsentManner) => void }) {
  const { t, i18n } = useLingui();
  return (
    <Select
      label={t({ message: 'How it was said', comment: 'Field' })}
      choices={CONSENT_MANNERS.map((id) => ({ id, text: mannerInWords(i18n, id) }))}
      value={props.value}
      onChange={(id) => {
        const manner = CONSENT_MANNERS.find((known) => known === id);
        if (manner) props.onChange(manner);
      }}
    />
  );
}

/** The day that was entered, today to begin with; `at` is null while it is none that has come. */
function useSaidOn() {
  const { zone } = useSettings();
  const [day, setDay] = useState(() => dayOf(Date.now(), zone));
  return { day, setDay, at: () => saidOn(day, Date.now(), zone) };
}

function SaidOnField({ day, setDay, at }: ReturnType<typeof useSaidOn>) {
  const { t } = useLingui();
  return (
    <TextField
      type="date"
      label={t({ message: 'Said on', comment: 'Date field: when the customer said it' })}
      value={day}
      onChange={setDay}
      error={at() === null ? t`Enter a day up to today.` : null}
      isRequired
    />
  );
}

export function ObjectionForm({
  customerId,
  onClose,
}: {
  customerId: string;
  onClose: () => void;
}) {
  const { t, i18n } = useLingui();
  const core = useCore();
  const [kind, setKind] = useState<ObjectionKind>('advertising');
  const [manner, setManner] = useState<ConsentManner>('call');
  const [note, setNote] = useState('');
  const said = useSaidOn();
  return (
    <FormDialog
      title={t`Note an objection`}
      mayStore={said.at() !== null}
      onClose={onClose}
      store={() =>
        core.rights.object({
          ...{ customerId, kind, manner, at: said.at() ?? Date.now() },
          note: note.trim() === '' ? null : note.trim(),
        })
      }
    >
      <Select
        label={t({ message: 'The customer objects to', comment: 'Field' })}
        choices={OBJECTION_KINDS.map((id) => ({ id, text: objectionInWords(i18n, id) }))}
        value={kind}
        onChange={(id) => {
          const chosen = OBJECTION_KINDS.find((known) => known === id);
          if (chosen) setKind(chosen);
        }}
      />
      <SaidOnField {...said} />
      <MannerField value={manner} onChange={setManner} />
      <TextField label={t`Note`} value={note} onChange={setNote} maxLength={1_000} rows={2} />
      <SensitiveHint text={note} />
    </FormDialog>
  );
}

export function ConsentForm({ customer, onClose }: { customer: Customer; onClose: () => void }) {
  const { t, i18n } = useLingui();
  const core = useCore();
  const [purpose, setPurpose] = useState<ConsentPurpose>('salesCalls');
  const [manner, setManner] = useState<ConsentManner>('call');
  const [scope, setScope] = useState('');
  const [number, setNumber] = useState(customer.numbers[0]?.raw ?? '');
  const said = useSaidOn();
  return (
    <FormDialog
      title={t`Note a consent`}
      mayStore={scope.trim() !== '' && number !== '' && said.at() !== null}
      onClose={onClose}
      store={() =>
        core.rights.recordConsent({
          ...{ customerId: customer.id, name: customer.name, purpose, manner, number },
          ...{ scope: scope.trim(), givenAt: said.at() ?? Date.now() },
        })
      }
    >
      <Select
        label={t({ message: 'The customer agrees to', comment: 'Field' })}
        choices={CONSENT_PURPOSES.map((id) => ({ id, text: purposeInWords(i18n, id) }))}
        value={purpose}
        onChange={(id) => {
          const chosen = CONSENT_PURPOSES.find((known) => known === id);
          if (chosen) setPurpose(chosen);
        }}
      />
      <Select
        label={t`Number`}
        choices={customer.numbers.map(({ raw }) => ({ id: raw, text: raw }))}
        value={number}
        onChange={(id) => setNumber(id ?? '')}
      />
      <TextField
        label={t`What exactly was agreed`}
        description={t`In the words that were said, for example: offers for heat pumps by telephone.`}
        value={scope}
        onChange={setScope}
        maxLength={2_000}
        rows={3}
        isRequired
      />
      <SaidOnField {...said} />
      <MannerField value={manner} onChange={setManner} />
      <p className={styles['soft']}>
        <Trans>
          A consent can be revoked but not changed or deleted: it is kept as a proof for five years.
        </Trans>
      </p>
    </FormDialog>
  );
}
