import { Trans, useLingui } from '@lingui/react/macro';
import { useDeliveries } from '../../../core-client/queries.ts';
import { useFormats } from '../../../language/use-formats.ts';
import {
  deliveryProblemInWords,
  deliveryStateInWords,
  webhookEventInWords,
} from '../../../language/words/connections.ts';
import styles from './connections.module.css';

/** The newest deliveries of one webhook and what became of each. */
export function DeliveryLog({ webhookId, name }: { webhookId: string; name: string }) {
  const { t, i18n } = useLingui();
  const formats = useFormats();
  const { data, error } = useDeliveries(webhookId);
  if (error !== null) {
    return (
      <p className={styles['soft']}>
        <Trans>The log cannot be read at the moment. Close it and try again.</Trans>
      </p>
    );
  }
  if (data === undefined) return null;
  if (data.rows.length === 0) {
    return (
      <p className={styles['soft']}>
        <Trans>Nothing has been sent yet. Send a test to try it.</Trans>
      </p>
    );
  }
  return (
    <table className={styles['log']} aria-label={t`Log of ${name}`}>
      <thead>
        <tr>
          <th scope="col">{t({ message: 'When', comment: 'Column of a log' })}</th>
          <th scope="col">{t({ message: 'What', comment: 'Column of a log' })}</th>
          <th scope="col">{t({ message: 'State', comment: 'Column of a log' })}</th>
          <th scope="col">{t({ message: 'Attempts', comment: 'Column of a log' })}</th>
        </tr>
      </thead>
      <tbody>
        {data.rows.map((delivery) => (
          <tr key={delivery.deliveryId}>
            <td>{formats.moment(delivery.at)}</td>
            <td>{webhookEventInWords(i18n, delivery.type)}</td>
            <td>
              {[
                deliveryStateInWords(i18n, delivery.state),
                deliveryProblemInWords(i18n, delivery),
                delivery.nextAt === null ? null : t`again ${formats.moment(delivery.nextAt)}`,
              ]
                .filter(Boolean)
                .join(', ')}
            </td>
            <td>{delivery.attempts}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
