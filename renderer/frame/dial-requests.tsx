import { Trans, useLingui } from '@lingui/react/macro';
import { useLocation } from 'wouter';
import type { DialRequest } from '../../preload/contract/api.ts';
import { Button } from '../components/button.tsx';
import { Notice } from '../components/notice.tsx';
import { useCore, useDialRequests } from '../core-client/queries.ts';
import { useDesk } from '../desk-state/desk-context.ts';
import { dialFor } from '../desk-state/dial-for-others.ts';
import { useShownNumber } from '../language/use-formats.ts';
import styles from './frame.module.css';

/** What other programs want dialled: the agent says yes or no. */
export function DialRequests() {
  const requests = useDialRequests();
  return (requests.data ?? [])
    .filter(({ ask }) => ask)
    .map((request) => <Asked key={request.requestId} request={request} />);
}

function Asked({ request }: { request: DialRequest }) {
  const { t } = useLingui();
  const core = useCore();
  const { phone } = useDesk();
  const [, navigate] = useLocation();
  const shownNumber = useShownNumber();
  const { requestId, askedBy } = request;
  const number = shownNumber(request.number);
  const whom = request.customerName === null ? number : `${request.customerName} (${number})`;
  const dial = () => {
    navigate('/');
    void dialFor(core, phone, request);
  };
  const decline = () => {
    const result = { kind: 'declined' } as const;
    void core.connections.answerDial({ requestId, result }).catch(() => undefined);
  };
  return (
    <Notice
      tone="caution"
      announce
      action={
        <span className={styles['choices']}>
          <Button size="small" onPress={decline}>
            <Trans>Do not dial</Trans>
          </Button>
          <Button size="small" variant="primary" label={t`Dial now: ${whom}`} onPress={dial}>
            <Trans>Dial now</Trans>
          </Button>
        </span>
      }
    >
      <Trans>
        The program “{askedBy}” wants to call {whom}.
      </Trans>
    </Notice>
  );
}
