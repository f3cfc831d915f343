// The desk's frame: navigation, top bar, what is true of the whole window, and the screen.
import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { lazy, type ReactNode, Suspense, useEffect, useState, useSyncExternalStore } from 'react';
import { Link, Redirect, Route, Switch } from 'wouter';
import { Notice } from '../components/notice.tsx';
import { useCoreState, useOpening } from '../core-client/queries.ts';
import { useDesk, usePhoneSnapshot } from '../desk-state/desk-context.ts';
import { useFormats } from '../language/use-formats.ts';
import { recordingEndInWords } from '../language/words/calls.ts';
import { connectionInWords } from '../language/words/connection.ts';
import { deviceNoticeInWords } from '../language/words/devices.ts';
import { FirstHint } from '../screens/setup/first-hint.tsx';
import { ConnectionStatus } from './connection-status.tsx';
import { DialRequests } from './dial-requests.tsx';
import styles from './frame.module.css';
import { Navigation } from './navigation.tsx';
import { OpenedConnection } from './opened-connection.tsx';

const CustomersScreen = lazy(() => import('../screens/customers/customers-screen.tsx'));
const DuplicatesScreen = lazy(
  () => import('../screens/customers/duplicates/duplicates-screen.tsx'),
);
const OrganisationsScreen = lazy(
  () => import('../screens/customers/organisations/organisations-screen.tsx'),
);
const TagsScreen = lazy(() => import('../screens/customers/tags/tags-screen.tsx'));
const FiguresScreen = lazy(() => import('../screens/figures/figures-screen.tsx'));
const WorkScreen = lazy(() => import('../screens/work/work-screen.tsx'));
const ImportScreen = lazy(() => import('../screens/import/import-screen.tsx'));
const SettingsScreen = lazy(() => import('../screens/settings/settings-screen.tsx'));

interface FrameProps {
  /** Stands at the left of the top bar on every screen. */
  topBar: ReactNode;
  /** Stands in the top bar of every screen but the desk: the call that rings or is up. */
  callStrip: ReactNode;
  /** Beside the connection: Do not disturb, the mailbox. */
  telephoneKeys: ReactNode;
  /** The button for the sheet of keys. */
  keys: ReactNode;
  desk: ReactNode;
}

export function Frame({ topBar, callStrip, telephoneKeys, keys, desk }: FrameProps) {
  const { t } = useLingui();
  const { connection } = usePhoneSnapshot();
  return (
    <div className={styles['frame']}>
      <Navigation />
      <div className={styles['rest']}>
        <header className={styles['top']} aria-label={t`Dial and connection`}>
          <div className={styles['topLeft']}>{topBar}</div>
          <Switch>
            <Route path="/" />
            <Route>{callStrip}</Route>
          </Switch>
          {telephoneKeys}
          {keys}
          <ConnectionStatus connection={connection} />
        </header>
        <Notices />
        <main className={styles['screen']}>
          <Switch>
            <Route path="/">{desk}</Route>
            <Route path="/customers">
              <Suspense>
                <CustomersScreen />
              </Suspense>
            </Route>
            <Route path="/work">
              <Suspense>
                <WorkScreen />
              </Suspense>
            </Route>
            <Route path="/customers/duplicates">
              <Suspense>
                <DuplicatesScreen />
              </Suspense>
            </Route>
            <Route path="/customers/organisations/:organisationId?">
              {({ organisationId }) => (
                <Suspense>
                  <OrganisationsScreen organisationId={organisationId ?? null} />
                </Suspense>
              )}
            </Route>
            <Route path="/customers/tags">
              <Suspense>
                <TagsScreen />
              </Suspense>
            </Route>
            <Route path="/customers/import">
              <Suspense>
                <ImportScreen />
              </Suspense>
            </Route>
            <Route path="/figures">
              <Suspense>
                <FiguresScreen />
              </Suspense>
            </Route>
            <Route path="/settings">
              <Suspense>
                <SettingsScreen />
              </Suspense>
            </Route>
            <Route>
              <Redirect to="/" replace />
            </Route>
          </Switch>
        </main>
      </div>
    </div>
  );
}

