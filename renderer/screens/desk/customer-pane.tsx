import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Phone, PhoneForwarded, UserRoundSearch } from 'lucide-react';
import { useRef, useState, type ReactNode } from 'react';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import type { CustomerStory } from '../../../preload/contract/customers.ts';
import { Button } from '../../components/button.tsx';
import { classNames } from '../../components/class-names.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { Initials } from '../../components/initials.tsx';
import { Notice } from '../../components/notice.tsx';
import { Panel } from '../../components/panel.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { Tag } from '../../components/tag.tsx';
import { Tooltip } from '../../components/tooltip.tsx';
import type { CoreProblem } from '../../core-client/core-error.ts';
import { useFormats, useShownNumber } from '../../language/use-formats.ts';
import { originInWords } from '../../language/words/customers.ts';
import { coreProblemInWords } from '../../language/words/problems.ts';
import { useKeys, useShortcut } from '../../shortcuts/shortcuts.tsx';
import { Deals, Matters, Promises, Questions } from './customer-details.tsx';
import { MasterData } from './details/master-data.tsx';
import { Course, FeelingFacts, FeelingScore } from './customer-feelings.tsx';
import styles from './customer-pane.module.css';
import { CallbackDialog } from '../work/callback-dialog.tsx';
import { CustomerRights } from './rights/customer-rights.tsx';
import { ObjectionBanner } from './rights/objection-banner.tsx';
import { OutsideLinks } from './outside-links.tsx';
import { Timeline } from './timeline.tsx';
import { useCalls, useDial } from './use-calls.ts';
import { useMedia } from './use-media.ts';

function Numbers({ story, onCallback }: { story: CustomerStory; onCallback: () => void }) {
  const { t } = useLingui();
  const dial = useDial();
  const { mayDial } = useCalls();
  const shownNumber = useShownNumber();
  const { customer } = story;
  return (
    <ul className={styles['numbers']}>
      {customer.numbers.map(({ id, raw, e164, label }) => (
        <li key={id}>
          <Button
            size="small"
            icon={<Phone aria-hidden="true" />}
            hint={label === null ? t`Dial this number` : t`Dial this number: ${label}`}
            isDisabled={!mayDial}
            onPress={() => dial({ target: raw, display: customer.name, customerId: customer.id })}
          >
            {shownNumber(e164 ?? raw)}
          </Button>
        </li>
      ))}
      <li>
        <Button
          size="small"
          variant="quiet"
          icon={<PhoneForwarded aria-hidden="true" />}
          hint={t`Plan to call back`}
          onPress={onCallback}
        >
          {t({ message: 'Callback', comment: 'Button: plans a callback', context: 'button' })}
        </Button>
      </li>
    </ul>
  );
}

/** A count stays on one line with what it counts. */
const unbroken = (words: string): string => words.replaceAll(' ', '\u00a0');

function Head({ story }: { story: CustomerStory }) {
  const { t, i18n } = useLingui();
  const formats = useFormats();
  const { customer, feelings, contactCount } = story;
  const [callback, setCallback] = useState(false);
  const place = [customer.company, customer.city].filter(Boolean).join(', ');
  const since =
    customer.customerSince === null
      ? null
      : t`customer since ${formats.date(customer.customerSince)}`;
  const origin = originInWords(i18n, customer.origin);
  return (
    <header className={styles['head']}>
      <ObjectionBanner customerId={customer.id} />
      <div className={styles['who']}>
        <Initials name={customer.name} />
        <div className={styles['identity']}>
          <h2 className={styles['name']}>{customer.name}</h2>
          <p className={styles['place']}>
            {[
              place === '' ? null : place,
              since,
              unbroken(t`${plural(contactCount, { one: '# contact', other: '# contacts' })}`),
            ]
              .filter(Boolean)
              .join(' · ')}
          </p>
          <Numbers story={story} onCallback={() => setCallback(true)} />
          {callback ? (
            <CallbackDialog
              customer={{
                id: customer.id,
                name: customer.name,
                number: customer.numbers[0]?.raw ?? null,
              }}
              onClose={() => setCallback(false)}
            />
          ) : null}
          <OutsideLinks
            customer={customer}
            number={customer.numbers[0]?.raw ?? null}
            e164={customer.numbers[0]?.e164 ?? null}
          />
          {customer.tags.length === 0 && origin === null ? null : (
            <div className={styles['tags']}>
              {customer.tags.map((tag) => (
                <Tag key={tag}>{tag}</Tag>
              ))}
              {origin === null ? null : (
                <Tooltip
                  text={t`Not a real record: it counts in no figure once an account is set up.`}
                >
                  <Button variant="link" size="small">
                    {origin}
                  </Button>
                </Tooltip>
              )}
            </div>
          )}
        </div>
        <div className={styles['feelings']}>
          <FeelingFacts feelings={feelings} />
          <FeelingScore feelings={feelings} />
        </div>
      </div>
      <Course feelings={feelings} />
    </header>
  );
}

function Counted({ words, count }: { words: string; count: number }) {
  return (
    <>
      {words}
      {count === 0 ? null : <span className={styles['count']}>{count}</span>}
    </>
  );
}

