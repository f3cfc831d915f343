import { Trans, useLingui } from '@lingui/react/macro';
import { BellOff } from 'lucide-react';
import { useState } from 'react';
import type { IgnoreAction } from '../../../preload/contract/vocabulary.ts';
import { Button } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';
import { useCore } from '../../core-client/queries.ts';
import { useDesk } from '../../desk-state/desk-context.ts';
import { useAct } from './use-act.ts';
import styles from './who-is-it.module.css';

interface IgnoreNumberProps {
  callId: string;
  number: string;
  ignored: IgnoreAction | null;
}

/** Lets calls of a number that nobody knows ring no more, or hear busy; and back again. */
export function IgnoreNumber({ callId, number, ignored }: IgnoreNumberProps) {
  const { t } = useLingui();
  const core = useCore();
  const { contexts } = useDesk();
  const { act, busy, problem } = useAct();
  const [open, setOpen] = useState(false);
  const put = (action: IgnoreAction | null) =>
    act(async () => {
      if (action === null) await core.work.unignore({ number });
      else await core.work.ignore({ number, action });
      const context = contexts.get(callId);
      if (context !== null) contexts.set(callId, { ...context, ignored: action });
      setOpen(false);
    });
  return (
    <div className={styles['actions']}>
      {problem === null ? null : <Notice tone="problem">{problem}</Notice>}
      {ignored !== null ? (
        <>
          <span className={styles['soft']}>
            {ignored === 'quiet' ? (
              <Trans>Ignored: it does not ring.</Trans>
            ) : (
              <Trans>Ignored: it hears busy.</Trans>
            )}
          </span>
          <Button size="small" variant="quiet" isDisabled={busy} onPress={() => put(null)}>
            <Trans>No longer ignore</Trans>
          </Button>
        </>
      ) : open ? (
        <>
          <Button size="small" isDisabled={busy} onPress={() => put('quiet')}>
            {t({ message: 'Show, do not ring', comment: 'What an ignored number may still do' })}
          </Button>
          <Button size="small" isDisabled={busy} onPress={() => put('reject')}>
            {t({ message: 'Hears busy', comment: 'What an ignored number may still do' })}
          </Button>
          <Button size="small" variant="quiet" onPress={() => setOpen(false)}>
            <Trans>Cancel</Trans>
          </Button>
        </>
      ) : (
        <Button
          size="small"
          variant="quiet"
          icon={<BellOff aria-hidden="true" />}
          onPress={() => setOpen(true)}
        >
          <Trans>Ignore this number</Trans>
        </Button>
      )}
    </div>
  );
}
