// Which kinds of links the system hands to this program. `anklang:` is ours alone. Telephone links are
// offered by the packages; Windows knows no such offer, so there they are taken where nobody has them,
// and never from another program.
import type { App } from 'electron';

const TELEPHONE = ['tel', 'sip', 'sips', 'callto'] as const;

export function registerOwnLinks(
  app: Pick<App, 'setAsDefaultProtocolClient' | 'getApplicationNameForProtocol' | 'isPackaged'>,
  platform: NodeJS.Platform,
): void {
  // While it is developed, Electron itself would be registered.
  if (!app.isPackaged) return;
  app.setAsDefaultProtocolClient('anklang');
  if (platform !== 'win32') return;
  for (const scheme of TELEPHONE) {
    if (app.getApplicationNameForProtocol(`${scheme}:`) === '')
      app.setAsDefaultProtocolClient(scheme);
  }
}
