import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { Button } from '../../components/button.tsx';
import { Select } from '../../components/choice-field.tsx';
import { Meter } from '../../components/meter.tsx';
import { Notice } from '../../components/notice.tsx';
import { Slider } from '../../components/slider.tsx';
import { Switch } from '../../components/toggle.tsx';
import { useDesk } from '../../desk-state/desk-context.ts';
import { phoneProblemInWords } from '../../language/words/calls.ts';
import { coreProblemInWords } from '../../language/words/problems.ts';
import type { AudioDevice } from '../../phone/media/devices.ts';
import type { MicrophoneProblem } from '../../phone/media-port.ts';
import { DeviceTest } from './device-test.tsx';
import { HeadsetKeys } from './headset-keys.tsx';
import styles from './section.module.css';
import { useChangeSettings } from './use-change-settings.ts';

/** The list's entry for "as the system has it"; no device has an empty id here. */
const SYSTEM = 'system';

export function SoundSection() {
  const { t, i18n } = useLingui();
  const { media } = useDesk();
  const devices = useSyncExternalStore(media.subscribe, media.devices);
  const blocked = useSyncExternalStore(media.subscribe, media.soundBlocked);
  const { settings, change, problem } = useChangeSettings();
  const [volume, setVolume] = useState(settings.ringVolume);
  const [testing, setTesting] = useState(false);

  const choicesOf = (list: readonly AudioDevice[], chosen: string | null) => {
    const choices = list.map(({ deviceId, label }, index) => ({
      id: deviceId,
      text: label || t`Device ${index + 1}`,
    }));
    if (chosen !== null && !list.some(({ deviceId }) => deviceId === chosen)) {
      choices.push({ id: chosen, text: t`Chosen earlier, not plugged in now` });
    }
    return [{ id: SYSTEM, text: t`As the system has it` }, ...choices];
  };
  const idOf = (choice: string | null) => (choice === SYSTEM ? null : choice);

  return (
    <>
      {problem === null ? null : (
        <Notice tone="problem">{coreProblemInWords(i18n, problem)}</Notice>
      )}
      {blocked ? (
        <Notice tone="caution" announce>
          <Trans>
            The browser holds sound back until the next click or key press on this page.
          </Trans>
        </Notice>
      ) : null}
      <Microphone
        choices={choicesOf(devices.microphones, settings.microphone)}
        value={settings.microphone ?? SYSTEM}
        onChange={(choice) => change({ microphone: idOf(choice) })}
        named={devices.named}
      />
      <div className={styles['beside']}>
        <Select
          label={t({ message: 'Speaker', comment: 'Where the customer is heard' })}
          choices={choicesOf(devices.speakers, settings.speaker)}
          value={settings.speaker ?? SYSTEM}
          onChange={(choice) => change({ speaker: idOf(choice) })}
        />
        <Button onPress={() => media.playTestTone('speaker')} label={t`Test tone on the speaker`}>
          <Trans>Test tone</Trans>
        </Button>
      </div>
      <div className={styles['beside']}>
        <Select
          label={t({ message: 'Ringer', comment: 'Where it rings' })}
          description={t`It may ring somewhere else than in the headset.`}
          choices={choicesOf(devices.speakers, settings.ringer)}
          value={settings.ringer ?? SYSTEM}
          onChange={(choice) => change({ ringer: idOf(choice) })}
        />
        <Button onPress={() => media.playTestTone('ringer')} label={t`Test tone on the ringer`}>
          <Trans>Test tone</Trans>
        </Button>
      </div>
      <Slider
        label={t`Ring volume`}
        value={volume}
        onChange={setVolume}
        onChangeEnd={(ringVolume) => change({ ringVolume })}
      />
      <Switch
        isSelected={settings.echoCancellation}
        onChange={(echoCancellation) => change({ echoCancellation })}
        description={t`Keeps the customer from hearing themselves. Needed without a headset.`}
      >
        <Trans>Echo cancellation</Trans>
      </Switch>
      <Switch
        isSelected={settings.autoGain}
        onChange={(autoGain) => change({ autoGain })}
        description={t`Evens out a voice that is now near, now far.`}
      >
        <Trans>Automatic gain</Trans>
      </Switch>
      <Switch
        isSelected={settings.noiseSuppression !== 'off'}
        onChange={(on) => change({ noiseSuppression: on ? 'browser' : 'off' })}
        description={t`Takes away steady noise, for example of fans.`}
      >
        <Trans>Noise suppression</Trans>
      </Switch>
      <Switch
        isSelected={settings.noiseSuppression === 'strong'}
        onChange={(on) => change({ noiseSuppression: on ? 'strong' : 'browser' })}
        description={t`Takes away sounds that come and go as well, for example of keys and dishes. Needs more computing power.`}
      >
        <Trans>Strong noise suppression</Trans>
      </Switch>
      <HeadsetKeys on={settings.headset} onChange={(headset) => change({ headset })} />
      <div>
        <Button onPress={() => setTesting(true)}>
          {t({ message: 'Device test', comment: 'Dialog: tries microphone and loudspeakers' })}
        </Button>
      </div>
      <DeviceTest isOpen={testing} onClose={() => setTesting(false)} />
    </>
  );
}

interface MicrophoneProps {
  choices: { id: string; text: string }[];
  value: string;
  onChange: (choice: string | null) => void;
  named: boolean;
}

/** The level is shown only while the agent tries it, so that the microphone is not open otherwise. */
function Microphone({ choices, value, onChange, named }: MicrophoneProps) {
  const { t, i18n } = useLingui();
  const { media } = useDesk();
  const [level, setLevel] = useState<number | null>(null);
  const [problem, setProblem] = useState<MicrophoneProblem | null>(null);
  const stop = useRef<(() => void) | null>(null);
  const trying = level !== null;

  useEffect(() => () => stop.current?.(), []);

  const end = () => {
    stop.current?.();
    stop.current = null;
    setLevel(null);
  };
  const begin = async () => {
    setProblem(null);
    const metering = await media.meterMicrophone(setLevel);
    if ('problem' in metering) return setProblem(metering.problem);
    stop.current = metering;
    setLevel(0);
    return undefined;
  };

  return (
    <>
      <div className={styles['beside']}>
        <Select
          label={t`Microphone`}
          description={
            named ? undefined : t`Devices show their names once the microphone has been allowed.`
          }
          choices={choices}
          value={value}
          onChange={(choice) => {
            end();
            onChange(choice);
          }}
        />
        <Button onPress={() => (trying ? end() : void begin())}>
          {trying ? <Trans>Stop trying</Trans> : <Trans>Try the microphone</Trans>}
        </Button>
      </div>
      {trying ? (
        <Meter
          label={t`Level`}
          value={level}
          text={level > 0.25 ? t`You can be heard` : t`Say something`}
        />
      ) : null}
      {problem === null ? null : (
        <Notice tone="problem">{phoneProblemInWords(i18n, problem)}</Notice>
      )}
    </>
  );
}
