import type { CueRule } from '../../../preload/contract/vocabulary.ts';
import type { CueStore } from './cue-store.ts';

/** The handlers of `cues.*`. */
export function cueHandlers(cues: CueStore) {
  return {
    dismiss(input: Parameters<CueStore['dismiss']>[0]): Record<string, never> {
      cues.dismiss(input);
      return {};
    },
    rules: () => cues.rules(),
    setMuted(input: { rule: CueRule; muted: boolean }): Record<string, never> {
      cues.setMuted(input.rule, input.muted);
      return {};
    },
  };
}
