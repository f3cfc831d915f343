import type { I18n } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Check, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';
import { type CoreProblem, coreProblemOf } from '../../core-client/core-error.ts';
import { useAccount, useCore } from '../../core-client/queries.ts';
import type { Formats } from '../../language/formats.ts';
import { useFormats } from '../../language/use-formats.ts';
import { connectionProblemInWords } from '../../language/words/connection.ts';
import { coreProblemInWords } from '../../language/words/problems.ts';
import type { NetworkStep } from '../../phone/sip/network-test.ts';
import styles from './network-test.module.css';

/** Each part of the way to the telephone network, tried one after the other. */
export function NetworkTest() {
  const { t, i18n } = useLingui();
  const formats = useFormats();
  const core = useCore();
  const account = useAccount();
  const [steps, setSteps] = useState<readonly NetworkStep[]>([]);
  const [running, setRunning] = useState(false);
  const [problem, setProblem] = useState<CoreProblem | null>(null);
  const here = useRef(true);
  useEffect(() => {
    here.current = true;
    return () => {
      here.current = false;
    };
  }, []);

  const run = async () => {
    setSteps([]);
    setProblem(null);
    setRunning(true);
    try {
      const credentials = await core.account.credentials({});
      const { networkTest } = await import('../../phone/sip/network-test.ts');
      await networkTest({
        ...credentials,
        onStep: (step) => here.current && setSteps((known) => [...known, step]),
      });
    } catch (thrown) {
      if (here.current) setProblem(coreProblemOf(thrown));
    } finally {
      if (here.current) setRunning(false);
    }
  };

  if (account === null) {
    return (
      <p className={styles['soft']}>
        <Trans>The network can be tested once an account is set up.</Trans>
      </p>
    );
  }
  return (
    <div className={styles['test']}>
      <div>
        <Button isPending={running} onPress={() => void run()}>
          {t({ message: 'Test the network', comment: 'Button' })}
        </Button>
      </div>
      {problem === null ? null : (
        <Notice tone="problem">{coreProblemInWords(i18n, problem)}</Notice>
      )}
      <ol className={styles['steps']} aria-live="polite" aria-label={t`Result of the network test`}>
        {steps.map((step) => (
          <li key={`${step.step} ${step.server}`} className={styles['step']}>
            {step.ok ? (
              <Check aria-hidden="true" className={styles['ok']} />
            ) : (
              <X aria-hidden="true" className={styles['failed']} />
            )}
            <span>
              <span className={styles['name']}>{stepInWords(i18n, step)}</span>{' '}
              <span className={styles['soft']}>{step.server}</span>
              <br />
              {resultInWords(i18n, formats, step)}
            </span>
          </li>
        ))}
      </ol>
    </div>
  );
}

function stepInWords(i18n: I18n, { step }: NetworkStep): string {
  switch (step) {
    case 'socket':
      return i18n._(msg`Connection to the server`);
    case 'register':
      return i18n._(msg({ message: 'Registering', comment: 'Step of the network test' }));
    case 'stun':
      return i18n._(msg`STUN server`);
    case 'turn':
      return i18n._(msg`TURN server`);
    case 'echo':
      return i18n._(msg`Echo of sound packets`);
  }
}

function resultInWords(i18n: I18n, formats: Formats, step: NetworkStep): string {
  const ms = formats.number(step.ms);
  if (step.ok && step.lossPercent !== null) {
    const loss = formats.number(step.lossPercent, 1);
    return i18n._(msg`works · ${ms} ms there and back · ${loss} % lost`);
  }
  if (step.ok) return i18n._(msg`works · ${ms} ms`);
  switch (step.problem) {
    case 'noCandidate':
      return i18n._(msg`The server gave no address. Check its address, user and password.`);
    case 'noEcho':
      return i18n._(msg`Nothing came back. A firewall may hold back sound (UDP).`);
    case null:
      return i18n._(msg`does not work`);
    default: {
      const words = connectionProblemInWords(i18n, step.problem);
      return step.sipCode === null ? words : `${words} (SIP ${step.sipCode})`;
    }
  }
}
