import { useLingui } from '@lingui/react/macro';
import { Notice } from '../../../components/notice.tsx';
import { useFormats } from '../../../language/use-formats.ts';
import { mannerInWords, objectionInWords } from '../../../language/words/rights.ts';
import { useCustomerRights } from './use-rights.ts';

/** What the customer objects to, where nobody can miss it. */
export function ObjectionBanner({ customerId }: { customerId: string }) {
  const { t, i18n } = useLingui();
  const formats = useFormats();
  const objections = useCustomerRights(customerId)?.objections ?? [];
  return objections
    .filter(({ withdrawnAt }) => withdrawnAt === null)
    .map(({ id, kind, at, manner, note }) => (
      <Notice key={id} tone="caution">
        <strong>{t`Objects to: ${objectionInWords(i18n, kind)}`}</strong>
        {` · ${formats.date(at)} · ${mannerInWords(i18n, manner)}${note === null ? '' : ` · ${note}`}`}
      </Notice>
    ));
}
