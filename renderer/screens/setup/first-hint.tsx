import { Trans } from '@lingui/react/macro';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { Button } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';
import { useAccount, useCore, useSampleStatus } from '../../core-client/queries.ts';
import styles from './first-hint.module.css';

const SEEN_KEY = 'anklang.firstHintSeen';

/** Says once, on a desk without an account, what can be done; the desk works all the same. */
export function FirstHint() {
  const core = useCore();
  const account = useAccount();
  const sample = useSampleStatus();
  const [, goTo] = useLocation();
  const [seen, setSeen] = useState(() => localStorage.getItem(SEEN_KEY) !== null);
  if (seen || account !== null || !sample.data) return null;

  const close = () => {
    localStorage.setItem(SEEN_KEY, 'yes');
    setSeen(true);
  };
  const empty = !sample.data.installed && !sample.data.running;
  return (
    <Notice
      action={
        <span className={styles['actions']}>
          {empty ? (
            <Button
              size="small"
              // What becomes of it is said in the settings, where it can be stopped.
              onPress={() => {
                core.sample.install().catch(() => undefined);
                goTo('/settings');
              }}
            >
              <Trans>Put in the sample book</Trans>
            </Button>
          ) : null}
          <Button size="small" onPress={() => goTo('/settings')}>
            <Trans>Set up an account</Trans>
          </Button>
          <Button size="small" variant="quiet" onPress={close}>
            <Trans>Not now</Trans>
          </Button>
        </span>
      }
    >
      <Trans>
        You are on the practice line: ring up customers as you like, nobody outside is called.
      </Trans>
    </Notice>
  );
}
