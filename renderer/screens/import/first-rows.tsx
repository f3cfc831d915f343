import { msg } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import type { ImportPreview, PreviewRow } from '../../../preload/contract/exchange.ts';
import {
  REJECT_REASONS,
  type RejectReason,
  type SkipReason,
} from '../../../preload/contract/exchange-words.ts';
import { Tag } from '../../components/tag.tsx';
import { useFormats, useShownNumber } from '../../language/use-formats.ts';
import {
  refusedFieldInWords,
  rejectReasonInWords,
  skipReasonInWords,
} from '../../language/words/exchange.ts';
import styles from './import-screen.module.css';

const OUTCOMES = {
  created: msg`new`,
  updated: msg`changed`,
  skipped: msg`skipped`,
  rejected: msg`rejected`,
} as const;

/** What the first rows of the file would become, as the columns stand now. */
export function FirstRows({ preview }: { preview: ImportPreview }) {
  const { t, i18n } = useLingui();
  const formats = useFormats();
  const shownNumber = useShownNumber();
  const isPeople = preview.kind === 'customers';
  return (
    <div className={styles['scroll']} role="region" aria-label={t`First rows`} tabIndex={0}>
      <table className={styles['table']}>
        <thead>
          <tr>
            <th scope="col">
              <Trans>Line</Trans>
            </th>
            <th scope="col">
              <Trans>What happens</Trans>
            </th>
            {isPeople ? null : (
              <th scope="col">
                <Trans>Date</Trans>
              </th>
            )}
            <th scope="col">
              <Trans>Name</Trans>
            </th>
            <th scope="col">
              <Trans>Numbers</Trans>
            </th>
            <th scope="col">
              <Trans>E-mail addresses</Trans>
            </th>
            <th scope="col">
              <Trans>Text</Trans>
            </th>
          </tr>
        </thead>
        <tbody>
          {preview.rows.map((row) => (
            <tr key={row.line}>
              <td className={styles['line']}>{row.line}</td>
              <td>
                <Tag>{i18n._(OUTCOMES[row.outcome])}</Tag> {reasonOf(row)}
              </td>
              {isPeople ? null : <td>{row.at === null ? '' : formats.moment(row.at)}</td>}
              <td>
                {[row.name, row.company === row.name ? null : row.company]
                  .filter(Boolean)
                  .join(', ')}
              </td>
              <td className={styles['whole']}>
                {row.numbers.map((number) => shownNumber(number)).join(',\n')}
              </td>
              <td className={styles['whole']}>{row.emails.join(',\n')}</td>
              <td className={styles['samples']}>{row.text}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );

  function reasonOf({ reason, field }: PreviewRow): string {
    if (reason === null) return '';
    if (!isReject(reason)) return skipReasonInWords(i18n, reason);
    const words = rejectReasonInWords(i18n, reason);
    return field === null ? words : `${refusedFieldInWords(i18n, field)}: ${words}`;
  }
}

function isReject(reason: RejectReason | SkipReason): reason is RejectReason {
  return (REJECT_REASONS as readonly string[]).includes(reason);
}
