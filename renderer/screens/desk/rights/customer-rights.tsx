import { Trans, useLingui } from '@lingui/react/macro';
import { Copy, FileText, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { Customer } from '../../../../preload/contract/customers.ts';
import { Button } from '../../../components/button.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import { Notice } from '../../../components/notice.tsx';
import { useCore, useSettings } from '../../../core-client/queries.ts';
import { useFormats } from '../../../language/use-formats.ts';
import {
  mannerInWords,
  NOTICE_TEXTS,
  objectionInWords,
  purposeInWords,
} from '../../../language/words/rights.ts';
import { useAct } from '../use-act.ts';
import { EraseDialog } from './erase-dialog.tsx';
import { reportPage, saveFile, wholeReport } from './report-file.ts';
import styles from './rights.module.css';
import { ConsentForm, ObjectionForm } from './rights-forms.tsx';
import { useCustomerRights } from './use-rights.ts';

type Asked = 'objection' | 'consent' | 'report' | 'erase' | null;

/** What the law gives this customer, in the card's details. Give it the customer's id as key. */
export function CustomerRights({ customer }: { customer: Customer }) {
  const { t, i18n } = useLingui();
  const core = useCore();
  const formats = useFormats();
  const rights = useCustomerRights(customer.id);
  const [asked, setAsked] = useState<Asked>(null);
  const { act, busy, problem } = useAct();
  const close = () => setAsked(null);
  return (
    <section aria-label={t`Rights of the customer`} className={styles['rights']}>
      <NoticeText />
      <div className={styles['part']}>
        <h3 className={styles['heading']}>
          {t({ message: 'Objections and consents', comment: 'Heading in a customer’s details' })}
        </h3>
        {rights !== null && rights.objections.length + rights.consents.length === 0 ? (
          <p className={styles['soft']}>
            <Trans>No objection and no consent is noted.</Trans>
          </p>
        ) : null}
        {rights?.objections.map((objection) => {
          const what = objectionInWords(i18n, objection.kind);
          return (
            <div key={objection.id} className={styles['row']}>
              <p className={styles['words']}>
                {t`Objects to: ${what}`}
                <br />
                <span className={styles['soft']}>
                  {[
                    formats.date(objection.at),
                    mannerInWords(i18n, objection.manner),
                    objection.note,
                    objection.agentName,
                    objection.withdrawnAt === null
                      ? null
                      : t`withdrawn on ${formats.date(objection.withdrawnAt)}`,
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
              </p>
              {objection.withdrawnAt === null ? (
                <Button
                  size="small"
                  isPending={busy}
                  label={t`Withdrawn: ${what}`}
                  onPress={() =>
                    act(() => core.rights.withdrawObjection({ objectionId: objection.id }))
                  }
                >
                  {t({
                    message: 'Withdrawn',
                    comment: 'Button: the customer took the objection back',
                  })}
                </Button>
              ) : null}
            </div>
          );
        })}
        {rights?.consents.map((consent) => {
          const what = purposeInWords(i18n, consent.purpose);
          return (
            <div key={consent.proofId} className={styles['row']}>
              <p className={styles['words']}>
                {t`Agreed to: ${what}`} · {consent.number}
                <br />
                <span className={styles['soft']}>
                  {[
                    consent.scope,
                    formats.date(consent.givenAt),
                    mannerInWords(i18n, consent.manner),
                    consent.agentName,
                    consent.revokedAt === null
                      ? null
                      : t`revoked on ${formats.date(consent.revokedAt)}`,
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
              </p>
              {consent.revokedAt === null ? (
                <Button
                  size="small"
                  isPending={busy}
                  label={t`Revoked: ${what}`}
                  onPress={() =>
                    act(() =>
                      core.rights.revokeConsent({
                        proofId: consent.proofId,
                        at: Date.now(),
                        manner: 'call',
                      }),
                    )
                  }
                >
                  {t({
                    message: 'Revoked',
                    comment: 'Button: the customer takes the consent back',
                  })}
                </Button>
              ) : null}
            </div>
          );
        })}
        {problem === null ? null : <Notice tone="problem">{problem}</Notice>}
        <div className={styles['buttons']}>
          <Button size="small" onPress={() => setAsked('objection')}>
            <Trans>Note an objection</Trans>
          </Button>
          <Button
            size="small"
            isDisabled={customer.numbers.length === 0}
            onPress={() => setAsked('consent')}
          >
            <Trans>Note a consent</Trans>
          </Button>
        </div>
      </div>
      <div className={styles['buttons']}>
        <Button
          size="small"
          icon={<FileText aria-hidden="true" />}
          onPress={() => setAsked('report')}
        >
          <Trans>Access report</Trans>
        </Button>
        <Button size="small" icon={<Trash2 aria-hidden="true" />} onPress={() => setAsked('erase')}>
          <Trans>Erase customer</Trans>
        </Button>
      </div>
      {asked === 'objection' ? <ObjectionForm customerId={customer.id} onClose={close} /> : null}
      {asked === 'consent' ? <ConsentForm customer={customer} onClose={close} /> : null}
      {asked === 'report' ? <ReportDialog customer={customer} onClose={close} /> : null}
      {asked === 'erase' ? (
        <EraseDialog customerId={customer.id} onClose={close} onErased={close} />
      ) : null}
    </section>
  );
}

/** What to tell a customer about their data, to be read out or sent. */
function NoticeText() {
  const { t, i18n } = useLingui();
  const { noticeTexts } = useSettings();
  const [copied, setCopied] = useState<'yes' | 'no' | null>(null);
  const own = i18n.locale === 'en' ? 'en' : 'de';
  const textIn = (language: 'de' | 'en') => noticeTexts[language] || NOTICE_TEXTS[language];
  const copy = (language: 'de' | 'en') => {
    navigator.clipboard.writeText(textIn(language)).then(
      () => setCopied('yes'),
      () => setCopied('no'),
    );
  };
  return (
    <details className={styles['part']}>
      <summary className={styles['heading']}>
        <Trans>What to tell the customer</Trans>
      </summary>
      <p className={styles['notice']}>{textIn(own)}</p>
      <div className={styles['buttons']}>
        <Button size="small" icon={<Copy aria-hidden="true" />} onPress={() => copy('de')}>
          {t({ message: 'Copy in German', comment: 'Button: copies the text for customers' })}
        </Button>
        <Button size="small" icon={<Copy aria-hidden="true" />} onPress={() => copy('en')}>
          {t({ message: 'Copy in English', comment: 'Button: copies the text for customers' })}
        </Button>
        <span role="status" className={styles['soft']}>
          {copied === 'yes' ? <Trans>Copied.</Trans> : null}
          {copied === 'no' ? <Trans>The browser does not allow copying.</Trans> : null}
        </span>
      </div>
    </details>
  );
}

function ReportDialog({ customer, onClose }: { customer: Customer; onClose: () => void }) {
  const { t, i18n } = useLingui();
  const core = useCore();
  const formats = useFormats();
  const { act, busy, problem } = useAct();
  const save = (as: 'page' | 'data') =>
    act(async () => {
      const report = await wholeReport(core, customer.id);
      const name = `anklang-${new Date(report.madeAt).toISOString().slice(0, 10)}`;
      if (as === 'page') saveFile(`${name}.html`, 'text/html', reportPage(i18n, formats, report));
      else saveFile(`${name}.json`, 'application/json', JSON.stringify(report, null, 2));
    });
  return (
    <Dialog
      title={t`Everything that is stored about ${customer.name}`}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button isPending={busy} onPress={() => save('data')}>
            {t({ message: 'Save as data (JSON)', comment: 'Button' })}
          </Button>
          <Button variant="primary" isPending={busy} onPress={() => save('page')}>
            {t({ message: 'Save as a page to print', comment: 'Button' })}
          </Button>
        </>
      }
    >
      <p>
        <Trans>
          The report holds every row that names this person, tags of feeling and their history
          included. Recordings are listed; their sound can be heard in the timeline. Making a report
          is logged.
        </Trans>
      </p>
      {problem === null ? null : <Notice tone="problem">{problem}</Notice>}
    </Dialog>
  );
}
