import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { CustomerStory } from '../../../../preload/contract/customers.ts';
import type { OpenWrapUp } from '../../../../preload/contract/wrap-ups.ts';
import { Button } from '../../../components/button.tsx';
import { Notice } from '../../../components/notice.tsx';
import { Panel } from '../../../components/panel.tsx';
import { TextField } from '../../../components/text-field.tsx';
import { coreProblemOf } from '../../../core-client/core-error.ts';
import { useCore, useSettledWrapUp } from '../../../core-client/queries.ts';
import { useFormats } from '../../../language/use-formats.ts';
import { remoteInWords } from '../../../language/words/calls.ts';
import { coreProblemInWords } from '../../../language/words/problems.ts';
import { useKeys, useShortcut } from '../../../shortcuts/shortcuts.tsx';
import { takesText } from '../../../shortcuts/text-entry.ts';
import { PracticeMark } from '../practice-mark.tsx';
import { SomebodyElse } from '../choose-customer.tsx';
import { choiceStrokeFor } from './choice-keys.ts';
import { DraftNotice } from './draft-notice.tsx';
import { feelingStrokeFor } from './feeling-keys.ts';
import { FeelingTiles } from './feeling-tiles.tsx';
import { SensitiveHint } from '../rights/sensitive-hint.tsx';
import { takeNoteFocus } from './note-focus.ts';
import { useWrapUp } from './use-wrap-up.ts';
import {
  DealFields,
  ExpectationField,
  MatterFields,
  OutcomeField,
  PromiseFields,
} from './wrap-up-fields.tsx';
import { draftFrom, problemsOf, type FormProblem, type WrapUpAction } from './wrap-up-form.ts';
import styles from './wrap-up-panel.module.css';

interface WrapUpPanelProps {
  wrapUp: OpenWrapUp;
  story: CustomerStory | null;
  /** Figures and letters choose: not while a call rings or is up. */
  keyboard: boolean;
  onSaved: () => void;
  /** Other calls whose result is open; `onOther` shows the next of them. */
  others: number;
  onOther: () => void;
}

/** Saving: what is missing, what went wrong, and how long the feeling took to note. */
function useSaving(wrapUp: OpenWrapUp, onSaved: () => void) {
  const core = useCore();
  const settled = useSettledWrapUp();
  const { i18n } = useLingui();
  const { call } = wrapUp;
  const hand = useWrapUp({ callId: call.callId, customerId: call.customerId, stored: wrapUp });
  const [problems, setProblems] = useState<readonly FormProblem[]>([]);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [shownAt] = useState(() => performance.now());
  const tagMs = useRef<number | null>(null);
  const change = (action: WrapUpAction) => {
    if (action.type === 'feeling' || action.type === 'unknownFeeling') {
      tagMs.current ??= Math.round(performance.now() - shownAt);
    }
    hand.change(action);
  };
  const save = async () => {
    if (busy) return;
    const found = problemsOf(hand.form);
    setProblems(found);
    setTrouble(null);
    if (found.length > 0) return;
    setBusy(true);
    try {
      await core.wrapUps.save({
        wrapUpId: wrapUp.wrapUpId,
        result: draftFrom(hand.form, call.customerId),
        tagMs: tagMs.current,
      });
      settled(wrapUp.wrapUpId);
      hand.done();
      onSaved();
    } catch (thrown) {
      const problem = coreProblemOf(thrown);
      if (problem.kind === 'refused' && problem.code === 'WRAP_UP_INCOMPLETE') {
        setProblems(problem.data.problems);
      } else {
        setTrouble(coreProblemInWords(i18n, problem));
      }
    } finally {
      setBusy(false);
    }
  };
  // What has been put right is no longer held against the agent.
  const standing =
    problems.length === 0 ? [] : problems.filter((known) => problemsOf(hand.form).includes(known));
  return { ...hand, change, save, problems: standing, trouble, busy };
}

