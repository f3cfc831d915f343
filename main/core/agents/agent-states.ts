// Keeps the agent's states as intervals. Each is vouched for only up to the last heartbeat, so that a
// crash, a power cut or a night asleep counts no hours.
import type { AgentState, Origin } from '../../../preload/contract/vocabulary.ts';
import type { Cancel, Now, Schedule } from '../clock.ts';
import type { DeskDatabase } from '../database/desk-database.ts';
import type { NewId } from '../ids.ts';
import { type CountedState, type MeasureRow, measuresOfState } from '../kpi/measure-rows.ts';
import { type Doing, doingIn, isSameDoing, type Situation } from './agent-state.ts';

interface AgentStatesDependencies {
  database: DeskDatabase;
  now: Now;
  newId: NewId;
  schedule: Schedule;
  agentId: string;
  situation: () => Omit<Situation, 'registered'>;
  addMeasures: (rows: readonly MeasureRow[]) => void;
  onChange: () => void;
}

interface StateRow {
  id: string;
  agent_id: string;
  list_id: string | null;
  state: AgentState;
  since: number;
  until: number;
  origin: Origin;
}

export interface AgentStates {
  current(): { state: AgentState; since: number };
  /** Time in the current state that no heartbeat has counted yet. */
  running(): CountedState | null;
  reportRegistered(registered: boolean): void;
  /** Looks again at what the agent is doing. */
  refresh(): void;
  /** Up to when an earlier run of core vouched for a call. */
  vouchedUntil(callId: string): number | null;
  eachMeasure(): Iterable<{ rows: MeasureRow[] }>;
  stop(): void;
}

const HEARTBEAT_MS = 5_000;
/** So long a heartbeat makes nobody give way: well below the longest gap. */
const PATIENCE_MS = 20_000;
/** After a longer silence the machine slept: the time between is nobody's. */
const LONGEST_GAP_MS = 30_000;

export function createAgentStates(dependencies: AgentStatesDependencies): AgentStates {
  const { database, now, newId, agentId, addMeasures } = dependencies;
  const closeAll = database.query('UPDATE agent_states SET closed = 1 WHERE closed = 0');
  const insert = database.query(
    `INSERT INTO agent_states (id, agent_id, state, since, until, contact_id, call_id, origin)
     VALUES ($id, $agentId, $state, $at, $at, $contactId, $callId, $origin)`,
  );
  const extend = database.query('UPDATE agent_states SET until = ? WHERE id = ?');
  const close = database.query('UPDATE agent_states SET closed = 1 WHERE id = ?');
  const vouched = database.query<{ until: number | null }>(
    'SELECT max(until) AS until FROM agent_states WHERE call_id = ? AND agent_id = ?',
  );
  const every = database.query<StateRow>(
    'SELECT id, agent_id, list_id, state, since, until, origin FROM agent_states',
  );

  let registered = false;
  let doing: Doing = { state: 'offline', origin: 'real', callId: null, contactId: null };
  let since = now();
  let interval: { id: string; until: number } | null = null;

  // What an earlier run left open ends where it was vouched for.
  closeAll.run();
  const cancel: Cancel = dependencies.schedule.every(HEARTBEAT_MS, beat);

  function stretch(from: number, to: number): CountedState {
    return {
      agentId,
      listId: null,
      origin: doing.origin,
      state: doing.state,
      since: from,
      until: to,
    };
  }

  /** Moves the interval on to now; answers false when it had to be given up. */
  function moveOn(at: number): boolean {
    if (!interval) return false;
    if (at - interval.until > LONGEST_GAP_MS || at < interval.until) return false;
    if (at > interval.until) {
      extend.run(at, interval.id);
      addMeasures(measuresOfState(stretch(interval.until, at)));
      interval.until = at;
    }
    return true;
  }

  function begin(next: Doing, at: number): void {
    if (interval) close.run(interval.id);
    doing = next;
    since = at;
    interval = null;
    if (next.state === 'offline') return;
    const { state, contactId, callId, origin } = next;
    const id = newId();
    insert.run({ id, agentId, state, at, contactId, callId, origin });
    interval = { id, until: at };
  }

  function beat(): void {
    if (!interval) return;
    const move = () => {
      // It may come later.
      if (!interval) return;
      const at = now();
      if (!moveOn(at)) begin(doing, at);
    };
    if (now() - interval.until < PATIENCE_MS) database.transactionAside(move);
    else database.transaction(move);
  }

  function refresh(): void {
    const next = doingIn({ ...dependencies.situation(), registered });
    if (isSameDoing(doing, next)) return;
    database.transaction(() => {
      const at = now();
      moveOn(at);
      begin(next, at);
      database.afterCommit(dependencies.onChange);
    });
  }

  return {
    current: () => ({ state: doing.state, since }),
    running() {
      const at = now();
      if (!interval || at <= interval.until || at - interval.until > LONGEST_GAP_MS) return null;
      return stretch(interval.until, at);
    },
    reportRegistered(is) {
      registered = is;
      refresh();
    },
    refresh,
    vouchedUntil: (callId) => vouched.get(callId, agentId)?.until ?? null,
    *eachMeasure() {
      for (const row of every.iterate()) {
        yield { rows: measuresOfState({ ...row, agentId: row.agent_id, listId: row.list_id }) };
      }
    },
    stop() {
      cancel();
      if (!interval) return;
      database.transaction(() => {
        moveOn(now());
        begin({ ...doing, state: 'offline' }, now());
      });
    },
  };
}
