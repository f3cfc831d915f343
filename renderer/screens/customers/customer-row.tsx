import { Trans, useLingui } from '@lingui/react/macro';
import { Pencil } from 'lucide-react';
import { EMOTIONS } from '../../../preload/contract/vocabulary.ts';
import type { FoundCustomer } from '../../../preload/contract/customer-search.ts';
import { IconButton } from '../../components/button.tsx';
import { FeelingTag } from '../../components/feeling-tag.tsx';
import { Marked } from '../../components/marked.tsx';
import { useFormats, useShownNumber } from '../../language/use-formats.ts';
import { emotionInWords } from '../../language/words/feelings.ts';
import { foundFieldInWords } from '../../language/words/search.ts';
import styles from './customer-row.module.css';

interface CustomerRowProps {
  hit: FoundCustomer;
  onOpen: (customerId: string) => void;
  onEdit: (customerId: string) => void;
}

export function CustomerRow({ hit, onOpen, onEdit }: CustomerRowProps) {
  const { t, i18n } = useLingui();
  const formats = useFormats();
  const shownNumber = useShownNumber();
  const { found, marks } = hit;
  const byNumber = found?.field === 'number';
  return (
    <div className={styles['row']}>
      <button type="button" className={styles['open']} onClick={() => onOpen(hit.id)}>
        <span className={styles['who']}>
          <span className={styles['name']}>
            <Marked text={hit.name} marks={marks.name} />
          </span>
          <span className={styles['soft']}>
            {found === null || byNumber ? (
              <>
                {hit.company === null ? null : <Marked text={hit.company} marks={marks.company} />}
                {hit.company === null || hit.city === null ? null : ', '}
                {hit.city === null ? null : <Marked text={hit.city} marks={marks.city} />}
              </>
            ) : (
              <>
                {foundFieldInWords(i18n, found.field)}:{' '}
                <Marked text={found.text} marks={found.marks} />
              </>
            )}
          </span>
        </span>
        <span className={styles['number']}>
          {byNumber ? (
            <Marked text={found.text} marks={found.marks} />
          ) : hit.number === null ? null : (
            shownNumber(hit.number)
          )}
        </span>
        <span className={styles['last']}>
          {hit.lastContactAt === null ? (
            <Trans>no contact yet</Trans>
          ) : (
            formats.relative(hit.lastContactAt)
          )}
        </span>
        <span className={styles['feeling']}>
          {hit.lastFeeling === null ? null : (
            <FeelingTag tone={EMOTIONS[hit.lastFeeling].tone}>
              {emotionInWords(i18n, hit.lastFeeling)}
            </FeelingTag>
          )}
        </span>
      </button>
      <IconButton
        size="small"
        label={t`Edit ${hit.name}`}
        icon={<Pencil aria-hidden="true" />}
        onPress={() => onEdit(hit.id)}
      />
    </div>
  );
}
