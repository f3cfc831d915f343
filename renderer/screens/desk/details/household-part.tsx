import { Trans, useLingui } from '@lingui/react/macro';
import type { Customer, CustomerHit } from '../../../../preload/contract/customers.ts';
import type { DuplicateReason } from '../../../../preload/contract/clean-book.ts';
import { Button } from '../../../components/button.tsx';
import { EditInPlace } from '../../../components/edit-in-place.tsx';
import { Notice } from '../../../components/notice.tsx';
import { useHousehold } from '../../../core-client/book-queries.ts';
import { coreProblemOf } from '../../../core-client/core-error.ts';
import { useCore } from '../../../core-client/queries.ts';
import { duplicateReasonInWords } from '../../../language/words/clean-book.ts';
import { coreProblemInWords } from '../../../language/words/problems.ts';
import { useDeskStore } from '../desk-store.ts';
import { useAct } from '../use-act.ts';
import styles from './master-data.module.css';

/** Who else lives here, and who might. */
export function HouseholdPart({ customer }: { customer: Customer }) {
  const { t, i18n } = useLingui();
  const core = useCore();
  const { data } = useHousehold(customer.id);
  const { act, busy, problem } = useAct();
  if (!data) return null;
  const { household, suggestions } = data;
  const others = household?.members.filter(({ id }) => id !== customer.id) ?? [];
  if (household === null && suggestions.length === 0) return null;
  const rename = async (name: string): Promise<string | null> => {
    if (household === null || name.trim() === '') return t`Enter a name; the rest can wait.`;
    try {
      await core.households.rename({ householdId: household.id, name: name.trim() });
      return null;
    } catch (thrown) {
      return coreProblemInWords(i18n, coreProblemOf(thrown));
    }
  };
  return (
    <section className={styles['household']} aria-label={t`Household`}>
      {household === null ? null : (
        <>
          <h3 className={styles['heading']}>
            <Trans>Also in this household</Trans>
          </h3>
          <EditInPlace
            label={t`Name of the household`}
            value={household.name}
            emptyText={t`Household`}
            buttonLabel={t`Household: ${household.name}, edit`}
            maxLength={200}
            onSave={rename}
          />
          <ul>
            {others.map((member) => (
              <Member key={member.id} member={member} />
            ))}
          </ul>
          <Button
            variant="link"
            size="small"
            isPending={busy}
            onPress={() => act(() => core.households.leave({ customerId: customer.id }))}
          >
            <Trans>Take {customer.name} out of this household</Trans>
          </Button>
        </>
      )}
      {suggestions.length === 0 ? null : (
        <>
          <h3 className={styles['heading']}>
            <Trans>Perhaps in one household</Trans>
          </h3>
          <ul>
            {suggestions.map(({ hit, reasons }) => (
              <Member key={hit.id} member={hit} reasons={reasons}>
                <Button
                  size="small"
                  isPending={busy}
                  label={t`Put into one household: ${hit.name}`}
                  onPress={() =>
                    act(() => core.households.join({ customerIds: [customer.id, hit.id] }))
                  }
                >
                  <Trans>Put into one household</Trans>
                </Button>
              </Member>
            ))}
          </ul>
        </>
      )}
      {problem === null ? null : <Notice tone="problem">{problem}</Notice>}
    </section>
  );
}

interface MemberProps {
  member: CustomerHit;
  reasons?: readonly DuplicateReason[];
  children?: React.ReactNode;
}

function Member({ member, reasons = [], children }: MemberProps) {
  const { i18n } = useLingui();
  const showCustomer = useDeskStore((state) => state.showCustomer);
  return (
    <li className={styles['member']}>
      <span>
        <Button variant="link" size="small" onPress={() => showCustomer(member.id)}>
          {member.name}
        </Button>
        <span className={styles['soft']}>
          {reasons.map((reason) => duplicateReasonInWords(i18n, reason)).join(' · ')}
        </span>
      </span>
      {children}
    </li>
  );
}
