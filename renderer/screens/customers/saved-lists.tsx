import { Trans, useLingui } from '@lingui/react/macro';
import { ListPlus } from 'lucide-react';
import { useState } from 'react';
import type { CustomerList } from '../../../preload/contract/customer-search.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Notice } from '../../components/notice.tsx';
import { TextField } from '../../components/text-field.tsx';
import { coreProblemOf } from '../../core-client/core-error.ts';
import { useCustomerLists, useListCount } from '../../core-client/customer-queries.ts';
import { useCore } from '../../core-client/queries.ts';
import { useFormats } from '../../language/use-formats.ts';
import { coreProblemInWords } from '../../language/words/problems.ts';
import { useQueryClient } from '@tanstack/react-query';
import styles from './saved-lists.module.css';

interface SavedListsProps {
  query: string;
  onOpen: (query: string) => void;
}

type Asked = 'save' | 'rename' | 'remove' | null;

/** Saved searches: opened by a press, and kept, renamed and deleted beside it. */
export function SavedLists({ query, onOpen }: SavedListsProps) {
  const { t } = useLingui();
  const { data: lists = [] } = useCustomerLists();
  const [asked, setAsked] = useState<Asked>(null);
  const text = query.trim();
  const current = lists.find((list) => list.query === text) ?? null;
  if (lists.length === 0 && text === '') return null;
  return (
    <div
      className={styles['lists']}
      role="group"
      aria-label={t({ message: 'Lists', comment: 'Saved searches: Listen' })}
    >
      {lists.map((list) => (
        <ListChip
          key={list.id}
          list={list}
          current={list === current}
          onPress={() => onOpen(list === current ? '' : list.query)}
        />
      ))}
      {text === '' || current !== null ? null : (
        <Button
          size="small"
          icon={<ListPlus aria-hidden="true" />}
          onPress={() => setAsked('save')}
        >
          <Trans>Save as list</Trans>
        </Button>
      )}
      {current === null ? null : (
        <>
          <Button size="small" variant="quiet" onPress={() => setAsked('rename')}>
            <Trans>Rename list</Trans>
          </Button>
          <Button size="small" variant="quiet" onPress={() => setAsked('remove')}>
            <Trans>Delete list</Trans>
          </Button>
        </>
      )}
      {asked === null ? null : (
        <ListDialog asked={asked} list={current} query={text} onClose={() => setAsked(null)} />
      )}
    </div>
  );
}

function ListChip({
  list,
  current,
  onPress,
}: {
  list: CustomerList;
  current: boolean;
  onPress: () => void;
}) {
  const formats = useFormats();
  const count = useListCount(list.id);
  return (
    <button
      type="button"
      className={styles['chip']}
      aria-pressed={current}
      onClick={onPress}
      title={list.query}
    >
      {list.name}
      <span className={styles['count']}>
        {count === undefined ? '' : ` ${formats.number(count)}${count >= 2_000 ? '+' : ''}`}
      </span>
    </button>
  );
}

interface ListDialogProps {
  asked: 'save' | 'rename' | 'remove';
  list: CustomerList | null;
  query: string;
  onClose: () => void;
}

function ListDialog({ asked, list, query, onClose }: ListDialogProps) {
  const { t, i18n } = useLingui();
  const core = useCore();
  const queries = useQueryClient();
  const [name, setName] = useState(asked === 'rename' ? (list?.name ?? '') : '');
  const [problem, setProblem] = useState<string | null>(null);
  const [missing, setMissing] = useState(false);
  const titles = { save: t`Save as list`, rename: t`Rename list`, remove: t`Delete list` };

  const act = async () => {
    const chosen = name.trim();
    setMissing(asked !== 'remove' && chosen === '');
    if (asked !== 'remove' && chosen === '') return;
    try {
      if (asked === 'save') await core.customerLists.save({ name: chosen, query });
      else if (list !== null && asked === 'rename')
        await core.customerLists.rename({ listId: list.id, name: chosen });
      else if (list !== null) await core.customerLists.remove({ listId: list.id });
      await queries.invalidateQueries({ queryKey: ['customers', 'lists'] });
      onClose();
    } catch (thrown) {
      setProblem(coreProblemInWords(i18n, coreProblemOf(thrown)));
    }
  };

  return (
    <Dialog
      title={titles[asked]}
      isOpen
      onClose={onClose}
      role={asked === 'remove' ? 'alertdialog' : 'dialog'}
      actions={
        <>
          <Button onPress={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button variant="primary" onPress={() => void act()}>
            {asked === 'remove' ? <Trans>Delete</Trans> : <Trans>Save</Trans>}
          </Button>
        </>
      }
    >
      <form
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault();
          void act();
        }}
      >
        {problem === null ? null : <Notice tone="problem">{problem}</Notice>}
        {asked === 'remove' ? (
          <p>
            <Trans>The list “{list?.name}” is deleted; the customers in it stay.</Trans>
          </p>
        ) : (
          <TextField
            label={t`Name of the list`}
            description={t`It always holds who fits “${query}” at that time.`}
            value={name}
            onChange={setName}
            error={missing ? t`Enter a name for the list.` : null}
            maxLength={200}
            autoComplete="off"
            autoFocus
          />
        )}
      </form>
    </Dialog>
  );
}
