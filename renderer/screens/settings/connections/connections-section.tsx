import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from '../../../components/button.tsx';
import { Notice } from '../../../components/notice.tsx';
import { Skeleton } from '../../../components/skeleton.tsx';
import { useConnections } from '../../../core-client/queries.ts';
import { ApiAccess } from './api-access.tsx';
import { ApiTokens } from './api-tokens.tsx';
import { ConnectPart } from './connect-part.tsx';
import { OutsideLinksPart } from './outside-links-part.tsx';
import { Webhooks } from './webhooks.tsx';

/** Everything that joins the desk to other programs. */
export function ConnectionsSection() {
  const { t } = useLingui();
  const { data, error, refetch } = useConnections();
  if (data === undefined) {
    return error === null ? (
      <Skeleton lines={6} label={t`Looking up what is set …`} />
    ) : (
      <Notice
        tone="problem"
        action={
          <Button size="small" onPress={() => void refetch()}>
            <Trans>Try again</Trans>
          </Button>
        }
      >
        <Trans>The connections cannot be read at the moment.</Trans>
      </Notice>
    );
  }
  return (
    <>
      <ConnectPart connections={data.connections} ready={data.ready} />
      <ApiAccess api={data.api} policy={data.policy} />
      <ApiTokens tokens={data.tokens} />
      <Webhooks webhooks={data.webhooks} privateTargets={data.policy.privateTargets} />
      <OutsideLinksPart links={data.links} />
    </>
  );
}
