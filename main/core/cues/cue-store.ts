import type { Cue } from '../../../preload/contract/customers.ts';
import { CUE_RULES, type CueRule } from '../../../preload/contract/vocabulary.ts';
import type { DeskDatabase } from '../database/desk-database.ts';
import { Refusal } from '../refusal.ts';
import type { CueVerdict } from './cue-history.ts';
import { mutesItself } from './cues.ts';

interface StoreDependencies {
  database: DeskDatabase;
  agentId: () => string;
  now: () => number;
  newId: () => string;
  /** A verdict or a muting changes what cards show. */
  changed: (customerId: string | null) => void;
}

interface Showing {
  customerId: string;
  rule: CueRule;
  subject: string;
  occasion: string;
  at: number;
}

interface RuleState {
  rule: CueRule;
  shown: number;
  dismissed: number;
  muted: 'no' | 'itself' | 'byAgent';
}

type Verdict = { kind: 'notTrue' } | { kind: 'snooze'; until: number };

/** Verdicts on cues, their showings, and which rules are muted. */
export function cueStore({ database, agentId, now, newId, changed }: StoreDependencies) {
  const originOf = database.query<{ origin: string }>('SELECT origin FROM customers WHERE id = ?');
  const verdicts = database.query<CueVerdict>(
    'SELECT rule, subject, kind, until FROM cue_verdicts WHERE customer_id = ?',
  );
  const insertVerdict = database.query(
    `INSERT INTO cue_verdicts (id, customer_id, rule, subject, kind, until, at, agent_id, origin)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  // The customer may have gone, and a cue counts once for each occasion.
  const insertShowing = database.query(
    `INSERT INTO cue_showings (customer_id, rule, subject, occasion, at, agent_id, origin)
     SELECT id, ?, ?, ?, ?, ?, origin FROM customers WHERE id = ? ON CONFLICT DO NOTHING`,
  );
  const mutes = database.query<{ rule: CueRule; muted: RuleState['muted']; counted_from: number }>(
    'SELECT rule, muted, counted_from FROM cue_rules',
  );
  const shownCount = database.query<{ n: number }>(
    'SELECT count(*) AS n FROM cue_showings WHERE rule = ? AND at >= ?',
  );
  const dismissedCount = database.query<{ n: number }>(
    `SELECT count(DISTINCT customer_id || subject) AS n FROM cue_verdicts
     WHERE rule = ? AND at >= ? AND kind = 'notTrue'`,
  );
  const writeMute = database.query(
    `INSERT INTO cue_rules (rule, muted, counted_from, changed_at) VALUES (?, ?, ?, ?)
     ON CONFLICT (rule) DO UPDATE SET muted = excluded.muted, counted_from = excluded.counted_from,
       changed_at = excluded.changed_at`,
  );

  let muted: ReadonlySet<CueRule> | null = null;
  let waiting: Showing[] = [];
  let flushing: ReturnType<typeof setImmediate> | null = null;

  function writeShowings(): void {
    if (flushing) clearImmediate(flushing);
    flushing = null;
    const showings = waiting;
    waiting = [];
    if (showings.length === 0) return;
    database.transaction(() => {
      for (const { customerId, rule, subject, occasion, at } of showings) {
        insertShowing.run(rule, subject, occasion, at, agentId(), customerId);
      }
    });
  }

  function writeShowingsLater(): void {
    try {
      writeShowings();
    } catch {
      // They are only counts: a full disk must not end core in the middle of a call.
    }
  }

  function countsOf(rule: CueRule, from: number) {
    return {
      shown: shownCount.get(rule, from)?.n ?? 0,
      dismissed: dismissedCount.get(rule, from)?.n ?? 0,
    };
  }

  function states(): RuleState[] {
    const stored = new Map(mutes.all().map((row) => [row.rule, row]));
    return CUE_RULES.map((rule) => ({
      rule,
      ...countsOf(rule, stored.get(rule)?.counted_from ?? 0),
      muted: stored.get(rule)?.muted ?? 'no',
    }));
  }

  function muteWhenMostlyWrong(rule: CueRule): void {
    const stored = mutes.all().find((row) => row.rule === rule);
    if (stored && stored.muted !== 'no') return;
    const from = stored?.counted_from ?? 0;
    const { shown, dismissed } = countsOf(rule, from);
    if (mutesItself(shown, dismissed)) writeMute.run(rule, 'itself', from, now());
  }

  return {
    verdictsOn: (customerId: string): CueVerdict[] => verdicts.all(customerId),

    muted(): ReadonlySet<CueRule> {
      muted ??= new Set(mutes.all().flatMap((row) => (row.muted === 'no' ? [] : [row.rule])));
      return muted;
    },

    /**
     * Counts what a card shows, once for each occasion (a call, or a day's opened card). It is
     * written after the answer, because a card that opens must not wait for the disk.
     */
    shown(customerId: string, cues: readonly Cue[], occasion: string): void {
      if (cues.length === 0) return;
      const at = now();
      waiting.push(
        ...cues.map(({ rule, subject }) => ({ customerId, rule, subject, occasion, at })),
      );
      flushing ??= setImmediate(writeShowingsLater);
    },

    /** Writes what waits; before the database closes. */
    flush: writeShowings,

    dismiss(input: { customerId: string; rule: CueRule; subject: string; verdict: Verdict }): void {
      const { customerId, rule, subject, verdict } = input;
      writeShowings();
      database.transaction(() => {
        const customer = originOf.get(customerId);
        if (!customer) throw new Refusal('NOT_FOUND', { what: 'customer', id: customerId });
        const until = verdict.kind === 'snooze' ? verdict.until : null;
        insertVerdict.run(
          newId(),
          customerId,
          rule,
          subject,
          verdict.kind,
          until,
          now(),
          agentId(),
          customer.origin,
        );
        if (verdict.kind === 'notTrue') muteWhenMostlyWrong(rule);
      });
      muted = null;
      changed(customerId);
    },

    rules(): RuleState[] {
      writeShowings();
      return states();
    },

    /** Unmuting lets a rule start afresh: what was counted before no longer speaks against it. */
    setMuted(rule: CueRule, mute: boolean): void {
      const stored = mutes.all().find((row) => row.rule === rule);
      const from = mute ? (stored?.counted_from ?? 0) : now();
      database.transaction(() => writeMute.run(rule, mute ? 'byAgent' : 'no', from, now()));
      muted = null;
      changed(null);
    },
  };
}
export type CueStore = ReturnType<typeof cueStore>;
