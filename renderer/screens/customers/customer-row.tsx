import { Trans, useLingui } from '@lingui/react/macro';
import { Pencil } from 'lucide-react';
import { EMOTIONS } from '../../../preload/contract/vocabulary.ts';
import type { CustomerHit } from '../../../preload/contract/customers.ts';
import { IconButton } from '../../components/button.tsx';
import { FeelingTag } from '../../components/feeling-tag.tsx';
import { useFormats, useShownNumber } from '../../language/use-formats.ts';
import { emotionInWords } from '../../language/words/feelings.ts';
import styles from './customer-row.module.css';

interface CustomerRowProps {
  hit: CustomerHit;
  onOpen: (customerId: string) => void;
  onEdit: (customerId: string) => void;
}

export function CustomerRow({ hit, onOpen, onEdit }: CustomerRowProps) {
  const { t, i18n } = useLingui();
  const formats = useFormats();
  const shownNumber = useShownNumber();
  const whereabouts = [hit.company, hit.city].filter((part) => part !== null).join(', ');
  return (
    <div className={styles['row']}>
      <button type="button" className={styles['open']} onClick={() => onOpen(hit.id)}>
        <span className={styles['who']}>
          <span className={styles['name']}>{hit.name}</span>
          <span className={styles['soft']}>{whereabouts}</span>
        </span>
        <span className={styles['number']}>
          {hit.number === null ? null : shownNumber(hit.number)}
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
