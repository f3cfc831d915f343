import { useLingui } from '@lingui/react/macro';
import type { ContactEntry } from '../../../../preload/contract/customers.ts';
import type { Feeling } from '../../../../preload/contract/shapes.ts';
import { Button } from '../../../components/button.tsx';
import { Notice } from '../../../components/notice.tsx';
import { useCore } from '../../../core-client/queries.ts';
import { useFormats } from '../../../language/use-formats.ts';
import { emotionInWords } from '../../../language/words/feelings.ts';
import { useAct } from '../use-act.ts';
import styles from './rights.module.css';
import { useCustomerRights } from './use-rights.ts';

type Part = 'end' | 'peak';

/** "Customer disagrees" beside each tag of a contact, and what was disagreed with, to be taken back. */
export function DisputableFeelings({ entry }: { entry: ContactEntry }) {
  const disputed = useCustomerRights(entry.customerId)?.disputed ?? [];
  const parts: [Part, Feeling | null][] = [
    ['end', entry.end],
    ['peak', entry.peak],
  ];
  return (
    <>
      {parts.map(([part, feeling]) => {
        const against = disputed.find((one) => one.contactId === entry.id && one.part === part);
        if (against)
          return (
            <Tagged
              key={part}
              contactId={entry.id}
              part={part}
              feeling={against.feeling}
              at={against.disputedAt}
            />
          );
        return feeling === null ? null : (
          <Tagged key={part} contactId={entry.id} part={part} feeling={feeling} at={null} />
        );
      })}
    </>
  );
}

interface TaggedProps {
  contactId: string;
  part: Part;
  feeling: Feeling;
  /** When the customer disagreed; null while nobody did. */
  at: number | null;
}

function Tagged({ contactId, part, feeling, at }: TaggedProps) {
  const { t, i18n } = useLingui();
  const core = useCore();
  const formats = useFormats();
  const { act, busy, problem } = useAct();
  const word = emotionInWords(i18n, feeling.emotion);
  const say = (disputed: boolean) => act(() => core.rights.dispute({ contactId, part, disputed }));
  return (
    <span className={styles['tagged']}>
      {at === null ? (
        <Button
          variant="link"
          size="small"
          isPending={busy}
          label={t`Customer disagrees: ${word}`}
          hint={t`The tag then counts nowhere. This can be taken back.`}
          onPress={() => say(true)}
        >
          {t({ message: 'Customer disagrees', comment: 'Button beside a tag of feeling' })}
        </Button>
      ) : (
        <>
          <span className={styles['soft']}>
            {t`${word}: the customer disagreed on ${formats.date(at)}; it does not count.`}
          </span>
          <Button
            variant="link"
            size="small"
            isPending={busy}
            label={t`Take back: ${word}`}
            onPress={() => say(false)}
          >
            {t({ message: 'Take back', comment: 'Button: the disagreement is undone' })}
          </Button>
        </>
      )}
      {problem === null ? null : <Notice tone="problem">{problem}</Notice>}
    </span>
  );
}
