import { Trans, useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { AccountSection } from './account-section.tsx';
import { CallsSection } from './calls-section.tsx';
import { ConnectionsSection } from './connections/connections-section.tsx';
import { CueRulesSection } from './cue-rules-section.tsx';
import { DataSection } from './data-section.tsx';
import { FieldsSection } from './fields-section.tsx';
import { LookSection } from './look-section.tsx';
import { NetworkTest } from './network-test.tsx';
import { PracticeSection } from './practice-section.tsx';
import { RecordingSection } from './recording-section.tsx';
import styles from './settings-screen.module.css';
import { SipLog } from './sip-log.tsx';
import { SoundSection } from './sound-section.tsx';

export default function SettingsScreen() {
  const { t } = useLingui();
  return (
    <div className={styles['screen']}>
      <h1 className={styles['title']}>
        <Trans>Settings</Trans>
      </h1>
      <Section
        name={t`Telephone account`}
        about={t`The SIP account that this desk telephones with. Whoever runs your telephone system can tell you these.`}
      >
        <AccountSection />
      </Section>
      <Section
        name={t({ message: 'Sound', comment: 'Settings: microphone and speakers' })}
        about={t`Try everything here before the first call.`}
      >
        <SoundSection />
      </Section>
      <Section
        name={t({ message: 'Incoming calls and colleagues', comment: 'Settings' })}
        about={t`What happens when it rings, and whose lines you see.`}
      >
        <CallsSection />
      </Section>
      <Section
        name={t({ message: 'Recording of calls', comment: 'Settings' })}
        about={t`Off unless your organisation wants it.`}
      >
        <RecordingSection />
      </Section>
      <Section name={t`Language and look`} about={t`Takes effect at once.`}>
        <LookSection />
      </Section>
      <Section
        name={t`Practice and sample book`}
        about={t`To get to know the desk. Once an account is set up, none of it counts in the figures.`}
      >
        <PracticeSection />
      </Section>
      <Section
        name={t({ message: 'Cues', comment: 'Hints before and during a call' })}
        about={t`What the desk points out. A rule that is called “not true” in more than 40 % of ten or more cases mutes itself.`}
      >
        <CueRulesSection />
      </Section>
      <Section
        name={t({ message: 'Fields', comment: 'Settings: fields of the organisation’s own' })}
        about={t`What your organisation wants to know of its customers beyond what is there already.`}
      >
        <FieldsSection />
      </Section>
      <Section
        name={t({ message: 'Connections', comment: 'Settings: to other programs' })}
        about={t`Other systems that work together with this desk.`}
      >
        <ConnectionsSection />
      </Section>
      <Section
        name={t({ message: 'Fault finding', comment: 'Settings: for IT' })}
        about={t`For those who look after the telephone system.`}
      >
        <NetworkTest />
        <SipLog />
      </Section>
      <Section name={t`Data`} about={t`Everything stays on this computer, encrypted.`}>
        <DataSection />
      </Section>
    </div>
  );
}

function Section({ name, about, children }: { name: string; about: string; children: ReactNode }) {
  return (
    <section aria-label={name} className={styles['section']}>
      <header className={styles['about']}>
        <h2 className={styles['name']}>{name}</h2>
        <p className={styles['soft']}>{about}</p>
      </header>
      <div className={styles['fields']}>{children}</div>
    </section>
  );
}
