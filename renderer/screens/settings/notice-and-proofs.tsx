import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Consent, SealedProof } from '../../../preload/contract/rights.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Notice } from '../../components/notice.tsx';
import { TextField } from '../../components/text-field.tsx';
import { coreProblemOf } from '../../core-client/core-error.ts';
import { useCore } from '../../core-client/queries.ts';
import { useFormats } from '../../language/use-formats.ts';
import { coreProblemInWords } from '../../language/words/problems.ts';
import { mannerInWords, NOTICE_TEXTS, purposeInWords } from '../../language/words/rights.ts';
import styles from './section.module.css';
import { useChangeSettings } from './use-change-settings.ts';

/** What customers are told about their data, in both languages. */
export function NoticeTexts() {
  const { t } = useLingui();
  const { settings, change } = useChangeSettings();
  const { noticeTexts } = settings;
  const store = (language: 'de' | 'en', text: string) => {
    if (text !== noticeTexts[language])
      change({ noticeTexts: { ...noticeTexts, [language]: text } });
  };
  return (
    <>
      <h3>{t({ message: 'What customers are told about their data', comment: 'Heading' })}</h3>
      <OneText
        label={t`Text in German`}
        stored={noticeTexts.de}
        usual={NOTICE_TEXTS.de}
        onStore={(text) => store('de', text)}
      />
      <OneText
        label={t`Text in English`}
        stored={noticeTexts.en}
        usual={NOTICE_TEXTS.en}
        onStore={(text) => store('en', text)}
      />
    </>
  );
}

interface OneTextProps {
  label: string;
  stored: string;
  usual: string;
  onStore: (text: string) => void;
}

function OneText({ label, stored, usual, onStore }: OneTextProps) {
  const { t } = useLingui();
  const [typed, setTyped] = useState(stored);
  return (
    <TextField
      label={label}
      rows={4}
      value={typed}
      onChange={setTyped}
      placeholder={usual}
      maxLength={5_000}
      description={t`Empty means the text that comes along. It can be copied from every customer’s details.`}
      onBlur={() => onStore(typed.trim())}
    />
  );
}

/** Proofs of consent: whether the chain is whole, and what is kept of customers who were erased. */
export function Proofs() {
  const { t, i18n } = useLingui();
  const core = useCore();
  const formats = useFormats();
  const { data } = useQuery({
    queryKey: ['customers', 'sealedProofs'],
    queryFn: () => core.rights.sealedProofs(),
  });
  const [chosen, setChosen] = useState<SealedProof | null>(null);
  const [verified, setVerified] = useState<{ count: number; brokenAt: number | null } | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const verify = () => {
    setProblem(null);
    core.rights
      .verifyProofs()
      .then(setVerified, (thrown: unknown) =>
        setProblem(coreProblemInWords(i18n, coreProblemOf(thrown))),
      );
  };
  return (
    <>
      <h3>{t({ message: 'Proofs of consent', comment: 'Heading' })}</h3>
      <div className={styles['buttons']}>
        <Button onPress={verify}>
          <Trans>Verify the chain</Trans>
        </Button>
        <p role="status" className={styles['soft']}>
          {verified === null
            ? null
            : verified.brokenAt === null
              ? t`${verified.count} entries, each as it was written.`
              : t`Entry ${verified.brokenAt} is not as it was written.`}
        </p>
      </div>
      {problem === null ? null : <Notice tone="problem">{problem}</Notice>}
      {data === undefined || data.length === 0 ? (
        <p className={styles['soft']}>
          <Trans>Nothing is kept of customers who were erased.</Trans>
        </p>
      ) : (
        <ul className={styles['form']}>
          {data.map((proof) => (
            <li key={`${proof.proofId} ${proof.kind}`} className={styles['row']}>
              <span>
                {t`Sealed on ${formats.date(proof.sealedAt)}, kept until ${formats.date(proof.keptUntil)}`}
              </span>
              {proof.kind === 'given' ? (
                <Button
                  size="small"
                  label={t`Open the proof sealed on ${formats.date(proof.sealedAt)}`}
                  onPress={() => setChosen(proof)}
                >
                  {t({ message: 'Open', comment: 'Button: opens a sealed proof' })}
                </Button>
              ) : null}
            </li>
          ))}
        </ul>
      )}
      {chosen === null ? null : <Unseal proof={chosen} onClose={() => setChosen(null)} />}
    </>
  );
}

function Unseal({ proof, onClose }: { proof: SealedProof; onClose: () => void }) {
  const { t, i18n } = useLingui();
  const core = useCore();
  const formats = useFormats();
  const [reason, setReason] = useState('');
  const [opened, setOpened] = useState<Consent[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const open = () => {
    setProblem(null);
    core.rights
      .unseal({ proofId: proof.proofId, reason })
      .then(setOpened, (thrown: unknown) =>
        setProblem(coreProblemInWords(i18n, coreProblemOf(thrown))),
      );
  };
  return (
    <Dialog
      title={t`Open a sealed proof`}
      isOpen
      onClose={onClose}
      actions={
        <Button variant="primary" isDisabled={reason.trim().length < 5} onPress={open}>
          {t({ message: 'Open and log the reason', comment: 'Button' })}
        </Button>
      }
    >
      <div className={styles['form']}>
        <TextField
          label={t`Why it is opened`}
          description={t`The reason is logged with your name and the time.`}
          value={reason}
          onChange={setReason}
          maxLength={500}
        />
        {opened?.map((consent) => (
          <p key={consent.proofId}>
            {[
              consent.name,
              consent.number,
              purposeInWords(i18n, consent.purpose),
              consent.scope,
              mannerInWords(i18n, consent.manner),
              formats.date(consent.givenAt),
            ].join(' · ')}
          </p>
        ))}
        {problem === null ? null : <Notice tone="problem">{problem}</Notice>}
      </div>
    </Dialog>
  );
}
