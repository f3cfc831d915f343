import { useLingui } from '@lingui/react/macro';
import type { Choice } from '../../components/choice-field.tsx';
import { useAgents } from '../../core-client/queries.ts';

/** Stands for an owner who is nobody in particular. */
const ANYONE = 'anyone';

/** Who may care for work, as choices: `idOf` and `ownerOf` go between an owner and its choice. */
export function useOwnerChoices(): Choice[] {
  const { t } = useLingui();
  const agents = useAgents();
  return [
    { id: ANYONE, text: t({ message: 'Anyone', comment: 'Owner of work: wer Zeit hat' }) },
    ...(agents.data ?? []).map(({ id, name, me }) => ({ id, text: me ? t`${name} (me)` : name })),
  ];
}

export function idOf(ownerId: string | null): string {
  return ownerId ?? ANYONE;
}

export function ownerOf(id: string | null): string | null {
  return id === ANYONE ? null : id;
}
