import { Trans, useLingui } from '@lingui/react/macro';
import { useDeferredValue, useEffect, useMemo, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';
import { useLikeness } from '../../core-client/book-queries.ts';
import { duplicateReasonInWords } from '../../language/words/clean-book.ts';
import styles from './customer-dialog.module.css';
import { type CustomerForm, likenessQuestionFrom } from './customer-form.ts';

interface LikenessHintProps {
  form: CustomerForm;
  customerId: string | null;
  onOpen: (customerId: string) => void;
}

/** Typing goes before: the book is asked once it pauses, ms. */
const PAUSE = 200;

/** Says who is in the book already while somebody is entered; entering goes on all the same. */
export function LikenessHint({ form, customerId, onOpen }: LikenessHintProps) {
  const { t, i18n } = useLingui();
  const settled = useSettled(useDeferredValue(form));
  const question = useMemo(() => likenessQuestionFrom(settled, customerId), [settled, customerId]);
  const { data } = useLikeness(question);
  if (question === null || !data || data.length === 0) return null;
  const duplicates = data.filter(({ kind }) => kind === 'duplicate');
  return (
    <Notice tone={duplicates.length > 0 ? 'caution' : 'info'} announce>
      <p>
        {duplicates.length > 0 ? (
          <Trans>Probably in the book already. Saving makes a second record all the same.</Trans>
        ) : (
          <Trans>Somebody with this number or address is in the book, under another name.</Trans>
        )}
      </p>
      <ul className={styles['alike']}>
        {data.map(({ hit, reasons }) => (
          <li key={hit.id}>
            {customerId === null ? (
              <Button
                variant="link"
                size="small"
                label={t`Open ${hit.name}`}
                onPress={() => onOpen(hit.id)}
              >
                {hit.name}
              </Button>
            ) : (
              <strong>{hit.name}</strong>
            )}{' '}
            <span className={styles['soft']}>
              {[hit.company, ...reasons.map((reason) => duplicateReasonInWords(i18n, reason))]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </li>
        ))}
      </ul>
    </Notice>
  );
}

function useSettled<Value>(value: Value): Value {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
