import { Trans, useLingui } from '@lingui/react/macro';
import { Volume2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Meter } from '../../components/meter.tsx';
import { Notice } from '../../components/notice.tsx';
import { useDesk } from '../../desk-state/desk-context.ts';
import { phoneProblemInWords } from '../../language/words/calls.ts';
import type { MicrophoneProblem } from '../../phone/media-port.ts';
import styles from './device-test.module.css';

/** Microphone, loudspeaker and ringer, tried one after the other before the first call. */
export function DeviceTest({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useLingui();
  return (
    <Dialog
      title={t({ message: 'Device test', comment: 'Dialog: tries microphone and loudspeakers' })}
      isOpen={isOpen}
      onClose={onClose}
      actions={
        <Button variant="primary" onPress={onClose}>
          {t({ message: 'Done', comment: 'Button: closes a dialog' })}
        </Button>
      }
    >
      <ol className={styles['steps']}>
        <li>
          <h3 className={styles['name']}>
            <Trans>Microphone</Trans>
          </h3>
          <Level />
        </li>
        <li>
          <h3 className={styles['name']}>
            <Trans>Speaker and ringer</Trans>
          </h3>
          <Tones />
        </li>
        <li>
          <h3 className={styles['name']}>
            <Trans>Your own voice</Trans>
          </h3>
          <OwnVoice />
        </li>
      </ol>
    </Dialog>
  );
}

/** Open for as long as the dialog is. */
function Level() {
  const { t, i18n } = useLingui();
  const { media } = useDesk();
  const [level, setLevel] = useState(0);
  const [problem, setProblem] = useState<MicrophoneProblem | null>(null);
  useEffect(() => {
    let here = true;
    let stop: (() => void) | null = null;
    void media
      .meterMicrophone((now) => here && setLevel(now))
      .then((metering) => {
        if ('problem' in metering) {
          if (here) setProblem(metering.problem);
        } else if (here) stop = metering;
        else metering();
      });
    return () => {
      here = false;
      stop?.();
    };
  }, [media]);
  if (problem !== null) {
    return <Notice tone="problem">{phoneProblemInWords(i18n, problem)}</Notice>;
  }
  return (
    <Meter
      label={t`Level`}
      value={level}
      text={level > 0.25 ? t`You can be heard` : t`Say something`}
    />
  );
}

function Tones() {
  const { t } = useLingui();
  const { media } = useDesk();
  return (
    <div className={styles['buttons']}>
      <Button icon={<Volume2 aria-hidden="true" />} onPress={() => media.playTestTone('speaker')}>
        {t`Test tone on the speaker`}
      </Button>
      <Button icon={<Volume2 aria-hidden="true" />} onPress={() => media.playTestTone('ringer')}>
        {t`Test tone on the ringer`}
      </Button>
    </div>
  );
}

function OwnVoice() {
  const { i18n } = useLingui();
  const { media } = useDesk();
  const [hearing, setHearing] = useState(false);
  const [problem, setProblem] = useState<MicrophoneProblem | null>(null);
  const stop = useRef<(() => void) | null>(null);
  useEffect(
    () => () => {
      stop.current?.();
      stop.current = null;
    },
    [],
  );
  const end = () => {
    stop.current?.();
    stop.current = null;
    setHearing(false);
  };
  const begin = async () => {
    setProblem(null);
    setHearing(true);
    const echo = await media.hearOneself();
    if ('problem' in echo) {
      setHearing(false);
      setProblem(echo.problem);
    } else stop.current = echo;
  };
  return (
    <>
      <p className={styles['soft']}>
        <Trans>
          What you say comes back a second later, as the customer hears it. Use a headset, or it
          whistles.
        </Trans>
      </p>
      <div className={styles['buttons']}>
        <Button onPress={() => (hearing ? end() : void begin())}>
          {hearing ? <Trans>Stop hearing yourself</Trans> : <Trans>Hear yourself</Trans>}
        </Button>
      </div>
      {problem === null ? null : (
        <Notice tone="problem">{phoneProblemInWords(i18n, problem)}</Notice>
      )}
    </>
  );
}
