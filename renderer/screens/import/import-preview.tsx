import { Trans, useLingui } from '@lingui/react/macro';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type {
  ImportMapping,
  ImportPreview,
  ImportReading,
  ImportStatus,
} from '../../../preload/contract/exchange.ts';
import {
  IMPORT_KINDS,
  IMPORT_POLICIES,
  type ImportPolicy,
  TEXT_ENCODINGS,
} from '../../../preload/contract/exchange-words.ts';
import { Button } from '../../components/button.tsx';
import { Select } from '../../components/choice-field.tsx';
import { Notice } from '../../components/notice.tsx';
import { Panel } from '../../components/panel.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { TextField } from '../../components/text-field.tsx';
import { Checkbox } from '../../components/toggle.tsx';
import { type CoreProblem, coreProblemOf } from '../../core-client/core-error.ts';
import { useCore } from '../../core-client/queries.ts';
import {
  delimiterInWords,
  encodingInWords,
  importFieldInWords,
  importKindInWords,
  importPolicyInWords,
  unreadableInWords,
} from '../../language/words/exchange.ts';
import { coreProblemInWords } from '../../language/words/problems.ts';
import { ColumnTable } from './column-table.tsx';
import { FirstRows } from './first-rows.tsx';
import styles from './import-screen.module.css';
import { RememberedColumns } from './remembered-columns.tsx';

interface PreviewProps {
  fileId: string;
  onDiscard: () => void;
  onStarted: (started: ImportStatus) => void;
}

const DELIMITERS = [',', ';', '\t', '|'] as const;

/** What was found out about the file, each part to be put right, and what its first rows become. */
export function ImportPreviewRegion({ fileId, onDiscard, onStarted }: PreviewProps) {
  const { t, i18n } = useLingui();
  const core = useCore();
  const [reading, setReading] = useState<ImportReading>({});
  const [policy, setPolicy] = useState<ImportPolicy>('skip');
  const [name, setName] = useState('');
  const [starting, setStarting] = useState<'dry' | 'real' | null>(null);
  const [problem, setProblem] = useState<CoreProblem | null>(null);
  const preview = useQuery({
    queryKey: ['importPreview', fileId, reading, policy],
    queryFn: () => core.exchange.preview({ fileId, reading, policy }),
    placeholderData: keepPreviousData,
    gcTime: 0,
  });

  /** Columns are looked at anew when the file is read differently. */
  const readAs = (change: ImportReading) =>
    setReading((now) => {
      const kept = withoutMapping(now);
      // What was kept under a name is of one kind.
      return { ...(change.kind === undefined ? kept : withoutName(kept)), ...change };
    });

  const start = async (dryRun: boolean) => {
    setStarting(dryRun ? 'dry' : 'real');
    setProblem(null);
    try {
      const saveAs = name.trim();
      onStarted(
        await core.exchange.start({
          fileId,
          reading,
          policy,
          dryRun,
          ...(saveAs === '' ? {} : { saveAs }),
        }),
      );
    } catch (thrown) {
      setProblem(coreProblemOf(thrown));
    } finally {
      setStarting(null);
    }
  };

  const shown = preview.data;
  const failure = problem ?? preview.error?.problem ?? null;
  const ready = shown !== undefined && shown.unreadable === null && shown.missing.length === 0;
  return (
    <Panel name={t`Import preview`} padded>
      <div className={styles['preview']}>
        {failure === null ? null : (
          <Notice tone="problem">{coreProblemInWords(i18n, failure)}</Notice>
        )}
        {shown === undefined ? (
          failure === null ? (
            <Skeleton lines={6} label={t`The file is being looked at`} />
          ) : null
        ) : (
          <>
            <p className={styles['file']}>
              <strong>{shown.fileName}</strong>{' '}
              <span className={styles['soft']}>
                {shown.format === 'vcard' ? 'vCard' : 'CSV'}, {sizeInWords(shown.bytes)}
              </span>
            </p>
            {shown.unreadable === null ? null : (
              <Notice tone="problem">{unreadableInWords(i18n, shown.unreadable)}</Notice>
            )}
            <Reading preview={shown} onChange={readAs} />
            {shown.unreadable === null ? (
              <>
                <RememberedColumns
                  preview={shown}
                  chosen={reading.mappingName ?? null}
                  onChoose={(name) =>
                    setReading((now) => ({
                      ...withoutMapping(withoutName(now)),
                      ...(name === null ? {} : { mappingName: name }),
                    }))
                  }
                />
                <Missing preview={shown} />
                <ColumnTable
                  preview={shown}
                  targets={targetsIn(reading, shown)}
                  onChange={(column, target) =>
                    setReading((now) => ({
                      ...now,
                      mapping: targetsIn(now, shown).map((one, at) =>
                        at === column ? target : one,
                      ),
                    }))
                  }
                />
                <FirstRows preview={shown} />
                <div className={styles['choices']}>
                  <Select
                    label={t`Customers who are in the book already`}
                    choices={IMPORT_POLICIES.map((one) => {
                      const { name: text, what } = importPolicyInWords(i18n, one);
                      return { id: one, text, detail: what };
                    })}
                    value={policy}
                    onChange={(one) => setPolicy((one ?? 'skip') as ImportPolicy)}
                    description={importPolicyInWords(i18n, policy).what}
                  />
                  <TextField
                    label={t`Remember these columns as`}
                    description={t`Files with the same columns are recognised anyway.`}
                    value={name}
                    onChange={setName}
                    maxLength={100}
                    autoComplete="off"
                  />
                </div>
              </>
            ) : null}
            <div className={styles['buttons']}>
              <Button
                variant="primary"
                isDisabled={!ready || starting !== null}
                isPending={starting === 'real'}
                onPress={() => void start(false)}
              >
                <Trans>Start import</Trans>
              </Button>
              <Button
                isDisabled={!ready || starting !== null}
                isPending={starting === 'dry'}
                hint={t`Counts what would happen and changes nothing.`}
                onPress={() => void start(true)}
              >
                <Trans>Dry run</Trans>
              </Button>
              <Button variant="quiet" isDisabled={starting !== null} onPress={onDiscard}>
                <Trans>Discard file</Trans>
              </Button>
            </div>
          </>
        )}
      </div>
    </Panel>
  );
}

