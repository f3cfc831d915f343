// What the window does before anything else: it claims the desk in this browser and asks core.
import { askedEarly } from './core-client/first-link.ts';
import { openPortLinks, openSocketLinks, type OpenLink } from './core-client/link.ts';
import { claimDesk, windowIdOf } from './core-client/window-identity.ts';

/** In Electron the shell hands over ports; elsewhere the page's own host relays a WebSocket. */
function linksToCore(): OpenLink {
  if (window.anklang) return openPortLinks(window.anklang);
  const address = new URL('/core', location.href);
  address.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
  address.searchParams.set('token', new URLSearchParams(location.search).get('token') ?? '');
  return openSocketLinks(address.href);
}

async function firstSteps(): Promise<{ open: OpenLink; windowId: string } | null> {
  const open = linksToCore();
  // A link claims nothing by itself.
  const first = open();
  // It may fail before anybody asks for it.
  first.catch(() => undefined);
  if (!(await claimDesk())) {
    first.then((link) => link.close()).catch(() => undefined);
    return null;
  }
  const windowId = windowIdOf(sessionStorage);
  return { open: askedEarly(first, open, windowId), windowId };
}

/** null when the desk is open in another page of this browser. */
export const early = firstSteps();
