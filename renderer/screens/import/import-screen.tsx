import { Trans, useLingui } from '@lingui/react/macro';
import { FileUp } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { Button } from '../../components/button.tsx';
import { classNames } from '../../components/class-names.ts';
import { Progress } from '../../components/meter.tsx';
import { Notice } from '../../components/notice.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { type CoreProblem, coreProblemOf } from '../../core-client/core-error.ts';
import { useCore } from '../../core-client/queries.ts';
import { coreProblemInWords } from '../../language/words/problems.ts';
import { EarlierImports } from './earlier-imports.tsx';
import { ImportPreviewRegion } from './import-preview.tsx';
import { ImportReport } from './import-report.tsx';
import styles from './import-screen.module.css';
import { sendFile } from './send-file.ts';

/** From a file to its report: choose, look at what it becomes, try, import. */
export default function ImportScreen() {
  const { t, i18n } = useLingui();
  const core = useCore();
  const [, goTo] = useLocation();
  const [sending, setSending] = useState<{ name: string; share: number } | null>(null);
  const [fileId, setFileId] = useState<string | null>(null);
  const [importId, setImportId] = useState<string | null>(null);
  const [problem, setProblem] = useState<CoreProblem | null>(null);
  const stop = useRef<AbortController | null>(null);
  useEffect(() => () => stop.current?.abort(), []);

  const discard = () => {
    if (fileId !== null) void core.exchange.discard({ fileId }).catch(() => undefined);
    setFileId(null);
  };

  const take = async (file: File) => {
    discard();
    setImportId(null);
    setProblem(null);
    const abort = new AbortController();
    stop.current = abort;
    setSending({ name: file.name, share: 0 });
    try {
      const onProgress = (share: number) => setSending({ name: file.name, share });
      setFileId(await sendFile(core, file, onProgress, abort.signal));
    } catch (thrown) {
      setProblem(coreProblemOf(thrown));
    } finally {
      setSending(null);
    }
  };

  return (
    <div className={styles['screen']}>
      <PageHead
        title={t`Import`}
        back={t`Back to the customers`}
        onBack={() => goTo('/customers')}
      />
      {problem === null ? null : (
        <Notice tone="problem">{coreProblemInWords(i18n, problem)}</Notice>
      )}
      {sending === null ? (
        <FilePlace
          compact={fileId !== null || importId !== null}
          onFile={(file) => void take(file)}
        />
      ) : (
        <div className={styles['sending']}>
          <Progress
            label={t`${sending.name} is being read`}
            value={sending.share}
            text={`${Math.round(sending.share * 100)} %`}
          />
          <Button size="small" onPress={() => stop.current?.abort()}>
            <Trans>Cancel</Trans>
          </Button>
        </div>
      )}
      {importId === null ? null : <ImportReport importId={importId} />}
      {fileId === null ? null : (
        <ImportPreviewRegion
          key={fileId}
          fileId={fileId}
          onDiscard={discard}
          onStarted={(started) => {
            setImportId(started.id);
            // A dry run leaves the file for the import.
            if (!started.dryRun) setFileId(null);
          }}
        />
      )}
      <EarlierImports shown={importId} onShow={setImportId} />
    </div>
  );
}

/** By button, by keyboard, or dropped here. */
function FilePlace({ compact, onFile }: { compact: boolean; onFile: (file: File) => void }) {
  const { t } = useLingui();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  // The desk must not leave its page when a file misses the place by a little.
  useEffect(() => {
    const hover = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      setOver(event.type === 'dragover');
    };
    const drop = (event: DragEvent) => {
      hover(event);
      const [file] = event.dataTransfer?.files ?? [];
      if (file) onFile(file);
    };
    window.addEventListener('dragover', hover);
    window.addEventListener('dragleave', hover);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragover', hover);
      window.removeEventListener('dragleave', hover);
      window.removeEventListener('drop', drop);
    };
  });
  return (
    <section
      aria-label={t`File to import`}
      className={classNames(styles['place'], over && styles['over'], compact && styles['compact'])}
    >
      <p className={styles['soft']}>
        <Trans>
          Drop a CSV or vCard file here, for example an export of Outlook, iCloud, Google, HubSpot
          or Salesforce. Nothing is imported before you have seen what it becomes.
        </Trans>
      </p>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={t`File to import`}
        accept=".csv,.tsv,.txt,.vcf,.vcard,text/csv,text/vcard"
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? [];
          event.currentTarget.value = '';
          if (file) onFile(file);
        }}
      />
      <Button
        variant={compact ? 'secondary' : 'primary'}
        icon={<FileUp aria-hidden="true" />}
        onPress={() => input.current?.click()}
      >
        {compact ? <Trans>Choose another file</Trans> : <Trans>Choose file</Trans>}
      </Button>
    </section>
  );
}
