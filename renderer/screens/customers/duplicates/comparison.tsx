import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { useId, useState } from 'react';
import type { MergeSide } from '../../../../preload/contract/clean-book.ts';
import { Button } from '../../../components/button.tsx';
import { Notice } from '../../../components/notice.tsx';
import { Skeleton } from '../../../components/skeleton.tsx';
import { Checkbox } from '../../../components/toggle.tsx';
import { useAllCustomFields, useComparison } from '../../../core-client/book-queries.ts';
import { useCore } from '../../../core-client/queries.ts';
import { useFormats, useShownNumber } from '../../../language/use-formats.ts';
import {
  customerFieldInWords,
  duplicateReasonInWords,
} from '../../../language/words/clean-book.ts';
import { coreProblemInWords } from '../../../language/words/problems.ts';
import { useAct } from '../../desk/use-act.ts';
import styles from './comparison.module.css';
import {
  type BothSides,
  differs,
  type FieldPair,
  fieldPairs,
  mergedRecordFrom,
  MOST,
  type Side,
  suggestedChoices,
  suggestedSurvivor,
  unitedNumbers,
  unitedTexts,
} from './merge-choice.ts';

interface ComparisonProps {
  oneId: string;
  otherId: string;
  kind: 'duplicate' | 'household';
  onMerged: (merge: { id: string; survivorId: string; names: [string, string] }) => void;
  onDismissed: () => void;
}

/** Two records side by side, to be made one field by field, or to be told apart. */
export function Comparison(props: ComparisonProps) {
  const { t, i18n } = useLingui();
  const { data, error, refetch } = useComparison(props.oneId, props.otherId);
  if (error) {
    return (
      <Notice
        tone="problem"
        action={
          <Button size="small" onPress={() => void refetch()}>
            <Trans>Try again</Trans>
          </Button>
        }
      >
        {coreProblemInWords(i18n, error.problem)}
      </Notice>
    );
  }
  if (!data) return <Skeleton lines={8} label={t`The two records are being read`} />;
  return (
    <Choosing
      key={`${props.oneId} ${props.otherId}`}
      {...props}
      sides={data}
      reasons={data.reasons.map((reason) => duplicateReasonInWords(i18n, reason))}
    />
  );
}