/** As chosen by hand, else as core understands the columns. */
function targetsIn({ mapping }: ImportReading, { columns }: ImportPreview): ImportMapping {
  return mapping?.length === columns.length ? mapping : columns.map(({ target }) => target);
}

function withoutMapping(reading: ImportReading): ImportReading {
  const { mapping: _mapping, ...rest } = reading;
  return rest;
}

function withoutName(reading: ImportReading): ImportReading {
  const { mappingName: _name, ...rest } = reading;
  return rest;
}

function Reading({
  preview,
  onChange,
}: {
  preview: ImportPreview;
  onChange: (change: ImportReading) => void;
}) {
  const { t, i18n } = useLingui();
  const isCsv = preview.format === 'csv';
  return (
    <div className={styles['reading']}>
      {isCsv ? (
        <Select
          label={t`The rows are`}
          choices={IMPORT_KINDS.map((kind) => ({ id: kind, text: importKindInWords(i18n, kind) }))}
          value={preview.kind}
          onChange={(kind) => onChange({ kind: (kind ?? 'customers') as ImportPreview['kind'] })}
        />
      ) : null}
      <Select
        label={t`Encoding`}
        choices={TEXT_ENCODINGS.map((encoding) => ({
          id: encoding,
          text: encodingInWords(i18n, encoding),
        }))}
        value={preview.encoding}
        onChange={(encoding) => onChange({ encoding: encoding as ImportPreview['encoding'] })}
      />
      {isCsv ? (
        <>
          <Select
            label={t`Delimiter`}
            choices={DELIMITERS.map((delimiter) => ({
              id: delimiter,
              text: delimiterInWords(i18n, delimiter),
            }))}
            value={preview.delimiter}
            onChange={(delimiter) =>
              onChange({ delimiter: delimiter as ImportPreview['delimiter'] })
            }
          />
          <Select
            label={t`Dates such as 03/04`}
            choices={[
              { id: 'day', text: t`3 April` },
              { id: 'month', text: t`4 March` },
            ]}
            value={preview.dayFirst ? 'day' : 'month'}
            onChange={(order) => onChange({ dayFirst: order === 'day' })}
          />
          <div className={styles['checkbox']}>
            <Checkbox isSelected={preview.header} onChange={(header) => onChange({ header })}>
              <Trans>The first row names the columns</Trans>
            </Checkbox>
          </div>
        </>
      ) : null}
    </div>
  );
}

function Missing({ preview }: { preview: ImportPreview }) {
  const { i18n } = useLingui();
  return preview.missing.map((fields) => {
    const words = fields.map((field) => importFieldInWords(i18n, field)).join(', ');
    return (
      <Notice key={words} tone="caution" announce>
        <Trans>One column is still to be named below as: {words}.</Trans>
      </Notice>
    );
  });
}

function sizeInWords(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 ** 2
    ? `${Math.round(bytes / 1024)} KiB`
    : `${(bytes / 1024 ** 2).toFixed(1)} MiB`;
}
