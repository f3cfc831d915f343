// The fields of a wrap-up, in the order in which a call is remembered.
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { CustomerStory } from '../../../../preload/contract/customers.ts';
import { EXPECTATIONS, OUTCOMES } from '../../../../preload/contract/vocabulary.ts';
import { Button } from '../../../components/button.tsx';
import { ComboBox } from '../../../components/choice-field.tsx';
import { TextField } from '../../../components/text-field.tsx';
import { TileGroup } from '../../../components/tile-group.tsx';
import { Checkbox } from '../../../components/toggle.tsx';
import { useAgents, useOpening, useSettings } from '../../../core-client/queries.ts';
import { useFormats } from '../../../language/use-formats.ts';
import { dealChoiceInWords, outcomeInWords } from '../../../language/words/customers.ts';
import { expectationInWords } from '../../../language/words/feelings.ts';
import { wrapUpProblemInWords } from '../../../language/words/problems.ts';
import { SensitiveHint } from '../rights/sensitive-hint.tsx';
import { DEAL_CHOICES, DEAL_KEYS, EXPECTATION_KEYS, OUTCOME_KEYS } from './choice-keys.ts';
import { meansWholeDay } from './due-date.ts';
import { centsFrom } from './money.ts';
import styles from './wrap-up-panel.module.css';
import type { FormProblem, WrapUpAction, WrapUpForm } from './wrap-up-form.ts';

interface FieldsProps {
  form: WrapUpForm;
  change: (action: WrapUpAction) => void;
  /** Shown once saving was tried. */
  problems: readonly FormProblem[];
}

/** What to say beside a field: the first of its problems that is there. */
function useProblemWords(problems: readonly FormProblem[]) {
  const { t, i18n } = useLingui();
  return (...mine: FormProblem[]): string | null => {
    const problem = mine.find((known) => problems.includes(known));
    switch (problem) {
      case undefined:
        return null;
      case 'dueUnclear':
        return t`This date is not understood. Write for example 27.11. 14:00, Fri 10:00, tomorrow or in 2 h.`;
      case 'valueUnclear':
        return t`This amount is not understood. Write for example 31,400 or 31.400,50.`;
      default:
        return wrapUpProblemInWords(i18n, problem);
    }
  };
}

export function OutcomeField({ form, change, problems }: FieldsProps) {
  const { t, i18n } = useLingui();
  const problem = useProblemWords(problems);
  return (
    <TileGroup
      label={t({ message: 'Outcome', comment: 'Radio group: result of the call' })}
      columns={3}
      tiles={OUTCOMES.map((outcome) => ({
        value: outcome,
        text: outcomeInWords(i18n, outcome),
        keys: OUTCOME_KEYS[outcome],
      }))}
      value={form.outcome}
      onChange={(outcome) => change({ type: 'outcome', outcome })}
      error={problem('outcomeMissing')}
    />
  );
}

export function ExpectationField({ form, change }: FieldsProps) {
  const { t, i18n } = useLingui();
  return (
    <TileGroup
      label={t({
        message: 'Expectation',
        comment: "Radio group: was the customer's expectation met?",
      })}
      columns={3}
      tiles={EXPECTATIONS.map((expectation) => ({
        value: expectation,
        text: expectationInWords(i18n, expectation),
        keys: EXPECTATION_KEYS[expectation],
      }))}
      value={form.expectation}
      onChange={(expectation) => change({ type: 'expectation', expectation })}
    />
  );
}

export function PromiseFields({ form, change, problems }: FieldsProps) {
  const { t } = useLingui();
  const formats = useFormats();
  const { zone } = useSettings();
  const { agent } = useOpening();
  const agents = useAgents();
  const problem = useProblemWords(problems);
  const owners = agents.data ?? [agent];
  const understood =
    form.dueAt === null
      ? null
      : meansWholeDay(form.dueAt, zone)
        ? formats.day(form.dueAt)
        : `${formats.day(form.dueAt)}, ${formats.time(form.dueAt)}`;
  const promised = form.promiseText !== '' || form.dueText !== '';
  return (
    <>
      <TextField
        label={t({ message: 'Promise', comment: 'Text field: what was promised' })}
        value={form.promiseText}
        onChange={(text) => change({ type: 'text', field: 'promiseText', text })}
        maxLength={500}
        autoComplete="off"
        error={problem('promiseTextMissing')}
      />
      <SensitiveHint text={form.promiseText} />
      <div className={styles['pair']}>
        <TextField
          label={t({ message: 'Due', comment: 'Text field: by when the promise is to be kept' })}
          value={form.dueText}
          onChange={(text) => change({ type: 'due', text, now: Date.now(), zone })}
          placeholder={t`Fri 10:00, in 2 h`}
          autoComplete="off"
          error={problem('promiseDueMissing', 'dueUnclear')}
          description={
            understood !== null ? (
              <span role="status">{understood}</span>
            ) : form.dueText.trim() === '' ? null : (
              <Trans>Not understood yet</Trans>
            )
          }
        />
        <ComboBox
          label={t({ message: 'Owner', comment: 'Who keeps the promise' })}
          choices={owners.map(({ id, name, me }) => ({ id, text: me ? t`${name} (me)` : name }))}
          value={form.ownerId}
          onChange={(ownerId) => change({ type: 'owner', ownerId })}
          error={promised ? problem('promiseOwnerMissing') : null}
        />
      </div>
    </>
  );
}