function Choosing(props: ComparisonProps & { sides: BothSides; reasons: string[] }) {
  const { t, i18n } = useLingui();
  const core = useCore();
  // No pending buttons: react-aria announces them by a name that is gone once the pair is.
  const { act: run, busy, problem } = useAct();
  const act = (task: () => Promise<unknown>) => {
    if (!busy) run(task);
  };
  const { sides, reasons, kind } = props;
  const { data: fields = [] } = useAllCustomFields();
  const [survivor, setSurvivor] = useState<Side>(() => suggestedSurvivor(sides));
  const [chosen, setChosen] = useState<Record<string, Side>>({});
  const [leftOut, setLeftOut] = useState<ReadonlySet<string>>(new Set());
  const choices = { ...suggestedChoices(sides, survivor), ...chosen };
  const pairs = fieldPairs(sides);
  const differing = pairs.filter(differs);
  const alike = pairs.filter((pair) => !differs(pair));
  const record = mergedRecordFrom(sides, { survivor, choices, leftOut });
  const tooMany =
    record.numberIds.length > MOST.numbers ||
    record.emails.length > MOST.emails ||
    record.tags.length > MOST.tags;
  const toggle = (text: string) =>
    setLeftOut((now) => {
      const next = new Set(now);
      if (!next.delete(text)) next.add(text);
      return next;
    });
  const nameOf = (pair: { field: string }) => customerFieldInWords(i18n, pair.field, fields);
  const shown = useShownValues(sides);

  const merge = () =>
    act(async () => {
      const loser: Side = survivor === 'one' ? 'other' : 'one';
      const { mergeId } = await core.merges.merge({
        survivorId: sides[survivor].customer.id,
        loserId: sides[loser].customer.id,
        record,
      });
      props.onMerged({
        id: mergeId,
        survivorId: sides[survivor].customer.id,
        names: [sides[survivor].customer.name, sides[loser].customer.name],
      });
    });
  const joinHousehold = () =>
    act(async () => {
      await core.households.join({ customerIds: [props.oneId, props.otherId] });
      props.onDismissed();
    });
  const dismiss = () =>
    act(async () => {
      await core.duplicates.dismiss({ oneId: props.oneId, otherId: props.otherId });
      props.onDismissed();
    });

  return (
    <form
      className={styles['comparison']}
      aria-label={t({ message: 'Comparison', comment: 'Form: two customer records side by side' })}
      onSubmit={(event) => {
        event.preventDefault();
        if (!tooMany) merge();
      }}
    >
      <ul className={styles['reasons']} aria-label={t`Why these two`}>
        {reasons.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
      {kind === 'household' ? (
        <Notice
          action={
            <Button size="small" onPress={joinHousehold}>
              <Trans>Put into one household</Trans>
            </Button>
          }
        >
          <Trans>
            The names differ clearly, so these are probably two people. If they live together, make
            them a household; then a call from their number shows both.
          </Trans>
        </Notice>
      ) : null}
      <Pair
        name={t`Record that stays`}
        labels={{ one: <Head side={sides.one} />, other: <Head side={sides.other} /> }}
        value={survivor}
        onChange={(side) => {
          setSurvivor(side);
          setChosen({});
        }}
      />
      {differing.map((pair) => (
        <Pair
          key={pair.field}
          name={nameOf(pair)}
          labels={{ one: shown(pair, 'one'), other: shown(pair, 'other') }}
          value={choices[pair.field] ?? survivor}
          onChange={(side) => setChosen((now) => ({ ...now, [pair.field]: side }))}
        />
      ))}
      <Several
        name={t`Numbers`}
        texts={unitedNumbers(sides, survivor).map(({ id, raw, e164 }) => ({
          id,
          text: e164 ?? raw,
        }))}
        leftOut={leftOut}
        onToggle={toggle}
        number
      />
      <Several
        name={t`E-mail addresses`}
        texts={unitedTexts(sides, survivor, 'emails').map((text) => ({ id: text, text }))}
        leftOut={leftOut}
        onToggle={toggle}
      />
      <Several
        name={t`Tags`}
        texts={unitedTexts(sides, survivor, 'tags').map((text) => ({ id: text, text }))}
        leftOut={leftOut}
        onToggle={toggle}
      />
      {alike.length === 0 ? null : (
        <dl className={styles['alike']} aria-label={t`The same in both`}>
          {alike.map((pair) => (
            <div key={pair.field}>
              <dt>{nameOf(pair)}</dt>
              <dd>{shown(pair, 'one')}</dd>
            </div>
          ))}
        </dl>
      )}
      {tooMany ? (
        <Notice tone="caution" announce>
          <Trans>
            A record takes at most 20 numbers, 20 e-mail addresses and 50 tags: leave some out.
          </Trans>
        </Notice>
      ) : null}
      {problem === null ? null : <Notice tone="problem">{problem}</Notice>}
      <div className={styles['actions']}>
        <p className={styles['soft']}>
          <Trans>Calls, notes and promises of both are kept. A merge can be undone.</Trans>
        </p>
        <Button onPress={dismiss}>
          <Trans>Not a duplicate</Trans>
        </Button>
        <Button
          type="submit"
          variant={kind === 'household' ? 'secondary' : 'primary'}
          isDisabled={tooMany}
        >
          {t({ message: 'Merge', comment: 'Button: make two customer records one' })}
        </Button>
      </div>
    </form>
  );
}

function Head({ side }: { side: MergeSide }) {
  const { t } = useLingui();
  const formats = useFormats();
  const { customer, contacts, openPromises, lastContactAt } = side;
  const known = [
    t`${plural(contacts, { one: '# contact', other: '# contacts' })}`,
    openPromises === 0
      ? null
      : t`${plural(openPromises, { one: '# open promise', other: '# open promises' })}`,
    lastContactAt === null ? null : t`last contact ${formats.date(lastContactAt)}`,
  ];
  return (
    <>
      <strong>{customer.name}</strong>
      <span className={styles['soft']}>{known.filter((part) => part !== null).join(' · ')}</span>
    </>
  );
}

/** How a value of either side reads. */
function useShownValues(sides: BothSides) {
  const { t } = useLingui();
  const formats = useFormats();
  return (pair: FieldPair, side: Side): string => {
    const value = pair[side];
    if (value === null) return t({ message: '(nothing)', comment: 'An empty field: (nichts)' });
    switch (pair.field) {
      case 'organisationId':
        return sides[side].organisationName ?? '';
      case 'householdId':
        return sides[side].householdName ?? '';
      case 'customerSince':
        return formats.date(Number(value));
      default:
        return String(value);
    }
  };
}

interface PairProps {
  name: string;
  labels: Record<Side, React.ReactNode>;
  value: Side;
  onChange: (side: Side) => void;
}

/** One of two values; arrows change it, as in any group of radio buttons. */
function Pair({ name, labels, value, onChange }: PairProps) {
  const group = useId();
  return (
    <fieldset className={styles['pair']}>
      <legend className={styles['name']}>{name}</legend>
      {(['one', 'other'] as const).map((side) => (
        <label key={side} className={styles['side']}>
          <input
            type="radio"
            name={group}
            checked={value === side}
            onChange={() => onChange(side)}
          />
          <span className={styles['value']}>{labels[side]}</span>
        </label>
      ))}
    </fieldset>
  );
}

interface SeveralProps {
  name: string;
  texts: { id: string; text: string }[];
  leftOut: ReadonlySet<string>;
  onToggle: (id: string) => void;
  number?: boolean;
}

function Several({ name, texts, leftOut, onToggle, number = false }: SeveralProps) {
  const shownNumber = useShownNumber();
  if (texts.length === 0) return null;
  return (
    <fieldset className={styles['several']}>
      <legend className={styles['name']}>{name}</legend>
      <div className={styles['checks']}>
        {texts.map(({ id, text }) => (
          <Checkbox key={id} isSelected={!leftOut.has(id)} onChange={() => onToggle(id)}>
            {number ? shownNumber(text) : text}
          </Checkbox>
        ))}
      </div>
    </fieldset>
  );
}
