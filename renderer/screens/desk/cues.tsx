import { Trans, useLingui } from '@lingui/react/macro';
import { useId, useState } from 'react';
import type { Cue } from '../../../preload/contract/customers.ts';
import { Button } from '../../components/button.tsx';
import { classNames } from '../../components/class-names.ts';
import { Notice } from '../../components/notice.tsx';
import { Panel } from '../../components/panel.tsx';
import { coreProblemOf } from '../../core-client/core-error.ts';
import { useCore, useSettings } from '../../core-client/queries.ts';
import { useFormats } from '../../language/use-formats.ts';
import { cueInWords, evidenceKindInWords } from '../../language/words/cues.ts';
import { coreProblemInWords } from '../../language/words/problems.ts';
import styles from './cues.module.css';
import { dueDateFrom } from './wrap-up/due-date.ts';

interface CueCardProps {
  cue: Cue;
  onNotTrue: () => void;
  onSnooze: () => void;
  /** For a cue that one press can settle: an open question that has been answered. */
  onAnswered: (() => void) | null;
}

function CueCard({ cue, onNotTrue, onSnooze, onAnswered }: CueCardProps) {
  const { t, i18n } = useLingui();
  const formats = useFormats();
  const id = useId();
  const [open, setOpen] = useState(false);
  const words = cueInWords(i18n, formats, cue);
  return (
    <li className={classNames(styles['cue'], styles[`priority${cue.priority}`])}>
      <p className={styles['fact']}>{words.fact}</p>
      {words.quote === null ? null : <p className={styles['quote']}>{words.quote}</p>}
      <p className={styles['suggestion']}>{words.suggestion}</p>
      <div className={styles['actions']}>
        <button
          type="button"
          className={styles['why']}
          aria-expanded={open}
          aria-controls={id}
          onClick={() => setOpen(!open)}
        >
          {t({ message: 'Why?', comment: 'Opens the evidence for a cue: Warum?' })}
        </button>
        {onAnswered === null ? null : (
          <Button
            variant="link"
            size="small"
            onPress={onAnswered}
            hint={t`The question is open no longer`}
          >
            {t({
              message: 'Resolved',
              comment: 'Button: the question has been answered, beantwortet',
            })}
          </Button>
        )}
        <Button
          variant="link"
          size="small"
          onPress={onNotTrue}
          hint={t`Never show this again for this matter`}
        >
          {t({ message: 'Not true', comment: 'The agent says that a cue is wrong: Stimmt nicht' })}
        </Button>
        <Button
          variant="link"
          size="small"
          onPress={onSnooze}
          hint={t`Hide it until tomorrow, 8:00`}
        >
          {t({ message: 'Snooze', comment: 'Hide a cue until tomorrow: Später' })}
        </Button>
      </div>
      <ul id={id} hidden={!open} className={styles['evidence']}>
        {cue.evidence.map((piece) => (
          <li key={`${piece.kind}-${piece.id}`}>
            <span className={styles['source']}>
              {[evidenceKindInWords(i18n, piece.kind), formats.moment(piece.at), piece.author]
                .filter(Boolean)
                .join(' · ')}
            </span>
            {piece.quote === null ? null : <q className={styles['words']}>{piece.quote}</q>}
          </li>
        ))}
      </ul>
    </li>
  );
}

/** The cues for one customer: a fact and a suggestion each, and what the agent thinks of them. */
export function Cues({ customerId, cues }: { customerId: string; cues: readonly Cue[] }) {
  const { t, i18n } = useLingui();
  const core = useCore();
  const { zone } = useSettings();
  const [settled, setSettled] = useState<ReadonlySet<string>>(new Set());
  const [problem, setProblem] = useState<string | null>(null);
  const keyOf = (cue: Cue) => `${customerId}/${cue.rule}/${cue.subject}`;
  const gone = (cue: Cue, done: Promise<unknown>) => {
    setProblem(null);
    setSettled((known) => new Set(known).add(keyOf(cue)));
    done.catch((thrown: unknown) => {
      setProblem(coreProblemInWords(i18n, coreProblemOf(thrown)));
      setSettled((known) => new Set([...known].filter((key) => key !== keyOf(cue))));
    });
  };
  const settle = (cue: Cue, verdict: { kind: 'notTrue' } | { kind: 'snooze'; until: number }) =>
    gone(cue, core.cues.dismiss({ customerId, rule: cue.rule, subject: cue.subject, verdict }));
  const tomorrow = () => {
    const now = Date.now();
    return dueDateFrom('tomorrow 8:00', { now, zone })?.at ?? now + 86_400_000;
  };
  const answering = (cue: Cue) => {
    const question = cue.evidence.find(({ kind }) => kind === 'question');
    if (question === undefined) return null;
    return () => gone(cue, core.questions.settle({ questionId: question.id }));
  };
  const shown = cues.filter((cue) => !settled.has(keyOf(cue)));
  return (
    <Panel
      name={t({ message: 'Cues', comment: 'Heading: what to know before speaking, Hinweise' })}
    >
      {problem === null ? null : <Notice tone="problem">{problem}</Notice>}
      {shown.length === 0 ? (
        <p className={styles['none']}>
          <Trans>No cue: nothing overdue, nothing left unanswered.</Trans>
        </p>
      ) : (
        <ul>
          {shown.map((cue) => (
            <CueCard
              key={keyOf(cue)}
              cue={cue}
              onNotTrue={() => settle(cue, { kind: 'notTrue' })}
              onSnooze={() => settle(cue, { kind: 'snooze', until: tomorrow() })}
              onAnswered={answering(cue)}
            />
          ))}
        </ul>
      )}
    </Panel>
  );
}
