import { Trans, useLingui } from '@lingui/react/macro';
import { Check, PhoneCall } from 'lucide-react';
import { useRef, useState, type ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import type { MissedCall } from '../../../preload/contract/calls.ts';
import type { CustomerPromise } from '../../../preload/contract/customers.ts';
import type { OpenWrapUp } from '../../../preload/contract/wrap-ups.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { classNames } from '../../components/class-names.ts';
import { Notice } from '../../components/notice.tsx';
import { Panel } from '../../components/panel.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { coreProblemOf } from '../../core-client/core-error.ts';
import type { CoreOutput } from '../../core-client/core.ts';
import {
  useCore,
  useOpenWork,
  useOpenWrapUps,
  useSettings,
  useWaiting,
} from '../../core-client/queries.ts';
import { useFormats } from '../../language/use-formats.ts';
import { remoteInWords } from '../../language/words/calls.ts';
import { emotionInWords } from '../../language/words/feelings.ts';
import { coreProblemInWords } from '../../language/words/problems.ts';
import { workKindInWords } from '../../language/words/work.ts';
import { useShortcut } from '../../shortcuts/shortcuts.tsx';
import { useDeskStore } from './desk-store.ts';
import { useAct } from './use-act.ts';
import { useCalls, useDial } from './use-calls.ts';
import { useNow } from './use-now.ts';
import styles from './waiting-column.module.css';
import { meansWholeDay } from './wrap-up/due-date.ts';

/** Rows of a list before the agent asks for more. */
const SHORT_LIST = 4;

type Waiting = CoreOutput<'desk', 'waiting'>;

interface RowProps {
  title: string;
  aside?: ReactNode;
  pressing?: boolean;
  detail: ReactNode;
  onOpen: (() => void) | null;
  actions?: ReactNode;
}

function Row({ title, aside, pressing = false, detail, onOpen, actions }: RowProps) {
  const words = (
    <>
      <span className={styles['line']}>
        <span className={styles['title']}>{title}</span>
        {aside == null ? null : (
          <span className={classNames(styles['aside'], pressing && styles['pressing'])}>
            {aside}
          </span>
        )}
      </span>
      <span className={styles['detail']}>{detail}</span>
    </>
  );
  return (
    <li className={styles['row']}>
      {onOpen === null ? (
        <div className={styles['open']}>{words}</div>
      ) : (
        <button type="button" className={styles['open']} onClick={onOpen}>
          {words}
        </button>
      )}
      {actions == null ? null : <span className={styles['actions']}>{actions}</span>}
    </li>
  );
}

interface ListProps {
  name: string;
  count: number;
  empty: string;
  /** Why the last thing done to a row did not work. */
  problem?: string | null;
  children: ReactNode[];
}

function List({ name, count, empty, problem = null, children }: ListProps) {
  const [all, setAll] = useState(false);
  const rows = all ? children : children.slice(0, SHORT_LIST);
  const more = count - rows.length;
  return (
    <Panel name={name} count={count}>
      {problem === null ? null : <Notice tone="problem">{problem}</Notice>}
      {children.length === 0 ? <p className={styles['empty']}>{empty}</p> : <ul>{rows}</ul>}
      {more === 0 || children.length === 0 ? null : rows.length < children.length ? (
        <div className={styles['more']}>
          <Button variant="link" size="small" onPress={() => setAll(true)}>
            <Trans>{more} more</Trans>
          </Button>
        </div>
      ) : (
        <p className={styles['more']}>
          <Trans>and {more} more</Trans>
        </p>
      )}
    </Panel>
  );
}

function Unfinished({ wrapUps }: { wrapUps: readonly OpenWrapUp[] }) {
  const { t, i18n } = useLingui();
  const formats = useFormats();
  const showWrapUp = useDeskStore((state) => state.showWrapUp);
  const rows = wrapUps.map(({ wrapUpId, call }) => (
    <Row
      key={wrapUpId}
      title={call.customerName ?? remoteInWords(i18n, call.remote)}
      aside={formats.time(call.startedAt)}
      detail={t`Its result is not saved yet`}
      onOpen={() => showWrapUp(wrapUpId)}
    />
  ));
  return (
    <List
      name={t({
        message: 'Unfinished',
        comment: 'Heading: calls whose result still has to be noted',
      })}
      count={rows.length}
      empty=""
    >
      {rows}
    </List>
  );
}

function Due({
  promises,
  count,
  now,
}: {
  promises: readonly CustomerPromise[];
  count: number;
  now: number;
}) {
  const { t } = useLingui();
  const core = useCore();
  const formats = useFormats();
  const { zone } = useSettings();
  const showCustomer = useDeskStore((state) => state.showCustomer);
  const { act, problem } = useAct();
  const rows = promises.map(({ id, customerId, customerName, text, dueAt }) => {
    const over = dueAt < now;
    const today = formats.date(dueAt) === formats.date(now);
    const whole = meansWholeDay(dueAt, zone);
    const when = today && !whole ? formats.time(dueAt) : formats.relative(dueAt);
    const since = whole ? formats.day(dueAt) : formats.moment(dueAt);
    return (
      <Row
        key={id}
        title={customerName ?? t`Unknown`}
        aside={over ? t({ message: 'overdue', comment: 'A promise whose time has passed' }) : when}
        pressing={over}
        detail={over ? t`${text} · due ${since}` : text}
        onOpen={customerId === null ? null : () => showCustomer(customerId)}
        actions={
          <IconButton
            size="small"
            label={t`Promise kept: ${text}`}
            hint={t`Mark as kept`}
            icon={<Check aria-hidden="true" />}
            onPress={() => act(() => core.promises.settle({ promiseId: id, state: 'kept' }))}
          />
        }
      />
    );
  });
  return (
    <List
      name={t({ message: 'Due', comment: 'Heading: promises that are due, fällig' })}
      count={count}
      empty={t`No promise is due.`}
      problem={problem}
    >
      {rows}
    </List>
  );
}

function Missed({ missed, count }: { missed: readonly MissedCall[]; count: number }) {
  const { t, i18n } = useLingui();
  const core = useCore();
  const formats = useFormats();
  const dial = useDial();
  const { mayDial } = useCalls();
  const showCustomer = useDeskStore((state) => state.showCustomer);
  const { act, problem } = useAct();
  const rows = missed.map(({ callId, customerId, customerName, remote, at, attempts }) => {
    const who = customerName ?? remoteInWords(i18n, remote);
    const number = remote.anonymous ? null : (remote.number ?? remote.uri);
    return (
      <Row
        key={callId}
        title={who}
        detail={[formats.relative(at), attempts > 1 ? t`${attempts} attempts` : null]
          .filter(Boolean)
          .join(' · ')}
        onOpen={customerId === null ? null : () => showCustomer(customerId)}
        actions={
          <>
            {number === null ? null : (
              <IconButton
                size="small"
                label={t`Ring back ${who}`}
                hint={t`Ring back`}
                isDisabled={!mayDial}
                icon={<PhoneCall aria-hidden="true" />}
                onPress={() =>
                  dial({ target: number, display: customerName, customerId, returnsCallId: callId })
                }
              />
            )}
            <IconButton
              size="small"
              label={t`Settled: ${who}`}
              hint={t`Settled, take it off the list`}
              icon={<Check aria-hidden="true" />}
              onPress={() => act(() => core.calls.dismissMissed({ callId }))}
            />
          </>
        }
      />
    );
  });
  return (
    <List name={t`Missed calls`} count={count} empty={t`Nothing missed.`} problem={problem}>
      {rows}
    </List>
  );
}

/** Callbacks and voicemails; the page of all work holds the missed calls too. */
function CallbackList({ now }: { now: number }) {
  const { t, i18n } = useLingui();
  const formats = useFormats();
  const { zone } = useSettings();
  const core = useCore();
  const dial = useDial();
  const { mayDial } = useCalls();
  const [, goToPage] = useLocation();
  const showCustomer = useDeskStore((state) => state.showCustomer);
  const { act, problem } = useAct();
  const { data } = useOpenWork();
  const items = (data?.items ?? []).filter(({ kind }) => kind !== 'missedCall');
  const rows = items.map((item) => {
    const { workId, kind, customerId, customerName, remote, dueAt, at, note, messages } = item;
    const who = customerName ?? (remote === null ? t`Mailbox` : remoteInWords(i18n, remote));
    const over = dueAt !== null && dueAt < now;
    const due =
      dueAt === null
        ? formats.relative(at)
        : meansWholeDay(dueAt, zone)
          ? formats.day(dueAt)
          : formats.moment(dueAt);
    return (
      <Row
        key={workId}
        title={who}
        aside={over ? t({ message: 'overdue', comment: 'A promise whose time has passed' }) : due}
        pressing={over}
        detail={[
          workKindInWords(i18n, kind),
          messages === null ? null : t`${messages} new in the mailbox`,
          over ? t`due ${due}` : null,
          note,
        ]
          .filter(Boolean)
          .join(' · ')}
        onOpen={customerId === null ? () => goToPage('/work') : () => showCustomer(customerId)}
        actions={
          <>
            {remote?.number == null ? null : (
              <IconButton
                size="small"
                label={t`Ring back ${who}`}
                hint={t`Ring back`}
                isDisabled={!mayDial}
                icon={<PhoneCall aria-hidden="true" />}
                onPress={() =>
                  dial({ target: remote.number ?? remote.uri, display: customerName, customerId })
                }
              />
            )}
            {workId === null ? null : (
              <IconButton
                size="small"
                label={t`Settled: ${who}`}
                hint={t`Settled, take it off the list`}
                icon={<Check aria-hidden="true" />}
                onPress={() => act(() => core.work.settle({ ref: { workId }, state: 'done' }))}
              />
            )}
          </>
        }
      />
    );
  });
  return (
    <>
      <List
        name={t({ message: 'Callbacks and voicemails', comment: 'Heading in the waiting column' })}
        count={rows.length}
        empty={t`No callback is planned.`}
        problem={problem}
      >
        {rows}
      </List>
      <p className={styles['allLine']}>
        <Link href="/work" className={styles['all']}>
          <Trans>All that is to be called back</Trans>
        </Link>
      </p>
    </>
  );
}

function Care({ waiting }: { waiting: Waiting }) {
  const { t, i18n } = useLingui();
  const formats = useFormats();
  const showCustomer = useDeskStore((state) => state.showCustomer);
  return (
    <>
      <List
        name={t({
          message: 'Make good',
          comment: 'Heading: contacts that ended badly, wiedergutmachen',
        })}
        count={waiting.makeGoodCount}
        empty={t`Nobody waits for amends.`}
      >
        {waiting.makeGood.map(({ customerId, name, at, emotion, quote }) => (
          <Row
            key={customerId}
            title={name}
            aside={formats.relative(at)}
            detail={
              quote === null
                ? emotionInWords(i18n, emotion)
                : `${emotionInWords(i18n, emotion)} · ${quote}`
            }
            onOpen={() => showCustomer(customerId)}
          />
        ))}
      </List>
      <List
        name={t({ message: 'Gone quiet', comment: 'Heading: customers not heard of for long' })}
        count={waiting.quietCount}
        empty={t`Nobody has gone quiet.`}
      >
        {waiting.quiet.map(({ customerId, name, lastContactAt, emotion }) => (
          <Row
            key={customerId}
            title={name}
            aside={formats.relative(lastContactAt)}
            detail={t`Last time: ${emotionInWords(i18n, emotion)}`}
            onOpen={() => showCustomer(customerId)}
          />
        ))}
      </List>
    </>
  );
}

/** What is waiting? */
export function WaitingColumn() {
  const { t, i18n } = useLingui();
  const waiting = useWaiting();
  const wrapUps = useOpenWrapUps();
  const { current, ringing, liveIds } = useCalls();
  const now = useNow(30_000);
  const column = useRef<HTMLDivElement>(null);
  useShortcut('waiting', () => column.current?.querySelector('button')?.focus());
  const unfinished = (wrapUps.data ?? []).filter(({ call }) => !liveIds.has(call.callId));
  // A single one is open on the right already, unless a call has its place.
  const listed = unfinished.length > 1 || current !== null || ringing !== null ? unfinished : [];
  return (
    <div className={styles['column']} ref={column}>
      {listed.length === 0 ? null : <Unfinished wrapUps={listed} />}
      {waiting.data === undefined ? (
        waiting.error === null ? (
          <Skeleton label={t`What is waiting is on its way`} lines={8} />
        ) : (
          <Notice
            tone="caution"
            action={
              <Button size="small" onPress={() => void waiting.refetch()}>
                <Trans>Try again</Trans>
              </Button>
            }
          >
            {coreProblemInWords(i18n, coreProblemOf(waiting.error))}
          </Notice>
        )
      ) : (
        <>
          <Missed missed={waiting.data.missed} count={waiting.data.missedCount} />
          <CallbackList now={now} />
          <Due promises={waiting.data.due} count={waiting.data.dueCount} now={now} />
          <Care waiting={waiting.data} />
        </>
      )}
    </div>
  );
}

/** How much waits, for the drawer's button. */
export function useWaitingCount(): number {
  const { data } = useWaiting();
  const { data: wrapUps } = useOpenWrapUps();
  const { data: work } = useOpenWork();
  const callbacks = (work?.items ?? []).filter(({ kind }) => kind !== 'missedCall').length;
  return (
    (data?.dueCount ?? 0) +
    (data?.makeGoodCount ?? 0) +
    (data?.missedCount ?? 0) +
    callbacks +
    (wrapUps?.length ?? 0)
  );
}
