import { useLingui } from '@lingui/react/macro';
import { Panel } from '../../../components/panel.tsx';
import { Tooltip } from '../../../components/tooltip.tsx';
import { Button as AriaButton } from 'react-aria-components';
import { usePhoneSnapshot } from '../../../desk-state/desk-context.ts';
import { isRegistered } from '../../../desk-state/presence.ts';
import { lineStateInWords } from '../../../language/words/lines.ts';
import { useCalls, useDial, usePhoneCommand } from '../use-calls.ts';
import styles from './line-states.module.css';

/** What the colleagues' lines do; a click calls one, or transfers the call to one. */
export function LineStates() {
  const { t, i18n } = useLingui();
  const snapshot = usePhoneSnapshot();
  const { current } = useCalls();
  const dial = useDial();
  const run = usePhoneCommand();
  const { lineStates } = snapshot;
  if (lineStates.length === 0) return null;
  const talking = current?.phase === 'confirmed' && current.consultationFor === null;
  const mayCall = isRegistered(snapshot) && (current === null || talking);
  const press = (target: string, name: string) => {
    if (talking) run((phone) => phone.consult(current.callId, target));
    else dial({ target, display: name });
  };
  return (
    <Panel name={t({ message: 'Line states', comment: 'Region: what colleagues’ lines do' })}>
      <ul className={styles['list']}>
        {lineStates.map(({ uri, name, state }) => (
          <li key={uri}>
            <Tooltip text={talking ? t`Consult ${name} about this call` : t`Call ${name}`}>
              <AriaButton
                className={styles['colleague'] ?? ''}
                isDisabled={!mayCall}
                onPress={() => press(uri, name)}
              >
                <span aria-hidden="true" className={styles['mark']} data-state={state} />
                <span className={styles['name']}>{name}</span>{' '}
                <span className={styles['state']}>{lineStateInWords(i18n, state)}</span>
              </AriaButton>
            </Tooltip>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