/** What the agent must know wherever they are: core is gone, the telephone is down, data were mended. */
function Notices() {
  const { i18n, t } = useLingui();
  const formats = useFormats();
  const { connection } = usePhoneSnapshot();
  const opening = useOpening();
  const lost = useLostForLong();
  const words = connectionInWords(i18n, formats, connection);
  const [seen, setSeen] = useState(false);
  const { media, recordingTrouble } = useDesk();
  const devices = useSyncExternalStore(media.subscribe, media.notices);
  const incomplete = useSyncExternalStore(recordingTrouble.subscribe, recordingTrouble.incomplete);
  const { recovery, interruptedCalls } = opening;
  return (
    <section aria-label={t`Notices`} className={styles['notices']}>
      {lost ? (
        <Notice tone="caution" announce>
          <Trans>
            The desk’s memory is restarting. Calls go on, and nothing that you type is lost.
          </Trans>
        </Notice>
      ) : null}
      {words.tone === 'down' ? (
        <Notice
          tone="problem"
          action={
            <Link href="/settings">
              <Trans>Open the settings</Trans>
            </Link>
          }
        >
          {words.long}
        </Notice>
      ) : null}
      <Route path="/">
        <FirstHint />
      </Route>
      <DialRequests />
      <OpenedConnection />
      {devices.map((notice) => (
        <Notice key={`${notice.device} ${notice.state}`} tone="caution" announce>
          {deviceNoticeInWords(i18n, notice)}
        </Notice>
      ))}
      {incomplete === null ? null : (
        <Notice
          tone="caution"
          announce
          action={
            <button type="button" className={styles['seen']} onClick={recordingTrouble.takeNote}>
              <Trans>Understood</Trans>
            </button>
          }
        >
          {recordingEndInWords(i18n, incomplete)}
        </Notice>
      )}
      <Interrupted key={interruptedCalls} count={interruptedCalls} />
      {recovery !== null && !seen ? (
        <Notice
          tone="caution"
          action={
            <button type="button" className={styles['seen']} onClick={() => setSeen(true)}>
              <Trans>Understood</Trans>
            </button>
          }
        >
          {recovery.kind === 'restoredByAgent' ? (
            <Trans>
              The copy of {formats.moment(recovery.at)} is back, as you asked. The data from before
              are kept in {recovery.quarantine}.
            </Trans>
          ) : recovery.kind === 'restored' ? (
            <Trans>
              The data were damaged. The desk restored the copy of {formats.moment(recovery.at)};
              check what was entered since then. The damaged files are kept in {recovery.quarantine}
              .
            </Trans>
          ) : (
            <Trans>
              The data were damaged and there was no copy, so the desk began anew. The damaged files
              are kept in {recovery.quarantine}; show them to whoever looks after this machine.
            </Trans>
          )}
        </Notice>
      ) : null}
    </section>
  );
}

/** Calls that were cut off when the desk last stopped: said once, with what to do. */
function Interrupted({ count }: { count: number }) {
  const { t } = useLingui();
  const [seen, setSeen] = useState(false);
  if (count === 0 || seen) return null;
  const cut = t`${plural(count, { one: '# call was cut off', other: '# calls were cut off' })}`;
  return (
    <Notice
      tone="caution"
      announce
      action={
        <button type="button" className={styles['seen']} onClick={() => setSeen(true)}>
          <Trans>Understood</Trans>
        </button>
      }
    >
      <Trans>
        {cut} when the desk last stopped. What was noted is kept: finish the open wrap-up and ring
        the customer back.
      </Trans>
    </Notice>
  );
}

/** Usually core is back before anyone could read that it was gone. */
function useLostForLong(): boolean {
  const lost = useCoreState().phase === 'lost';
  const [long, setLong] = useState(false);
  useEffect(() => {
    if (!lost) {
      setLong(false);
      return undefined;
    }
    const timer = setTimeout(() => setLong(true), 700);
    return () => clearTimeout(timer);
  }, [lost]);
  return long;
}