function Narrow({ story }: { story: CustomerStory }) {
  const { t } = useLingui();
  const open = story.promises.filter((promise) => promise.state === 'open').length;
  return (
    <Tabs className={styles['tabs'] ?? ''}>
      <TabList className={styles['tabList'] ?? ''} aria-label={t`What is known`}>
        <Tab id="timeline" className={styles['tab'] ?? ''}>
          {t`Timeline`}
        </Tab>
        <Tab id="promises" className={styles['tab'] ?? ''}>
          <Counted words={t`Promises`} count={open} />
        </Tab>
        {story.questions.length === 0 ? null : (
          <Tab id="questions" className={styles['tab'] ?? ''}>
            <Counted
              words={t({ message: 'Questions', comment: 'Tab: questions nobody has answered yet' })}
              count={story.questions.length}
            />
          </Tab>
        )}
        <Tab id="matters" className={styles['tab'] ?? ''}>
          <Counted
            words={t`Matters`}
            count={story.matters.filter((matter) => matter.closedAt === null).length}
          />
        </Tab>
        <Tab id="deals" className={styles['tab'] ?? ''}>
          <Counted words={t`Deals`} count={story.deals.length} />
        </Tab>
        <Tab id="details" className={styles['tab'] ?? ''}>
          {t`Details`}
        </Tab>
      </TabList>
      <TabPanel id="timeline" className={styles['panel'] ?? ''}>
        <Timeline key={story.customer.id} story={story} />
      </TabPanel>
      <TabPanel id="promises" className={styles['panel'] ?? ''}>
        <Promises story={story} />
      </TabPanel>
      {story.questions.length === 0 ? null : (
        <TabPanel id="questions" className={styles['panel'] ?? ''}>
          <Questions story={story} />
        </TabPanel>
      )}
      <TabPanel id="matters" className={styles['panel'] ?? ''}>
        <Matters story={story} />
      </TabPanel>
      <TabPanel id="deals" className={styles['panel'] ?? ''}>
        <Deals story={story} />
      </TabPanel>
      <TabPanel id="details" className={styles['panel'] ?? ''}>
        <MasterData story={story} />
        <CustomerRights key={story.customer.id} customer={story.customer} />
      </TabPanel>
    </Tabs>
  );
}

function SecondPane({ story }: { story: CustomerStory }) {
  const { t } = useLingui();
  return (
    <div className={styles['second']}>
      <Panel name={t`Promises`} surface="plain">
        <div className={styles['card']}>
          <Promises story={story} />
        </div>
      </Panel>
      {story.questions.length === 0 ? null : (
        <Panel name={t`Open questions`} surface="plain">
          <div className={styles['card']}>
            <Questions story={story} />
          </div>
        </Panel>
      )}
      <Panel name={t`Matters`} surface="plain">
        <div className={styles['card']}>
          <Matters story={story} />
        </div>
      </Panel>
      <Panel name={t`Deals`} surface="plain">
        <div className={styles['card']}>
          <Deals story={story} />
        </div>
      </Panel>
      <Panel name={t`Details`} surface="plain">
        <div className={styles['card']}>
          <MasterData story={story} />
          <CustomerRights key={story.customer.id} customer={story.customer} />
        </div>
      </Panel>
    </div>
  );
}

interface CustomerPaneProps {
  story: CustomerStory | null;
  /** A customer is chosen, but the story is still on its way. */
  awaited: boolean;
  /** Somebody is on the line whom the book does not know, or not for sure. */
  stranger: boolean;
  /** What is waiting, where it has no column of its own: it stands here while nobody is shown. */
  waiting: ReactNode;
  problem: CoreProblem | null;
  onRetry: () => void;
}

/** Who is this, and what happened? */
export function CustomerPane(props: CustomerPaneProps) {
  const { story, awaited, stranger, waiting, problem, onRetry } = props;
  const { t, i18n } = useLingui();
  const keysOf = useKeys();
  const wide = useMedia('(min-width: 1680px)');
  const bare = waiting !== null && story === null && problem === null && !awaited && !stranger;
  const pane = useRef<HTMLElement>(null);
  useShortcut('customer', () => pane.current?.focus());
  return (
    <div className={styles['middle']}>
      <section
        aria-label={t({ message: 'Customer', comment: 'Region: the customer that is shown' })}
        className={classNames(styles['pane'], bare && styles['bare'])}
        ref={pane}
        tabIndex={-1}
      >
        {story !== null ? (
          <>
            <Head story={story} />
            {wide ? (
              <div className={styles['panel']}>
                <Timeline key={story.customer.id} story={story} />
              </div>
            ) : (
              <Narrow story={story} />
            )}
          </>
        ) : problem !== null ? (
          <div className={styles['problem']}>
            <Notice
              tone="caution"
              action={
                <Button size="small" onPress={onRetry}>
                  <Trans>Try again</Trans>
                </Button>
              }
            >
              {coreProblemInWords(i18n, problem)}
            </Notice>
          </div>
        ) : awaited ? (
          <Skeleton label={t`The story is on its way`} lines={8} />
        ) : bare ? (
          <>
            <p className={styles['hint']}>
              <Trans>
                Nobody is on the line. Press {keysOf('focusField')} and type a name or a number, or
                take what is waiting here.
              </Trans>
            </p>
            {waiting}
          </>
        ) : (
          <EmptyState picture={<UserRoundSearch aria-hidden="true" />}>
            {stranger ? (
              <Trans>
                The book does not know who this is yet. Choose or create the customer on the right.
              </Trans>
            ) : (
              <Trans>
                Nobody is on the line. Press {keysOf('focusField')} and type a name or a number, or
                take what is waiting on the left.
              </Trans>
            )}
          </EmptyState>
        )}
      </section>
      {wide && story !== null ? <SecondPane story={story} /> : null}
    </div>
  );
}
