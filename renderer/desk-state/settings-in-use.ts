// Settings take effect when core says so: at each link and after each change.
import type { Settings } from '../../preload/contract/settings.ts';
import type { CoreClient } from '../core-client/core-client.ts';

/** Calls `use` with the settings that are in force, for as long as the page lives. */
export function followSettings(
  client: Pick<CoreClient, 'core' | 'onEvent' | 'state'>,
  use: (settings: Settings) => void,
): () => void {
  return client.onEvent((event) => {
    const state = client.state();
    if (event.type === 'linked' && state.phase === 'ready') use(state.opening.settings);
    if (event.type === 'settings.changed') {
      // The next change or link tells again.
      client.core.settings.get().then(use, () => undefined);
    }
  });
}
