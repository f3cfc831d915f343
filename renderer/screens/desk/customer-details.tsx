import { useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import type { CustomerPromise, CustomerStory } from '../../../preload/contract/customers.ts';
import { Button } from '../../components/button.tsx';
import { classNames } from '../../components/class-names.ts';
import { Notice } from '../../components/notice.tsx';
import { useCore, useSettings } from '../../core-client/queries.ts';
import { useFormats } from '../../language/use-formats.ts';
import { dealStateInWords, promiseStateInWords } from '../../language/words/customers.ts';
import styles from './customer-details.module.css';
import { useAct } from './use-act.ts';
import { useNow } from './use-now.ts';
import { meansWholeDay } from './wrap-up/due-date.ts';

function Rows({ empty, children }: { empty: string; children: ReactNode[] }) {
  return children.length === 0 ? <p className={styles['empty']}>{empty}</p> : <ul>{children}</ul>;
}

function PromiseRow({ promise }: { promise: CustomerPromise }) {
  const { t, i18n } = useLingui();
  const core = useCore();
  const formats = useFormats();
  const { zone } = useSettings();
  const now = useNow(60_000);
  const { act, busy, problem } = useAct();
  const open = promise.state === 'open';
  const over = open && promise.dueAt < now;
  const due = meansWholeDay(promise.dueAt, zone)
    ? formats.day(promise.dueAt)
    : formats.moment(promise.dueAt);
  return (
    <li className={styles['row']}>
      <div className={styles['words']}>
        <p className={styles['title']}>{promise.text}</p>
        <p className={classNames(styles['small'], over && styles['over'])}>
          {[
            over ? t`overdue since ${due}` : t`due ${due}`,
            promise.ownerName,
            open ? null : promiseStateInWords(i18n, promise.state),
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
        {problem === null ? null : <Notice tone="problem">{problem}</Notice>}
      </div>
      {open ? (
        <Button
          size="small"
          isPending={busy}
          label={t`Kept: ${promise.text}`}
          onPress={() => act(() => core.promises.settle({ promiseId: promise.id, state: 'kept' }))}
        >
          {t({ message: 'Kept', comment: 'Button: the promise was kept' })}
        </Button>
      ) : null}
    </li>
  );
}

export function Promises({ story }: { story: CustomerStory }) {
  const { t } = useLingui();
  return (
    <Rows empty={t`Nothing is promised.`}>
      {story.promises.map((promise) => (
        <PromiseRow key={promise.id} promise={promise} />
      ))}
    </Rows>
  );
}

function QuestionRow({ question }: { question: CustomerStory['questions'][number] }) {
  const { t } = useLingui();
  const core = useCore();
  const formats = useFormats();
  const { act, busy, problem } = useAct();
  return (
    <li className={styles['row']}>
      <div className={styles['words']}>
        <p className={styles['title']}>{question.text}</p>
        <p className={styles['small']}>
          {t({
            message: `asked ${formats.relative(question.askedAt)}`,
            comment: 'When the customer asked a question: gestellt vor 3 Tagen',
          })}
        </p>
        {problem === null ? null : <Notice tone="problem">{problem}</Notice>}
      </div>
      <Button
        size="small"
        isPending={busy}
        label={t`Resolved: ${question.text}`}
        onPress={() => act(() => core.questions.settle({ questionId: question.id }))}
      >
        {t({ message: 'Resolved', comment: 'Button: the question has been answered, beantwortet' })}
      </Button>
    </li>
  );
}

/** What the customer still wants to know. */
export function Questions({ story }: { story: CustomerStory }) {
  const { t } = useLingui();
  return (
    <Rows empty={t`No question is open.`}>
      {story.questions.map((question) => (
        <QuestionRow key={question.id} question={question} />
      ))}
    </Rows>
  );
}

export function Matters({ story }: { story: CustomerStory }) {
  const { t } = useLingui();
  const formats = useFormats();
  return (
    <Rows empty={t`No matter is noted.`}>
      {story.matters.map((matter) => (
        <li key={matter.id} className={styles['row']}>
          <div className={styles['words']}>
            <p className={styles['title']}>{matter.title}</p>
            <p className={styles['small']}>
              {matter.closedAt === null
                ? t`open since ${formats.day(matter.openedAt)}`
                : t`closed on ${formats.day(matter.closedAt)}`}
            </p>
          </div>
        </li>
      ))}
    </Rows>
  );
}

export function Deals({ story }: { story: CustomerStory }) {
  const { t, i18n } = useLingui();
  const formats = useFormats();
  return (
    <Rows empty={t`No deal is noted.`}>
      {story.deals.map((deal) => (
        <li key={deal.id} className={styles['row']}>
          <div className={styles['words']}>
            <p className={styles['title']}>{deal.title ?? dealStateInWords(i18n, deal.state)}</p>
            <p className={styles['small']}>
              {[
                deal.title === null ? null : dealStateInWords(i18n, deal.state),
                formats.day(deal.at),
              ]
                .filter(Boolean)
                .join(' · ')}
            </p>
          </div>
          {deal.valueCents === null ? null : (
            <span className={styles['value']}>{formats.money(deal.valueCents)}</span>
          )}
        </li>
      ))}
    </Rows>
  );
}
