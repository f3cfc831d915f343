import { Trans, useLingui } from '@lingui/react/macro';
import { Select } from '../../components/choice-field.tsx';
import { Notice } from '../../components/notice.tsx';
import { Switch } from '../../components/toggle.tsx';
import { coreProblemInWords } from '../../language/words/problems.ts';
import { Colleagues } from './colleagues.tsx';
import { GlobalKeys } from './global-keys.tsx';
import { IgnoredNumbers } from './ignored-numbers.tsx';
import { useChangeSettings } from './use-change-settings.ts';

const NEVER = 'never';
const AUTO_ANSWER_SECONDS = [0, 2, 5, 10, 20];

/** How calls come in, and what reaches the agent outside this window. */
export function CallsSection() {
  const { t, i18n } = useLingui();
  const { settings, change, problem } = useChangeSettings();
  const seconds = settings.autoAnswerSeconds;
  const offered =
    seconds === null || AUTO_ANSWER_SECONDS.includes(seconds)
      ? AUTO_ANSWER_SECONDS
      : [...AUTO_ANSWER_SECONDS, seconds].sort((one, other) => one - other);
  // Only the desktop program can come up before other windows.
  const desktop = window.anklang !== undefined;
  return (
    <>
      {problem === null ? null : (
        <Notice tone="problem">{coreProblemInWords(i18n, problem)}</Notice>
      )}
      <Select
        label={t`A second call while one is going on`}
        choices={[
          { id: 'wait', text: t`waits and sounds softly` },
          { id: 'busy', text: t`hears busy` },
        ]}
        value={settings.callWaiting}
        onChange={(choice) => change({ callWaiting: choice === 'busy' ? 'busy' : 'wait' })}
      />
      <Select
        label={t`Answer by itself`}
        description={t`Never while another call is going on.`}
        choices={[
          {
            id: NEVER,
            text: t({ message: 'Never', comment: 'Calls are not answered by themselves' }),
          },
          ...offered.map((after) => ({
            id: String(after),
            text: after === 0 ? t`At once` : t`After ${after} seconds`,
          })),
        ]}
        value={seconds === null ? NEVER : String(seconds)}
        onChange={(choice) =>
          change({ autoAnswerSeconds: choice === null || choice === NEVER ? null : Number(choice) })
        }
      />
      {desktop ? (
        <>
          <Switch
            isSelected={settings.ringInFront}
            onChange={(ringInFront) =>
              change(ringInFront ? { ringInFront } : { ringInFront, ringOverFullScreen: false })
            }
            description={t`Otherwise a call is only announced by a notification.`}
          >
            <Trans>A call brings the desk before other windows</Trans>
          </Switch>
          <Switch
            isSelected={settings.ringOverFullScreen}
            isDisabled={!settings.ringInFront}
            onChange={(ringOverFullScreen) => change({ ringOverFullScreen })}
          >
            <Trans>Also over programs that fill the screen</Trans>
          </Switch>
          <GlobalKeys
            key={JSON.stringify(settings.globalKeys)}
            stored={settings.globalKeys}
            onChange={(globalKeys) => change({ globalKeys })}
          />
        </>
      ) : null}
      <IgnoredNumbers />
      <Colleagues
        colleagues={settings.colleagues}
        onChange={(colleagues) => change({ colleagues })}
      />
    </>
  );
}
