// Says who is on the line and why we think so, and lets the agent put it right.
import { Trans, useLingui } from '@lingui/react/macro';
import type { CallerContext, CustomerHit } from '../../../preload/contract/customers.ts';
import type { MatchReason } from '../../../preload/contract/vocabulary.ts';
import { Button } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';
import { useFormats } from '../../language/use-formats.ts';
import { matchReasonInWords } from '../../language/words/customers.ts';
import { emotionInWords } from '../../language/words/feelings.ts';
import { ChooseCustomer, SomebodyElse, useAssign } from './choose-customer.tsx';
import { CustomerChoices } from './customer-choices.tsx';
import { IgnoreNumber } from './ignore-number.tsx';
import styles from './who-is-it.module.css';

interface WhoIsItProps {
  callId: string;
  context: CallerContext;
  /** The name that signalling shows, to begin a new record with. */
  display: string | null;
  /** While the telephone rings nobody can have confirmed anything yet. */
  ringing: boolean;
}

interface CandidatesProps {
  candidates: readonly (CustomerHit & { reason?: MatchReason })[];
  /** Why each of them fits, where they do not say so themselves. */
  reason?: MatchReason;
  busy: boolean;
  onChoose: (customerId: string) => void;
}

/** Who it may be, each with the reason. */
function Candidates({ candidates, reason, busy, onChoose }: CandidatesProps) {
  const { t, i18n } = useLingui();
  const formats = useFormats();
  return (
    <CustomerChoices
      hits={candidates}
      busy={busy}
      onChoose={onChoose}
      details={({ company, city, lastContactAt, lastFeeling, reason: why = reason }) => [
        company,
        city,
        why === undefined ? null : matchReasonInWords(i18n, formats, why, null),
        lastContactAt === null ? null : t`last contact ${formats.relative(lastContactAt)}`,
        lastFeeling === null ? null : emotionInWords(i18n, lastFeeling),
      ]}
    />
  );
}

export function WhoIsIt({ callId, context, display, ringing }: WhoIsItProps) {
  const { i18n } = useLingui();
  const formats = useFormats();
  const { busy, problem, assign, create, forgetNumber } = useAssign(callId);
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
      const forget =
        match.learnt && customerId !== null ? (
          <Button
            size="small"
            variant="quiet"
            isDisabled={busy}
            onPress={() => forgetNumber(customerId)}
          >
            <Trans>Forget this choice</Trans>
          </Button>
        ) : null;
      if (sure)
        return (
          <>
            <SomebodyElse {...whose} clearing beside={forget} />
            {trouble}
          </>
        );
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
              <>
                <Button size="small" isDisabled={busy} onPress={() => assign(customerId, true)}>
                  <Trans>Confirmed</Trans>
                </Button>
                {forget}
              </>
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
          <Candidates
            candidates={match.candidates}
            busy={busy}
            onChoose={(customerId) => assign(customerId, !ringing)}
          />
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
          {match.company === null ? null : (
            <>
              <p className={styles['soft']}>
                <Trans>The number looks like one of {match.company.name}. Is it one of them?</Trans>
              </p>
              <Candidates
                candidates={match.company.candidates}
                reason="companyPrefix"
                busy={busy}
                onChoose={(customerId) => assign(customerId, !ringing)}
              />
            </>
          )}
          {choice}
          {number === null ? null : (
            <IgnoreNumber callId={callId} number={number} ignored={context.ignored} />
          )}
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
