import { Trans, useLingui } from '@lingui/react/macro';
import type { FieldChange } from '../../../../preload/contract/clean-book.ts';
import type { Customer } from '../../../../preload/contract/customers.ts';
import { Button } from '../../../components/button.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import { Notice } from '../../../components/notice.tsx';
import { Skeleton } from '../../../components/skeleton.tsx';
import { useFieldHistory, useOrganisation } from '../../../core-client/book-queries.ts';
import { useCore } from '../../../core-client/queries.ts';
import { useFormats } from '../../../language/use-formats.ts';
import { changeSourceInWords } from '../../../language/words/clean-book.ts';
import { coreProblemInWords } from '../../../language/words/problems.ts';
import { useAct } from '../use-act.ts';
import styles from './master-data.module.css';

interface FieldHistoryProps {
  customer: Customer;
  field: string;
  name: string;
  onClose: () => void;
}

/** Who changed a field, when and how; each earlier value can be set back. */
export function FieldHistory({ customer, field, name, onClose }: FieldHistoryProps) {
  const { t, i18n } = useLingui();
  const list = useFieldHistory(customer.id, field);
  const changes = list.data?.pages.flatMap((page) => page.changes) ?? [];
  return (
    <Dialog title={t`History of ${name}`} isOpen onClose={onClose}>
      {list.error ? (
        <Notice tone="problem">{coreProblemInWords(i18n, list.error.problem)}</Notice>
      ) : null}
      {list.isPending ? <Skeleton label={t`The history is being read`} /> : null}
      {list.data && changes.length === 0 ? (
        <p className={styles['soft']}>
          <Trans>This field was never changed since the record was entered.</Trans>
        </p>
      ) : null}
      <ul className={styles['changes']}>
        {changes.map((change) => (
          <ChangeRow key={change.row} change={change} customer={customer} />
        ))}
      </ul>
      {list.hasNextPage ? (
        <Button size="small" onPress={() => void list.fetchNextPage()}>
          <Trans>Show more</Trans>
        </Button>
      ) : null}
    </Dialog>
  );
}

function ChangeRow({ change, customer }: { change: FieldChange; customer: Customer }) {
  const { t, i18n } = useLingui();
  const core = useCore();
  const formats = useFormats();
  const { act, busy, problem } = useAct();
  const before = useValueInWords(change.field, change.before);
  const after = useValueInWords(change.field, change.after);
  const details = [
    formats.moment(change.at),
    change.agentName,
    changeSourceInWords(i18n, change.source),
    change.mergedFrom === null ? null : t`in the record of ${change.mergedFrom}`,
  ];
  return (
    <li className={styles['change']}>
      <div>
        <p>
          {before} → {after}
        </p>
        <p className={styles['soft']}>{details.filter((part) => part !== null).join(' · ')}</p>
        {problem === null ? null : <Notice tone="problem">{problem}</Notice>}
      </div>
      <Button
        size="small"
        isPending={busy}
        label={t`Set back to ${before}`}
        onPress={() =>
          act(() => core.record.setBack({ customerId: customer.id, row: change.row, to: 'before' }))
        }
      >
        {t({
          message: 'Set back',
          comment: 'Button: give a field the value it had before',
        })}
      </Button>
    </li>
  );
}

/** A stored value of a field, as text. */
function useValueInWords(field: string, value: FieldChange['before']): string {
  const { t } = useLingui();
  const asId = field === 'organisationId' && typeof value === 'string' ? value : null;
  const organisation = useOrganisation(asId);
  if (value === null || (Array.isArray(value) && value.length === 0)) {
    return t({ message: '(nothing)', comment: 'An empty field: (nichts)' });
  }
  if (asId !== null) return organisation.data?.organisation.name ?? t`an organisation`;
  if (field === 'householdId') return t`a household`;
  if (Array.isArray(value)) return value.map(String).join(', ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