/** Results by figure and letter wherever the keyboard is, except in text. */
function useChoiceKeys(active: boolean, change: (action: WrapUpAction) => void): void {
  const { i18n } = useLingui();
  const language = i18n.locale === 'de' ? 'de' : 'en';
  const latest = useRef(change);
  useEffect(() => {
    latest.current = change;
  });
  useEffect(() => {
    if (!active) return undefined;
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || takesText(event.target)) return;
      if (event.target instanceof Element && event.target.closest('[role=dialog]') !== null) return;
      const stroke = feelingStrokeFor(event, language) ?? choiceStrokeFor(event);
      if (stroke === null) return;
      event.preventDefault();
      if (!event.repeat) latest.current(stroke);
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [active, language]);
}

/** What was the result? Give it the wrap-up's id as key. */
export function WrapUpPanel(props: WrapUpPanelProps) {
  const { wrapUp, story, keyboard, onSaved, others, onOther } = props;
  const { t, i18n } = useLingui();
  const formats = useFormats();
  const keysOf = useKeys();
  const { form, change, state, save, problems, trouble, busy } = useSaving(wrapUp, onSaved);
  useChoiceKeys(keyboard, change);
  useShortcut('saveWrapUp', () => void save());
  const panel = useRef<HTMLFormElement>(null);
  useShortcut('wrapUp', () => panel.current?.querySelector<HTMLElement>('input')?.focus());
  const { call } = wrapUp;
  const note = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  useShortcut('note', keyboard ? () => note.current?.focus() : null);
  useLayoutEffect(() => takeNoteFocus(call.callId, note.current), [call.callId]);
  const fields = { form, change, problems };
  return (
    <Panel
      surface="plain"
      name={t({ message: 'Wrap-up', comment: 'Region: result of a call, Nachbearbeitung' })}
      action={
        others === 0 ? null : (
          <Button variant="link" size="small" onPress={onOther}>
            <Trans>{others} more unfinished</Trans>
          </Button>
        )
      }
    >
      <form
        ref={panel}
        className={styles['form']}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <p className={styles['of']}>
          <span className={styles['who']}>
            {call.customerName ?? remoteInWords(i18n, call.remote)}
          </span>
          <span className={styles['soft']}>
            {[
              formats.time(call.startedAt),
              call.answeredAt === null ? null : formats.duration(call.talkMs),
            ]
              .filter(Boolean)
              .join(' · ')}
          </span>
          <PracticeMark origin={call.origin} />
        </p>
        <SomebodyElse
          callId={call.callId}
          customerId={call.customerId}
          number={call.remote.anonymous ? null : call.remote.number}
          display={call.remote.display}
        />
        <OutcomeField {...fields} />
        <FeelingTiles form={form} change={change} />
        <ExpectationField {...fields} />
        <TextField
          label={t({ message: 'Note', comment: 'Text field: what was said' })}
          rows={2}
          inputRef={note}
          value={form.note}
          maxLength={20_000}
          onChange={(text) => change({ type: 'text', field: 'note', text })}
        />
        <SensitiveHint text={form.note} />
        <PromiseFields {...fields} />
        <DealFields {...fields} />
        <MatterFields form={form} change={change} story={story} />
        <div className={styles['save']}>
          {trouble === null ? null : <Notice tone="problem">{trouble}</Notice>}
          {problems.length === 0 ? null : (
            <Notice tone="problem">
              <Trans>Not saved yet: see the marked fields. Nothing is lost.</Trans>
            </Notice>
          )}
          <div className={styles['saveRow']}>
            <span className={styles['soft']}>
              <DraftNotice state={state} typed />
            </span>
            <Button
              type="submit"
              variant="primary"
              keys={keysOf('saveWrapUp')}
              showKeys
              isPending={busy}
            >
              {t({ message: 'Save wrap-up', comment: 'Button: store the result of the call' })}
            </Button>
          </div>
        </div>
      </form>
    </Panel>
  );
}