export function DealFields({ form, change, problems }: FieldsProps) {
  const { t, i18n } = useLingui();
  const formats = useFormats();
  const problem = useProblemWords(problems);
  const cents = form.valueText.trim() === '' ? null : centsFrom(form.valueText);
  return (
    <>
      <TileGroup
        label={t({ message: 'Deal', comment: 'Radio group: Abschluss' })}
        columns={4}
        tiles={DEAL_CHOICES.map((deal) => ({
          value: deal,
          text: dealChoiceInWords(i18n, deal),
          keys: DEAL_KEYS[deal],
        }))}
        value={form.deal}
        onChange={(deal) => change({ type: 'deal', deal })}
      />
      {form.deal === 'none' ? null : (
        <div className={styles['pair']}>
          <TextField
            label={t({ message: 'Value', comment: 'Text field: value of the deal' })}
            value={form.valueText}
            onChange={(text) => change({ type: 'text', field: 'valueText', text })}
            autoComplete="off"
            error={problem('valueUnclear', 'dealValueMissing')}
            description={
              cents !== null ? (
                <span role="status">{formats.money(cents)}</span>
              ) : form.valueText.trim() === '' ? null : (
                <Trans>Not understood yet</Trans>
              )
            }
          />
          {form.deal === 'lost' ? (
            <TextField
              label={t({ message: 'Reason', comment: 'Text field: why a deal was lost' })}
              value={form.lostReason}
              onChange={(text) => change({ type: 'text', field: 'lostReason', text })}
              maxLength={200}
            />
          ) : (
            <TextField
              label={t({ message: 'Product', comment: 'Text field: what the deal is about' })}
              value={form.dealTitle}
              onChange={(text) => change({ type: 'text', field: 'dealTitle', text })}
              maxLength={200}
            />
          )}
        </div>
      )}
    </>
  );
}

interface MatterFieldsProps extends Omit<FieldsProps, 'problems'> {
  story: CustomerStory | null;
}

/** What seldom needs noting: the matter and an open question. */
export function MatterFields({ form, change, story }: MatterFieldsProps) {
  const { t } = useLingui();
  const filled = form.matterId !== null || form.matterTitle !== '' || form.openQuestion !== '';
  const [open, setOpen] = useState(filled);
  const matters = (story?.matters ?? []).filter((matter) => matter.closedAt === null);
  if (!open) {
    return (
      <div className={styles['extra']}>
        <Button variant="link" size="small" onPress={() => setOpen(true)}>
          <Trans>Add a matter or an open question</Trans>
        </Button>
      </div>
    );
  }
  return (
    <>
      <TextField
        label={t({
          message: 'Open question',
          comment: 'Text field: what the customer still wants to know',
        })}
        value={form.openQuestion}
        onChange={(text) => change({ type: 'text', field: 'openQuestion', text })}
        maxLength={500}
      />
      <SensitiveHint text={form.openQuestion} />
      <TextField
        label={t({
          message: 'Matter',
          comment: 'Text field: the concern that the call belongs to, Anliegen',
        })}
        value={form.matterTitle}
        onChange={(title) => {
          const known = matters.find((matter) => matter.title === title.trim());
          change({ type: 'matter', id: known?.id ?? null, title });
        }}
        maxLength={200}
        autoComplete="off"
      />
      {matters.length === 0 ? null : (
        <div className={styles['extra']}>
          {matters.slice(0, 4).map((matter) => (
            <Button
              key={matter.id}
              size="small"
              variant={form.matterId === matter.id ? 'primary' : 'secondary'}
              onPress={() => change({ type: 'matter', id: matter.id, title: matter.title })}
            >
              {matter.title}
            </Button>
          ))}
        </div>
      )}
      {form.matterTitle === '' ? null : (
        <Checkbox
          isSelected={form.matterClosed}
          onChange={(closed) => change({ type: 'matterClosed', closed })}
        >
          <Trans>This matter is closed</Trans>
        </Checkbox>
      )}
    </>
  );
}
