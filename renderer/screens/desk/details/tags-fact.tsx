import { useLingui } from '@lingui/react/macro';
import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import type { Customer } from '../../../../preload/contract/customers.ts';
import { IconButton } from '../../../components/button.tsx';
import { Notice } from '../../../components/notice.tsx';
import { SuggestField } from '../../../components/suggest-field.tsx';
import { useKnownTags } from '../../../core-client/book-queries.ts';
import styles from './master-data.module.css';
import type { RecordEdit } from './use-record-edit.ts';

const MOST_SUGGESTED = 6;

/** Tags, taken away one by one and added from those that are known. */
export function TagsFact({ customer, edit }: { customer: Customer; edit: RecordEdit }) {
  const { t } = useLingui();
  const [text, setText] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const { tags } = customer;
  const known = useKnownTags(text ?? '', MOST_SUGGESTED + tags.length);
  const name = t`Tags`;
  const store = async (next: string[]) => {
    setProblem(await edit.save({ tags: next }, { name, changes: { tags } }));
  };
  const add = (tag: string) => {
    setText('');
    if (!tags.includes(tag)) void store([...tags, tag.slice(0, 50)]);
  };
  const suggestions = (known.data ?? [])
    .filter(({ tag }) => !tags.includes(tag))
    .slice(0, MOST_SUGGESTED)
    .map(({ tag, customers }) => ({ id: tag, text: tag, detail: String(customers) }));
  return (
    <div className={styles['tags']}>
      {tags.map((tag) => (
        <span key={tag} className={styles['tag']}>
          {tag}
          <IconButton
            size="small"
            label={t`Take the tag ${tag} away`}
            icon={<X aria-hidden="true" />}
            onPress={() => void store(tags.filter((other) => other !== tag))}
          />
        </span>
      ))}
      {text === null ? (
        <IconButton
          size="small"
          label={t`Add a tag`}
          icon={<Plus aria-hidden="true" />}
          onPress={() => setText('')}
        />
      ) : (
        <div className={styles['editor']}>
          <SuggestField
            label={t`Add a tag`}
            hideLabel
            autoFocus
            value={text}
            onChange={setText}
            suggestions={suggestions}
            onChoose={add}
            onEnter={add}
            onCancel={() => setText(null)}
          />
        </div>
      )}
      {problem === null ? null : <Notice tone="problem">{problem}</Notice>}
    </div>
  );
}
