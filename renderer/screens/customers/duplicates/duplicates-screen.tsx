import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import { useLocation } from 'wouter';
import type { UndoneMerge } from '../../../../preload/contract/clean-book.ts';
import { Button } from '../../../components/button.tsx';
import { Notice } from '../../../components/notice.tsx';
import { PageHead } from '../../../components/page-head.tsx';
import { useAllCustomFields } from '../../../core-client/book-queries.ts';
import { useCore } from '../../../core-client/queries.ts';
import { customerFieldInWords, stayedInWords } from '../../../language/words/clean-book.ts';
import { useDeskStore } from '../../desk/desk-store.ts';
import { useAct } from '../../desk/use-act.ts';
import styles from './duplicates-screen.module.css';
import { NotDuplicates } from './not-duplicates.tsx';
import { PairList } from './pair-list.tsx';
import { PastMerges } from './past-merges.tsx';
import { ScanBar } from './scan-bar.tsx';

interface Merged {
  id: string;
  survivorId: string;
  names: [string, string];
}

/** Who is in the book twice, and what was done about it. */
export default function DuplicatesScreen() {
  const { t } = useLingui();
  const [, goTo] = useLocation();
  const [merged, setMerged] = useState<Merged | null>(null);
  const [undone, setUndone] = useState<UndoneMerge | null>(null);
  const done = (merge: Merged | null) => {
    setMerged(merge);
    setUndone(null);
  };
  const afterUndo = (result: UndoneMerge) => {
    setMerged(null);
    setUndone(result);
  };
  return (
    <section className={styles['screen']} aria-label={t`Duplicates`}>
      <PageHead
        title={t`Duplicates`}
        back={t`Back to the customers`}
        onBack={() => goTo('/customers')}
      >
        <ScanBar />
      </PageHead>
      {merged === null ? null : <AfterMerge key={merged.id} merged={merged} onUndone={afterUndo} />}
      {undone === null ? null : <AfterUndo undone={undone} />}
      <Tabs className={styles['tabs'] ?? ''}>
        <TabList className={styles['tabList'] ?? ''} aria-label={t`What is shown`}>
          <Tab id="duplicate" className={styles['tab'] ?? ''}>
            {t({ message: 'Probably one person', comment: 'Tab: pairs of duplicate records' })}
          </Tab>
          <Tab id="household" className={styles['tab'] ?? ''}>
            {t({ message: 'Perhaps a household', comment: 'Tab: people who share a number' })}
          </Tab>
          <Tab id="merges" className={styles['tab'] ?? ''}>
            {t({ message: 'Past merges', comment: 'Tab: merges that can be undone' })}
          </Tab>
          <Tab id="dismissed" className={styles['tab'] ?? ''}>
            {t({ message: 'Told apart', comment: 'Tab: pairs that are no duplicates' })}
          </Tab>
        </TabList>
        {(['duplicate', 'household'] as const).map((kind) => (
          <TabPanel key={kind} id={kind} className={styles['panel'] ?? ''}>
            <PairList kind={kind} onMerged={done} onOther={() => done(null)} />
          </TabPanel>
        ))}
        <TabPanel id="merges" className={styles['panel'] ?? ''}>
          <PastMerges onUndone={afterUndo} />
        </TabPanel>
        <TabPanel id="dismissed" className={styles['panel'] ?? ''}>
          <NotDuplicates />
        </TabPanel>
      </Tabs>
    </section>
  );
}

function AfterMerge({
  merged,
  onUndone,
}: {
  merged: Merged;
  onUndone: (undone: UndoneMerge) => void;
}) {
  const core = useCore();
  const [, goTo] = useLocation();
  const showCustomer = useDeskStore((state) => state.showCustomer);
  const { act, busy, problem } = useAct();
  const [survivor, loser] = merged.names;
  return (
    <>
      <Notice
        announce
        action={
          <>
            <Button
              size="small"
              autoFocus
              onPress={() =>
                busy
                  ? undefined
                  : act(async () => onUndone(await core.merges.undo({ mergeId: merged.id })))
              }
            >
              <Trans>Undo merge</Trans>
            </Button>
            <Button
              size="small"
              onPress={() => {
                showCustomer(merged.survivorId);
                goTo('/');
              }}
            >
              <Trans>Show on the desk</Trans>
            </Button>
          </>
        }
      >
        <Trans>
          {loser} was merged into {survivor}: all that is known of both is in one record now.
        </Trans>
      </Notice>
      {problem === null ? null : <Notice tone="problem">{problem}</Notice>}
    </>
  );
}

/** Both records are there again; what came after the merge is named. */
function AfterUndo({ undone }: { undone: UndoneMerge }) {
  const { i18n } = useLingui();
  const { data: fields = [] } = useAllCustomFields();
  const { survivor, loser, stayed, keptFields } = undone;
  const later = stayed.map((each) => stayedInWords(i18n, each)).join(', ');
  const kept = keptFields.map((field) => customerFieldInWords(i18n, field, fields)).join(', ');
  return (
    <Notice announce>
      <Trans>
        {survivor.name} and {loser.name} are two records again.
      </Trans>{' '}
      {later === '' ? null : (
        <Trans>
          What came after the merge stays with {survivor.name}: {later}.
        </Trans>
      )}{' '}
      {kept === '' ? null : <Trans>Changed after the merge, and left as it is now: {kept}.</Trans>}
    </Notice>
  );
}
