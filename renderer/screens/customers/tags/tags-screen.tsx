import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Tags as TagsPicture, Trash2 } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { useLocation } from 'wouter';
import type { KnownTag } from '../../../../preload/contract/clean-book.ts';
import { Button, IconButton } from '../../../components/button.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import { EditInPlace } from '../../../components/edit-in-place.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { Notice } from '../../../components/notice.tsx';
import { PageHead } from '../../../components/page-head.tsx';
import { Skeleton } from '../../../components/skeleton.tsx';
import { TextField } from '../../../components/text-field.tsx';
import { useKnownTags } from '../../../core-client/book-queries.ts';
import { coreProblemOf } from '../../../core-client/core-error.ts';
import { useCore } from '../../../core-client/queries.ts';
import { coreProblemInWords } from '../../../language/words/problems.ts';
import { useAct } from '../../desk/use-act.ts';
import page from '../book-page.module.css';
import { TagWorkBar } from './tag-work-bar.tsx';

/** Every tag in use: renamed, brought together and deleted for all customers at once. */
export default function TagsScreen() {
  const { t, i18n } = useLingui();
  const [, goTo] = useLocation();
  const [text, setText] = useState('');
  const { data: tags, error } = useKnownTags(useDeferredValue(text.trim()), 100);
  return (
    <section className={page['screen']} aria-label={t`Tags`}>
      <PageHead title={t`Tags`} back={t`Back to the customers`} onBack={() => goTo('/customers')} />
      <div className={page['search']}>
        <TextField
          label={t`Find a tag`}
          hideLabel
          placeholder={t`Find a tag`}
          type="search"
          value={text}
          onChange={setText}
        />
      </div>
      <TagWorkBar />
      {error ? <Notice tone="problem">{coreProblemInWords(i18n, error.problem)}</Notice> : null}
      {tags === undefined && !error ? <Skeleton label={t`The tags are being read`} /> : null}
      {tags?.length === 0 ? (
        <EmptyState picture={<TagsPicture aria-hidden="true" />}>
          {text.trim() === '' ? (
            <Trans>No customer has a tag yet. Tags are given in a customer’s details.</Trans>
          ) : (
            <Trans>No tag begins like this.</Trans>
          )}
        </EmptyState>
      ) : null}
      {tags && tags.length > 0 ? (
        <ul className={page['rows']} aria-label={t`Tags`}>
          {tags.map((tag) => (
            <TagRow key={tag.tag} known={tag} />
          ))}
        </ul>
      ) : null}
    </section>
  );
}

function TagRow({ known }: { known: KnownTag }) {
  const { t, i18n } = useLingui();
  const core = useCore();
  const [asking, setAsking] = useState(false);
  const { act, busy, problem } = useAct();
  const { tag, customers } = known;
  const count = t`${plural(customers, { one: '# customer', other: '# customers' })}`;
  const rename = async (to: string): Promise<string | null> => {
    if (to.trim() === '') return t`Enter a name for the tag.`;
    try {
      await core.tags.rename({ from: tag, to: to.trim() });
      return null;
    } catch (thrown) {
      return coreProblemInWords(i18n, coreProblemOf(thrown));
    }
  };
  return (
    <li className={page['row']}>
      <div className={page['words']}>
        <EditInPlace
          label={t`Name of the tag ${tag}`}
          value={tag}
          emptyText={tag}
          buttonLabel={t`${tag}, rename`}
          maxLength={50}
          description={t`A name that is known already takes both together.`}
          onSave={rename}
        />
      </div>
      <span className={page['soft']}>{count}</span>
      <IconButton
        size="small"
        label={t`Delete the tag ${tag}`}
        icon={<Trash2 aria-hidden="true" />}
        onPress={() => setAsking(true)}
      />
      <Dialog
        title={t`Delete the tag ${tag}`}
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
                  await core.tags.remove({ tag });
                  setAsking(false);
                })
              }
            >
              <Trans>Delete</Trans>
            </Button>
          </>
        }
      >
        <p>
          <Trans>
            It is taken from {count}. Each customer’s history keeps it, so that it can be set back
            one by one.
          </Trans>
        </p>
        {problem === null ? null : <Notice tone="problem">{problem}</Notice>}
      </Dialog>
    </li>
  );
}
