// Says who is on the line and why we think so, and lets the agent put it right.
import { Trans, useLingui } from '@lingui/react/macro';
import type { CallerContext } from '../../../preload/contract/customers.ts';
import { Button } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';
import { useFormats } from '../../language/use-formats.ts';
import { matchReasonInWords } from '../../language/words/customers.ts';
import { emotionInWords } from '../../language/words/feelings.ts';
import { ChooseCustomer, SomebodyElse, useAssign } from './choose-customer.tsx';
import styles from './who-is-it.module.css';

interface WhoIsItProps {
  callId: string;
  context: CallerContext;
  /** The name that signalling shows, to begin a new record with. */
  display: string | null;
  /** While the telephone rings nobody can have confirmed anything yet. */
  ringing: boolean;
}

export function WhoIsIt({ callId, context, display, ringing }: WhoIsItProps) {
  const { t, i18n } = useLingui();
  const formats = useFormats();
  const { busy, problem, assign, create } = useAssign(callId);
  const { match, number } = context;
  const trouble = problem === null ? null : <Notice tone="problem">{problem}</Notice>;
  const choice = (
    <ChooseCustomer
      busy={busy}
      suggested={display ?? ''}
      onChoose={(customerId) => assign(customerId, !ringing && number !== null)}
      onCreate={(name) => create(name, number)}
    />
  );
  switch (match.kind) {
    case 'known': {
      const sure =
        match.reason === 'confirmedNumber' || (match.reason === 'chosenByAgent' && number === null);
      if (ringing) return trouble;
      const customerId = context.story?.customer.id ?? null;
      const whose = { callId, customerId, number, display };
      if (sure) return <SomebodyElse {...whose} clearing />;
      return (
        <div className={styles['box']}>
          <p className={styles['soft']}>
            <Trans>
              Probably right: {matchReasonInWords(i18n, formats, match.reason, match.confirmedAt)}.
            </Trans>
          </p>
          <SomebodyElse
            {...whose}
            clearing
            beside={
              <Button size="small" isDisabled={busy} onPress={() => assign(customerId, true)}>
                <Trans>Confirmed</Trans>
              </Button>
            }
          />
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
          {choice}
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
          {choice}
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
          {ringing ? null : choice}
          {trouble}
        </div>
      );
  }
}
