// The desk: what is waiting, who is this and what happened, what do I do now.
import { Trans, useLingui } from '@lingui/react/macro';
import { ListTodo } from 'lucide-react';
import { memo, useDeferredValue } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { OpenWrapUp } from '../../../preload/contract/wrap-ups.ts';
import { Button } from '../../components/button.tsx';
import { classNames } from '../../components/class-names.ts';
import { Dialog } from '../../components/dialog.tsx';
import { Notice } from '../../components/notice.tsx';
import { coreProblemOf } from '../../core-client/core-error.ts';
import { useOpenWrapUps, useStory } from '../../core-client/queries.ts';
import { useCallContext, usePhoneSnapshot } from '../../desk-state/desk-context.ts';
import { phoneProblemInWords } from '../../language/words/calls.ts';
import type { CallSnapshot } from '../../phone/phone.ts';
import { useKeys, useShortcut } from '../../shortcuts/shortcuts.tsx';
import { CallsPanel } from './calls/calls-panel.tsx';
import { LineStates } from './calls/line-states.tsx';
import { Cues } from './cues.tsx';
import { CurrentCall } from './current-call.tsx';
import { CustomerPane } from './customer-pane.tsx';
import styles from './desk-screen.module.css';
import { useDeskStore } from './desk-store.ts';
import { IdleCard } from './idle-card.tsx';
import { IncomingCard } from './incoming-card.tsx';
import { MyDay } from './my-day.tsx';
import { useCalls } from './use-calls.ts';
import { useMedia } from './use-media.ts';
import { useWaitingCount, WaitingColumn } from './waiting-column.tsx';
import { WrapUpPanel } from './wrap-up/wrap-up-panel.tsx';

const NO_WRAP_UPS: readonly OpenWrapUp[] = [];

// They know themselves when they change; a call that comes or goes does not wait for them.
const Waiting = memo(WaitingColumn);
const Day = memo(MyDay);
const Lines = memo(LineStates);

function WaitingDrawer() {
  const { t } = useLingui();
  const keysOf = useKeys();
  const count = useWaitingCount();
  const open = useDeskStore((state) => state.waitingDrawerOpen);
  const setOpen = useDeskStore((state) => state.setWaitingDrawer);
  useShortcut('waiting', () => setOpen(true));
  return (
    <>
      <Button
        size="small"
        icon={<ListTodo aria-hidden="true" />}
        keys={keysOf('waiting')}
        onPress={() => setOpen(true)}
      >
        <Trans>What is waiting · {count}</Trans>
      </Button>
      <Dialog
        title={t`What is waiting`}
        shape="drawer"
        isOpen={open}
        onClose={() => setOpen(false)}
      >
        <Waiting />
      </Dialog>
    </>
  );
}

/** The call whose result is noted: while a colleague is asked, that of the customer who waits. */
function useNoted(current: CallSnapshot | null): CallSnapshot | null {
  const { calls } = usePhoneSnapshot();
  const asked = current?.consultationFor ?? null;
  if (asked === null) return current;
  return calls.find(({ callId }) => callId === asked) ?? current;
}

/** Which customer, which wrap-up: what the three columns are about. */
function useSubject() {
  const { ringing, current, ended, liveIds } = useCalls();
  // All three columns hang on it: what else the store holds is not to paint them anew.
  const { customerId, chosenAt, wrapUpId } = useDeskStore(
    useShallow((state) => ({
      customerId: state.customerId,
      chosenAt: state.chosenAt,
      wrapUpId: state.wrapUpId,
    })),
  );
  const stored = useOpenWrapUps();
  const wrapUps = stored.data ?? NO_WRAP_UPS;
  const noted = useNoted(current);
  const call = ringing ?? noted;
  const context = useCallContext(call?.callId ?? null);
  const waiting = wrapUps.filter((wrapUp) => !liveIds.has(wrapUp.call.callId));
  // The one that the agent opened, else the newest; a later call never takes its place unasked.
  const wrapUp = waiting.find((known) => known.wrapUpId === wrapUpId) ?? waiting[0] ?? null;
  const about =
    call === null
      ? { since: wrapUp?.call.startedAt ?? 0, customerId: wrapUp?.call.customerId ?? null }
      : { since: call.startedAt, customerId: context?.story?.customer.id ?? null };
  // What the agent opened holds until a newer call wants the desk.
  const subjectId =
    chosenAt > about.since || (call === null && wrapUp === null) ? customerId : about.customerId;
  const fresh = useStory(subjectId);
  const told = context?.story?.customer.id === subjectId ? (context?.story ?? null) : null;
  return {
    ringing,
    current,
    ended,
    wrapUp,
    waiting,
    subjectId,
    story: subjectId === null ? null : (fresh.data ?? told),
    problem: fresh.error === null ? null : coreProblemOf(fresh.error),
    retry: () => void fresh.refetch(),
    noted,
    ofNoted: wrapUps.find((known) => known.call.callId === noted?.callId) ?? null,
  };
}

