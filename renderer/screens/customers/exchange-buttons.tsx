import { Trans, useLingui } from '@lingui/react/macro';
import { Download, Upload } from 'lucide-react';
import { useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { Button } from '../../components/button.tsx';
import { Select } from '../../components/choice-field.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Progress } from '../../components/meter.tsx';
import { Notice } from '../../components/notice.tsx';
import { coreProblemOf } from '../../core-client/core-error.ts';
import { useCore } from '../../core-client/queries.ts';
import { fileProblemInWords } from '../../language/words/files.ts';
import { coreProblemInWords } from '../../language/words/problems.ts';
import { FileTrouble, pieceTarget } from '../import/save-pieces.ts';
import styles from './customer-dialog.module.css';

type Format = 'csv' | 'vcard' | 'json';
const FILES: Record<Format, { name: string; type: string }> = {
  csv: { name: 'anklang-customers.csv', type: 'text/csv' },
  vcard: { name: 'anklang-customers.vcf', type: 'text/vcard' },
  json: { name: 'anklang-book.json', type: 'application/json' },
};
/** From here on the browser should not gather the whole file before it is saved. */
const LARGE_BOOK = 50_000;

/** The way to files in, and the book as a file out. */
export function ExchangeButtons() {
  const [, goTo] = useLocation();
  const [exporting, setExporting] = useState(false);
  return (
    <>
      <Button icon={<Upload aria-hidden="true" />} onPress={() => goTo('/customers/import')}>
        <Trans>Import</Trans>
      </Button>
      <Button icon={<Download aria-hidden="true" />} onPress={() => setExporting(true)}>
        <Trans>Export</Trans>
      </Button>
      {exporting ? <ExportDialog onClose={() => setExporting(false)} /> : null}
    </>
  );
}

function ExportDialog({ onClose }: { onClose: () => void }) {
  const { t, i18n } = useLingui();
  const core = useCore();
  const [format, setFormat] = useState<Format>('csv');
  const [done, setDone] = useState<{ customers: number; total: number } | null>(null);
  const [saved, setSaved] = useState<'landed' | 'handedOver' | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const cancelled = useRef(false);
  const running = done !== null && saved === null;

  const run = async () => {
    cancelled.current = false;
    setProblem(null);
    setSaved(null);
    setDone({ customers: 0, total: 0 });
    const { name, type } = FILES[format];
    // German spreadsheets part cells by semicolons.
    const delimiter = i18n.locale === 'de' ? ';' : ',';
    try {
      const first = await core.exchange.exportPiece({ format, delimiter });
      const target = await pieceTarget(name, type, first.total > LARGE_BOOK);
      if (!target) return setDone(null);
      for (let piece = first; ; ) {
        await target.write(piece.text);
        setDone({ customers: piece.done, total: piece.total });
        if (cancelled.current) {
          await target.abort();
          return setDone(null);
        }
        if (piece.next === null) break;
        piece = await core.exchange.exportPiece({ format, delimiter, cursor: piece.next });
      }
      await target.close();
      return setSaved(target.lands ? 'landed' : 'handedOver');
    } catch (thrown) {
      setProblem(
        thrown instanceof FileTrouble
          ? fileProblemInWords(i18n, thrown.problem)
          : coreProblemInWords(i18n, coreProblemOf(thrown)),
      );
      return setDone(null);
    }
  };

  const close = () => {
    cancelled.current = true;
    onClose();
  };
  const count = i18n.number(done?.customers ?? 0);
  return (
    <Dialog
      title={t`Export the book`}
      isOpen
      onClose={close}
      actions={
        <>
          <Button onPress={close}>{saved ? <Trans>Close</Trans> : <Trans>Cancel</Trans>}</Button>
          <Button variant="primary" isPending={running} onPress={() => void run()}>
            <Trans>Save file</Trans>
          </Button>
        </>
      }
    >
      <div className={styles['form']}>
        {problem === null ? null : (
          <Notice tone="problem" announce>
            {problem}
          </Notice>
        )}
        <Select
          label={t`Format`}
          choices={[
            { id: 'csv', text: 'CSV', detail: t`Customers, for spreadsheets and other programs.` },
            { id: 'vcard', text: 'vCard 4.0', detail: t`Customers, for address books.` },
            {
              id: 'json',
              text: 'JSON',
              detail: t`Everything: contacts, promises, deals, feelings too.`,
            },
          ]}
          value={format}
          onChange={(chosen) => {
            setFormat((chosen ?? 'csv') as Format);
            setDone(null);
            setSaved(null);
          }}
          isDisabled={running}
        />
        {running ? (
          <Progress
            label={t`The book is being saved`}
            value={done.total === 0 ? null : done.customers / done.total}
            text={t`${count} customers`}
          />
        ) : null}
        {saved === null ? null : (
          <Notice announce>
            {saved === 'landed' ? (
              <Trans>Saved. The file is not encrypted: keep it where only you can read it.</Trans>
            ) : (
              <Trans>
                The file was handed over to be saved; should that fail, it is shown. It is not
                encrypted: keep it where only you can read it.
              </Trans>
            )}
          </Notice>
        )}
      </div>
    </Dialog>
  );
}
