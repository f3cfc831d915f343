// Says who is on the line and why we think so, and lets the agent put it right.
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { CallerContext } from '../../../preload/contract/customers.ts';
import { Button } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';
import { TextField } from '../../components/text-field.tsx';
import { coreProblemOf } from '../../core-client/core-error.ts';
import { useCore } from '../../core-client/queries.ts';
import { useDesk } from '../../desk-state/desk-context.ts';
import { useFormats } from '../../language/use-formats.ts';
import { matchReasonInWords } from '../../language/words/customers.ts';
import { emotionInWords } from '../../language/words/feelings.ts';
import { coreProblemInWords } from '../../language/words/problems.ts';
import styles from './who-is-it.module.css';

interface WhoIsItProps {
  callId: string;
  context: CallerContext;
  /** The name that signalling shows, to begin a new record with. */
  display: string | null;
  /** While the telephone rings nobody can have confirmed anything yet. */
  ringing: boolean;
}

function useAssign(callId: string) {
  const core = useCore();
  const { contexts } = useDesk();
  const { i18n } = useLingui();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const run = async (task: () => Promise<CallerContext>) => {
    setBusy(true);
    setProblem(null);
    try {
      contexts.set(callId, await task());
    } catch (thrown) {
      setProblem(coreProblemInWords(i18n, coreProblemOf(thrown)));
    } finally {
      setBusy(false);
    }
  };
  return {
    busy,
    problem,
    assign: (customerId: string | null, confirm: boolean) =>
      void run(() => core.calls.assignCustomer({ callId, customerId, confirm })),
    create: (name: string, number: string | null) =>
      void run(async () => {
        const made = await core.customers.create({
          name,
          numbers: number === null ? [] : [number],
        });
        return core.calls.assignCustomer({ callId, customerId: made.id, confirm: number !== null });
      }),
  };
}

function NewCustomer({
  suggested,
  busy,
  onCreate,
}: {
  suggested: string;
  busy: boolean;
  onCreate: (name: string) => void;
}) {
  const { t } = useLingui();
  const [open, setOpen] = useState(false);
  const [name, setName] = useState(suggested);
  if (!open) {
    return (
      <Button size="small" onPress={() => setOpen(true)}>
        <Trans>Create a customer</Trans>
      </Button>
    );
  }
  return (
    <form
      className={styles['create']}
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== '') onCreate(name.trim());
      }}
    >
      <TextField
        label={t`Name`}
        value={name}
        onChange={setName}
        maxLength={200}
        autoComplete="off"
      />
      <div className={styles['actions']}>
        <Button
          type="submit"
          variant="primary"
          size="small"
          isDisabled={name.trim() === ''}
          isPending={busy}
        >
          <Trans>Create</Trans>
        </Button>
        <Button size="small" variant="quiet" onPress={() => setOpen(false)}>
          <Trans>Not now</Trans>
        </Button>
      </div>
    </form>
  );
}

export function WhoIsIt({ callId, context, display, ringing }: WhoIsItProps) {
  const { t, i18n } = useLingui();
  const formats = useFormats();
  const { busy, problem, assign, create } = useAssign(callId);
  const { match, number } = context;
  const trouble = problem === null ? null : <Notice tone="problem">{problem}</Notice>;
  const newCustomer = (
    <NewCustomer suggested={display ?? ''} busy={busy} onCreate={(name) => create(name, number)} />
  );
  switch (match.kind) {
    case 'known': {
      const sure =
        match.reason === 'confirmedNumber' || (match.reason === 'chosenByAgent' && number === null);
      if (ringing || sure) return trouble;
      const customerId = context.story?.customer.id ?? null;
      return (
        <div className={styles['box']}>
          <p className={styles['soft']}>
            <Trans>
              Probably right: {matchReasonInWords(i18n, formats, match.reason, match.confirmedAt)}.
            </Trans>
          </p>
          <div className={styles['actions']}>
            <Button size="small" isDisabled={busy} onPress={() => assign(customerId, true)}>
              <Trans>Confirmed</Trans>
            </Button>
            <Button
              size="small"
              variant="quiet"
              isDisabled={busy}
              onPress={() => assign(null, false)}
            >
              <Trans>Somebody else</Trans>
            </Button>
          </div>
          {trouble}
        </div>
      );
    }
    case 'several':
      return (
        <div className={styles['box']}>
          <p className={styles['soft']}>
            <Trans>Several people fit this number. Who is it?</Trans>
          </p>
          <ul className={styles['candidates']}>
            {match.candidates.map((candidate) => (
              <li key={candidate.id}>
                <button
                  type="button"
                  className={styles['candidate']}
                  disabled={busy}
                  onClick={() => assign(candidate.id, !ringing)}
                >
                  <span className={styles['name']}>{candidate.name}</span>
                  <span className={styles['soft']}>
                    {[
                      candidate.company,
                      candidate.city,
                      matchReasonInWords(i18n, formats, candidate.reason, null),
                      candidate.lastContactAt === null
                        ? null
                        : t`last contact ${formats.relative(candidate.lastContactAt)}`,
                      candidate.lastFeeling === null
                        ? null
                        : emotionInWords(i18n, candidate.lastFeeling),
                    ]
                      .filter(Boolean)
                      .join(' · ')}
                  </span>
                </button>
              </li>
            ))}
          </ul>
          {newCustomer}
          {trouble}
        </div>
      );
    case 'unknown':
      return (
        <div className={styles['box']}>
          <p className={styles['soft']}>
            {match.lastCallAt === null ? (
              <Trans>Not in the book, and never on the line before.</Trans>
            ) : (
              <Trans>
                Not in the book. Seen before: {match.earlierCalls}×, the last time{' '}
                {formats.relative(match.lastCallAt)}.
              </Trans>
            )}
          </p>
          {newCustomer}
          {trouble}
        </div>
      );
    case 'anonymous':
      return (
        <div className={styles['box']}>
          <p className={styles['soft']}>
            <Trans>
              The number is withheld. Ask for the name, then create or find the customer.
            </Trans>
          </p>
          {ringing ? null : newCustomer}
          {trouble}
        </div>
      );
  }
}
