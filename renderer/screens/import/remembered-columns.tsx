import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ImportPreview } from '../../../preload/contract/exchange.ts';
import { Button } from '../../components/button.tsx';
import { Select } from '../../components/choice-field.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Notice } from '../../components/notice.tsx';
import { useCore } from '../../core-client/queries.ts';
import { useAct } from '../desk/use-act.ts';
import styles from './import-screen.module.css';

interface RememberedColumnsProps {
  preview: ImportPreview;
  /** The name of the one to be used instead of what was recognised. */
  chosen: string | null;
  onChoose: (name: string | null) => void;
}

/** What columns become, as it was kept under a name: used for this file, or forgotten. */
export function RememberedColumns({ preview, chosen, onChoose }: RememberedColumnsProps) {
  const { t } = useLingui();
  const core = useCore();
  const [forgetting, setForgetting] = useState<string | null>(null);
  const kept = useQuery({
    queryKey: ['importMappings'],
    queryFn: () => core.exchange.mappings({}),
    gcTime: 0,
  });
  const names = (kept.data ?? []).filter(({ kind }) => kind === preview.kind);
  if (names.length === 0) return null;
  const used = chosen ?? preview.mappingName;
  return (
    <div className={styles['remembered']}>
      <Select
        label={t`Remembered columns`}
        choices={[
          { id: '', text: t`As recognised` },
          ...names.map(({ name }) => ({ id: name, text: name })),
        ]}
        value={used ?? ''}
        onChange={(name) => onChoose(name || null)}
      />
      {used === null ? null : (
        <Button variant="quiet" onPress={() => setForgetting(used)}>
          <Trans>Forget “{used}”</Trans>
        </Button>
      )}
      {forgetting === null ? null : (
        <ForgetDialog
          name={forgetting}
          onClose={() => setForgetting(null)}
          onForgotten={() => {
            setForgetting(null);
            onChoose(null);
          }}
        />
      )}
    </div>
  );
}

function ForgetDialog({
  name,
  onClose,
  onForgotten,
}: {
  name: string;
  onClose: () => void;
  onForgotten: () => void;
}) {
  const { t } = useLingui();
  const core = useCore();
  const queries = useQueryClient();
  const { act, busy, problem } = useAct();
  const forget = async () => {
    await core.exchange.forgetMapping({ name });
    // First, so that no preview is asked for with a name that is gone.
    onForgotten();
    await queries.invalidateQueries({ queryKey: ['importMappings'] });
    // Columns that were recognised by that name are looked at anew.
    await queries.invalidateQueries({ queryKey: ['importPreview'] }, { cancelRefetch: false });
  };
  return (
    <Dialog
      title={t`Forget “${name}”?`}
      isOpen
      onClose={onClose}
      role="alertdialog"
      actions={
        <>
          <Button onPress={onClose}>
            <Trans>Keep</Trans>
          </Button>
          <Button variant="primary" isPending={busy} onPress={() => act(forget)}>
            <Trans>Forget</Trans>
          </Button>
        </>
      }
    >
      <p>
        <Trans>
          What was imported with these columns stays. A file like it will be recognised by the names
          of its columns again.
        </Trans>
      </p>
      {problem === null ? null : <Notice tone="problem">{problem}</Notice>}
    </Dialog>
  );
}
