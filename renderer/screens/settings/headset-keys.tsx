import { Trans, useLingui } from '@lingui/react/macro';
import { useState, useSyncExternalStore } from 'react';
import { Button } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';
import { Switch } from '../../components/toggle.tsx';
import { useDesk } from '../../desk-state/desk-context.ts';
import styles from './section.module.css';

/** The keys on a headset; there only where the browser can reach them. */
export function HeadsetKeys({ on, onChange }: { on: boolean; onChange: (on: boolean) => void }) {
  const { t } = useLingui();
  const { headset } = useDesk();
  const names = useSyncExternalStore(headset.subscribe, headset.connected);
  const [none, setNone] = useState(false);
  if (!headset.available()) return null;
  const choose = () => {
    setNone(false);
    void headset.choose().then((chosen) => setNone(!chosen));
  };
  const listed = names.join(', ');
  return (
    <>
      <Switch
        isSelected={on}
        onChange={onChange}
        description={t`Answer, hang up and mute on the headset; its lights follow the call.`}
      >
        <Trans>Keys on the headset</Trans>
      </Switch>
      {on ? (
        <div className={styles['buttons']}>
          <Button onPress={choose}>
            {t({ message: 'Choose a headset', comment: 'Button: opens the list of devices' })}
          </Button>
          <p role="status" className={styles['soft']}>
            {names.length === 0 ? (
              <Trans>No headset with keys is in use.</Trans>
            ) : (
              <Trans>In use: {listed}</Trans>
            )}
          </p>
        </div>
      ) : null}
      {on && none ? (
        <Notice tone="caution" announce>
          <Trans>
            No headset was chosen, or another program holds it. Close that program and choose again.
          </Trans>
        </Notice>
      ) : null}
    </>
  );
}
