// The window's entry: claims the desk in this browser, links to core, shows the desk.
import './look/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { openPortLinks, openSocketLinks, type OpenLink } from './core-client/link.ts';
import { createQueryClient } from './core-client/queries.ts';
import { claimDesk, windowIdOf } from './core-client/window-identity.ts';
import { createDesk } from './desk-state/create-desk.ts';
import { prepareLines } from './desk-state/lines.ts';
import { App, Spoken } from './frame/app.tsx';
import { DeskFrame } from './frame/desk-frame.tsx';
import { ElsewherePage } from './frame/opening-pages.tsx';
import { speakFirst } from './language/language.ts';
import { flushDrafts } from './screens/desk/wrap-up/use-wrap-up.ts';

/** In Electron the shell hands over ports; elsewhere the page's own host relays a WebSocket. */
function linksToCore(): OpenLink {
  if (window.anklang) return openPortLinks(window.anklang);
  const address = new URL('/core', location.href);
  address.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
  address.searchParams.set('token', new URLSearchParams(location.search).get('token') ?? '');
  return openSocketLinks(address.href);
}

async function start(root: Element): Promise<void> {
  speakFirst();
  const page = createRoot(root);
  if (!(await claimDesk())) {
    page.render(
      <Spoken>
        <ElsewherePage since={null} onRetry={() => location.reload()} />
      </Spoken>,
    );
    return;
  }
  const queries = createQueryClient();
  const { desk, client } = createDesk({
    open: linksToCore(),
    windowId: windowIdOf(sessionStorage),
    queries,
    page: window,
    reload: (core) => void flushDrafts(core).finally(() => location.reload()),
  });
  page.render(
    <StrictMode>
      <App client={client} queries={queries}>
        <DeskFrame desk={desk} />
      </App>
    </StrictMode>,
  );
  requestAnimationFrame(prepareLines);
}

const root = document.getElementById('desk');
if (root) void start(root);