/** Why the last command to the telephone was not carried out. */
function PhoneTrouble() {
  const { i18n } = useLingui();
  const problem = useDeskStore((state) => state.phoneProblem);
  return problem === null ? null : (
    <Notice tone="problem">{phoneProblemInWords(i18n, problem)}</Notice>
  );
}

function Now({ subject }: { subject: ReturnType<typeof useSubject> }) {
  const { ringing, current, ended, wrapUp, waiting, story } = subject;
  const ringingContext = useCallContext(ringing?.callId ?? null);
  const currentContext = useCallContext(current?.callId ?? null);
  const notedContext = useCallContext(subject.noted?.callId ?? null);
  const showWrapUp = useDeskStore((state) => state.showWrapUp);
  const showCustomer = useDeskStore((state) => state.showCustomer);
  const idle = ringing === null && current === null;
  const others = waiting.filter((known) => known !== wrapUp);
  const cues = story === null ? null : <Cues customerId={story.customer.id} cues={story.cues} />;
  const result =
    wrapUp === null ? null : (
      <WrapUpPanel
        key={wrapUp.wrapUpId}
        wrapUp={wrapUp}
        story={
          wrapUp.call.customerId !== null && story?.customer.id === wrapUp.call.customerId
            ? story
            : null
        }
        keyboard={idle}
        onSaved={() => {
          showWrapUp(null);
          // The customer stays on the desk, with the new entry in the timeline.
          if (idle && wrapUp.call.customerId !== null) showCustomer(wrapUp.call.customerId);
        }}
        others={others.length}
        onOther={() => showWrapUp(others[0]?.wrapUpId ?? null)}
      />
    );
  return (
    <div className={classNames(styles['now'], ringing !== null && styles['ringing'])}>
      <PhoneTrouble />
      {ringing === null ? null : (
        <IncomingCard key={ringing.callId} call={ringing} context={ringingContext} />
      )}
      <CallsPanel />
      {current === null ? null : (
        <CurrentCall
          key={current.callId}
          call={current}
          context={currentContext}
          noted={{
            callId: subject.noted?.callId ?? current.callId,
            customerId: notedContext?.story?.customer.id ?? null,
          }}
          wrapUp={subject.ofNoted}
        />
      )}
      {idle ? <IdleCard ended={ended} busy={result !== null} /> : null}
      {current === null && result !== null ? (
        <div className={styles['result']}>{result}</div>
      ) : null}
      {cues}
      <Lines />
      <Day />
      {current === null || wrapUp === null ? null : (
        <p className={styles['later']}>
          <Trans>{waiting.length} unfinished, kept for after this call</Trans>
        </p>
      )}
    </div>
  );
}

export function DeskScreen() {
  const { t } = useLingui();
  const narrow = useMedia('(max-width: 1359px)');
  const subject = useSubject();
  // The card of a ringing call is painted first; the customer's long story follows a frame later.
  const paneStory = useDeferredValue(subject.story);
  const quiet = subject.subjectId === null && subject.ringing === null && subject.current === null;
  return (
    <div className={styles['desk']}>
      <h1 className={styles['spoken']}>{t`Desk`}</h1>
      {narrow ? null : (
        <div className={styles['waiting']} role="group" aria-label={t`What is waiting`}>
          <Waiting />
        </div>
      )}
      <div className={styles['customer']}>
        {narrow && !quiet ? <WaitingDrawer /> : null}
        <CustomerPane
          story={paneStory}
          awaited={subject.subjectId !== null}
          waiting={narrow && quiet ? <Waiting /> : null}
          stranger={subject.ringing !== null || subject.current !== null}
          problem={subject.problem}
          onRetry={subject.retry}
        />
      </div>
      <Now subject={subject} />
    </div>
  );
}
