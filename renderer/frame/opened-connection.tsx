// A connection link that was opened elsewhere: asked about wherever the agent is.
import { Trans } from '@lingui/react/macro';
import { useLingui } from '@lingui/react/macro';
import { Notice } from '../components/notice.tsx';
import { useConnectionLinks } from '../desk-state/connection-links.ts';
import { coreProblemInWords } from '../language/words/problems.ts';
import { Unfit, useConnecting } from '../screens/settings/connections/use-connecting.tsx';
import styles from './frame.module.css';

export function OpenedConnection() {
  const { i18n } = useLingui();
  const { look, unfit, refuse, problem, dialogs } = useConnecting();
  useConnectionLinks((link) => void look(link));
  return (
    <>
      {unfit === null ? null : (
        <Notice
          tone="problem"
          announce
          action={
            <button type="button" className={styles['seen']} onClick={() => refuse(null)}>
              <Trans>Understood</Trans>
            </button>
          }
        >
          <Unfit unfit={unfit} />
        </Notice>
      )}
      {problem === null ? null : (
        <Notice tone="problem" announce>
          {coreProblemInWords(i18n, problem)}
        </Notice>
      )}
      {dialogs}
    </>
  );
}
