import { Trans, useLingui } from '@lingui/react/macro';
import { Trash2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useLocation } from 'wouter';
import type { Organisation } from '../../../../preload/contract/clean-book.ts';
import type { CustomerHit } from '../../../../preload/contract/customers.ts';
import { Button } from '../../../components/button.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import { EditInPlace } from '../../../components/edit-in-place.tsx';
import { Notice } from '../../../components/notice.tsx';
import { PageHead } from '../../../components/page-head.tsx';
import { Skeleton } from '../../../components/skeleton.tsx';
import { useCustomFields, useOrganisation } from '../../../core-client/book-queries.ts';
import { coreProblemOf } from '../../../core-client/core-error.ts';
import { useCore } from '../../../core-client/queries.ts';
import { useFormats } from '../../../language/use-formats.ts';
import { valueProblemInWords } from '../../../language/words/clean-book.ts';
import { coreProblemInWords } from '../../../language/words/problems.ts';
import { customValueFrom, shownCustomValue } from '../../desk/details/custom-value.ts';
import { useDeskStore } from '../../desk/desk-store.ts';
import { useAct } from '../../desk/use-act.ts';
import page from '../book-page.module.css';

/** One organisation: its fields, edited in place, and who belongs to it. */
export function OrganisationPage({ organisationId }: { organisationId: string }) {
  const { t, i18n } = useLingui();
  const [, goTo] = useLocation();
  const { data, error } = useOrganisation(organisationId);
  const back = () => goTo('/customers/organisations');
  return (
    <section className={page['screen']} aria-label={t`Organisation`}>
      <PageHead
        title={data?.organisation.name ?? t`Organisation`}
        back={t`All organisations`}
        onBack={back}
      >
        {data ? <Remove organisation={data.organisation} onRemoved={back} /> : null}
      </PageHead>
      {error ? <Notice tone="problem">{coreProblemInWords(i18n, error.problem)}</Notice> : null}
      {!data && !error ? <Skeleton label={t`The organisation is being read`} /> : null}
      {data ? (
        <>
          <Facts organisation={data.organisation} />
          <Members members={data.members} />
        </>
      ) : null}
    </section>
  );
}

function Facts({ organisation }: { organisation: Organisation }) {
  const { t, i18n } = useLingui();
  const core = useCore();
  const formats = useFormats();
  const fields = useCustomFields('organisation');
  const decimalPoint = formats.number(1.5, 1).charAt(1);
  const save = async (
    changes: Partial<Pick<Organisation, 'name' | 'city' | 'website' | 'custom'>>,
  ): Promise<string | null> => {
    try {
      await core.organisations.update({ organisationId: organisation.id, changes });
      return null;
    } catch (thrown) {
      const problem = coreProblemOf(thrown);
      const code =
        problem.kind === 'refused' && problem.code === 'BAD_INPUT'
          ? problem.data.issues[0]?.code
          : undefined;
      return valueProblemInWords(i18n, code) ?? coreProblemInWords(i18n, problem);
    }
  };
  const fact = (name: string, children: ReactNode) => (
    <div key={name} className={page['fact']}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
  const edited = (
    name: string,
    value: string,
    store: (text: string) => Promise<string | null>,
    shown = value,
  ) =>
    fact(
      name,
      <EditInPlace
        label={name}
        value={value}
        shown={shown}
        emptyText={t({ message: 'add', comment: 'Stands where a field is empty: ergänzen' })}
        buttonLabel={value === '' ? t`${name}: add` : t`${name}: ${shown}, edit`}
        maxLength={500}
        onSave={store}
      />,
    );
  return (
    <dl className={page['facts']}>
      {edited(t`Name`, organisation.name, async (text) =>
        text.trim() === '' ? t`Enter a name; the rest can wait.` : save({ name: text.trim() }),
      )}
      {edited(
        t({ message: 'Place', comment: 'Town of a customer: Ort' }),
        organisation.city ?? '',
        (text) => save({ city: text.trim() || null }),
      )}
      {edited(t`Website`, organisation.website ?? '', (text) =>
        save({ website: (customValueFrom('link', text, decimalPoint) as string | null) ?? null }),
      )}
      {fields.map((field) => {
        const value = organisation.custom[field.key] ?? null;
        const shown = shownCustomValue(field, value, formats);
        const text =
          value === null
            ? ''
            : String(value).replace('.', field.kind === 'number' ? decimalPoint : '.');
        return edited(
          field.label,
          text,
          async (entered) => {
            const read = customValueFrom(field.kind, entered, decimalPoint);
            if (read === undefined) return t`Enter a number, for example 1250.5.`;
            return save({ custom: { [field.key]: read } });
          },
          shown,
        );
      })}
    </dl>
  );
}

function Members({ members }: { members: readonly CustomerHit[] }) {
  const { t } = useLingui();
  const [, goTo] = useLocation();
  const showCustomer = useDeskStore((state) => state.showCustomer);
  return (
    <>
      <h2>
        <Trans>Members</Trans>
      </h2>
      {members.length === 0 ? (
        <p className={page['soft']}>
          <Trans>Nobody belongs to it yet. Choose it in the details of a customer.</Trans>
        </p>
      ) : (
        <ul className={page['rows']} aria-label={t`Members`}>
          {members.map(({ id, name, city }) => (
            <li key={id} className={page['row']}>
              <div className={page['words']}>
                <Button
                  variant="link"
                  size="small"
                  onPress={() => {
                    showCustomer(id);
                    goTo('/');
                  }}
                >
                  {name}
                </Button>
              </div>
              <span className={page['soft']}>{city}</span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function Remove({
  organisation,
  onRemoved,
}: {
  organisation: Organisation;
  onRemoved: () => void;
}) {
  const { t } = useLingui();
  const core = useCore();
  const [asking, setAsking] = useState(false);
  const { act, busy, problem } = useAct();
  return (
    <>
      <Button size="small" icon={<Trash2 aria-hidden="true" />} onPress={() => setAsking(true)}>
        <Trans>Delete</Trans>
      </Button>
      <Dialog
        title={t`Delete ${organisation.name}`}
        role="alertdialog"
        isOpen={asking}
        onClose={() => setAsking(false)}
        actions={
          <>
            <Button onPress={() => setAsking(false)}>
              <Trans>Cancel</Trans>
            </Button>
            <Button
              variant="primary"
              isPending={busy}
              onPress={() =>
                act(async () => {
                  await core.organisations.remove({ organisationId: organisation.id });
                  onRemoved();
                })
              }
            >
              <Trans>Delete</Trans>
            </Button>
          </>
        }
      >
        <p>
          <Trans>Its members stay in the book; they belong to no organisation then.</Trans>
        </p>
        {problem === null ? null : <Notice tone="problem">{problem}</Notice>}
      </Dialog>
    </>
  );
}
