import { Trans } from '@lingui/react/macro';
import type { DraftState } from './draft-saver.ts';

/** Where what was typed is now. */
export function DraftNotice({ state, typed }: { state: DraftState; typed: boolean }) {
  if (state === 'gone')
    return <Trans>The result of this call is already saved or no longer wanted.</Trans>;
  if (!typed) return <Trans>Kept as you type</Trans>;
  return state === 'waiting' ? <Trans>Being kept …</Trans> : <Trans context="draft">Kept</Trans>;
}
