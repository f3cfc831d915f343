import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Building2, Plus } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { useLocation } from 'wouter';
import { Button } from '../../../components/button.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { Notice } from '../../../components/notice.tsx';
import { PageHead } from '../../../components/page-head.tsx';
import { Skeleton } from '../../../components/skeleton.tsx';
import { TextField } from '../../../components/text-field.tsx';
import { useOrganisations } from '../../../core-client/book-queries.ts';
import { useCore } from '../../../core-client/queries.ts';
import { coreProblemInWords } from '../../../language/words/problems.ts';
import { useAct } from '../../desk/use-act.ts';
import page from '../book-page.module.css';
import { OrganisationPage } from './organisation-page.tsx';

/** The organisations that customers belong to, or one of them. */
export default function OrganisationsScreen({ organisationId }: { organisationId: string | null }) {
  return organisationId === null ? (
    <AllOrganisations />
  ) : (
    <OrganisationPage key={organisationId} organisationId={organisationId} />
  );
}

function AllOrganisations() {
  const { t, i18n } = useLingui();
  const core = useCore();
  const [, goTo] = useLocation();
  const [text, setText] = useState('');
  const { act, busy, problem } = useAct();
  const list = useOrganisations(useDeferredValue(text.trim()));
  const rows = list.data?.pages.flatMap((each) => each.organisations) ?? [];
  const open = (id: string) => goTo(`/customers/organisations/${id}`);
  const create = () => {
    if (text.trim() !== '')
      act(async () => open((await core.organisations.create({ name: text.trim() })).id));
  };
  return (
    <section className={page['screen']} aria-label={t`Organisations`}>
      <PageHead
        title={t`Organisations`}
        back={t`Back to the customers`}
        onBack={() => goTo('/customers')}
      />
      <form
        className={page['add']}
        onSubmit={(event) => {
          event.preventDefault();
          create();
        }}
      >
        <TextField
          label={t`Find or enter an organisation`}
          value={text}
          onChange={setText}
          maxLength={200}
          autoComplete="off"
        />
        <Button
          type="submit"
          icon={<Plus aria-hidden="true" />}
          isDisabled={text.trim() === ''}
          isPending={busy}
        >
          <Trans>New organisation</Trans>
        </Button>
      </form>
      {problem === null ? null : <Notice tone="problem">{problem}</Notice>}
      {list.error ? (
        <Notice tone="problem">{coreProblemInWords(i18n, list.error.problem)}</Notice>
      ) : null}
      {list.isPending ? <Skeleton label={t`The organisations are being read`} /> : null}
      {list.data && rows.length === 0 ? (
        <EmptyState picture={<Building2 aria-hidden="true" />}>
          {text.trim() === '' ? (
            <Trans>
              There is no organisation yet. Enter its name here, or choose it in a customer’s
              details.
            </Trans>
          ) : (
            <Trans>No organisation begins like this. Enter it as a new one.</Trans>
          )}
        </EmptyState>
      ) : null}
      {rows.length === 0 ? null : (
        <ul className={page['rows']} aria-label={t`Organisations`}>
          {rows.map(({ id, name, city, members }) => (
            <li key={id} className={page['row']}>
              <div className={page['words']}>
                <Button variant="link" size="small" onPress={() => open(id)}>
                  {name}
                </Button>
              </div>
              <span className={page['soft']}>
                {[city, t`${plural(members, { one: '# member', other: '# members' })}`]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </li>
          ))}
        </ul>
      )}
      {list.hasNextPage ? (
        <Button size="small" onPress={() => void list.fetchNextPage()}>
          <Trans>Show more</Trans>
        </Button>
      ) : null}
    </section>
  );
}
