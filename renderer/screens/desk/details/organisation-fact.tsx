import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { useDeferredValue, useState } from 'react';
import { useLocation } from 'wouter';
import type { Customer } from '../../../../preload/contract/customers.ts';
import { Button } from '../../../components/button.tsx';
import { Notice } from '../../../components/notice.tsx';
import { SuggestField } from '../../../components/suggest-field.tsx';
import { useOrganisation, useOrganisations } from '../../../core-client/book-queries.ts';
import { coreProblemOf } from '../../../core-client/core-error.ts';
import { useCore } from '../../../core-client/queries.ts';
import { coreProblemInWords } from '../../../language/words/problems.ts';
import styles from './master-data.module.css';
import type { RecordEdit } from './use-record-edit.ts';

/** The organisation that somebody belongs to: chosen from those that are known, or entered. */
export function OrganisationFact({ customer, edit }: { customer: Customer; edit: RecordEdit }) {
  const { t, i18n } = useLingui();
  const core = useCore();
  const [, goTo] = useLocation();
  const [text, setText] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const current = useOrganisation(customer.organisationId).data?.organisation;
  const found = useOrganisations(useDeferredValue(text ?? ''));
  const name = t`Organisation`;
  const before = { organisationId: customer.organisationId };
  const link = async (organisationId: string | null) => {
    const refused = await edit.save({ organisationId }, { name, changes: before });
    setProblem(refused);
    if (refused === null) setText(null);
  };
  const create = async (entered: string) => {
    try {
      const known = found.data?.pages[0]?.organisations.find(
        (each) => each.name.toLowerCase() === entered.toLowerCase(),
      );
      await link((known ?? (await core.organisations.create({ name: entered }))).id);
    } catch (thrown) {
      setProblem(coreProblemInWords(i18n, coreProblemOf(thrown)));
    }
  };
  if (text === null) {
    return (
      <div className={styles['tags']}>
        {customer.organisationId === null ? null : (
          <Button
            variant="link"
            size="small"
            onPress={() => goTo(`/customers/organisations/${customer.organisationId ?? ''}`)}
          >
            {current?.name ?? '…'}
          </Button>
        )}
        <Button variant="quiet" size="small" onPress={() => setText('')}>
          {customer.organisationId === null ? t`Choose an organisation` : t`Change organisation`}
        </Button>
        {problem === null ? null : <Notice tone="problem">{problem}</Notice>}
      </div>
    );
  }
  const suggestions = (found.data?.pages[0]?.organisations ?? []).slice(0, 6).map((each) => ({
    id: each.id,
    text: each.name,
    detail: t`${plural(each.members, { one: '# member', other: '# members' })}`,
  }));
  return (
    <div className={styles['editor']}>
      <SuggestField
        label={name}
        hideLabel
        autoFocus
        value={text}
        onChange={setText}
        suggestions={suggestions}
        onChoose={(id) => void link(id)}
        onEnter={(entered) => void create(entered)}
        onCancel={() => setText(null)}
        description={t`Enter takes a new name into the book.`}
      />
      {customer.organisationId === null ? null : (
        <Button variant="link" size="small" onPress={() => void link(null)}>
          <Trans>Belongs to none</Trans>
        </Button>
      )}
      {problem === null ? null : <Notice tone="problem">{problem}</Notice>}
    </div>
  );
}
