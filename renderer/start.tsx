// The window's entry: shows the desk that its first steps have claimed.
import './look/base.css';
// Before all others, so that core is asked while they are evaluated.
import { early } from './early.ts';

import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createQueryClient } from './core-client/queries.ts';
import { createDesk } from './desk-state/create-desk.ts';
import { prepareLines } from './desk-state/lines.ts';
import { App, Spoken } from './frame/app.tsx';
import { DeskFrame } from './frame/desk-frame.tsx';
import { ElsewherePage } from './frame/opening-pages.tsx';
import { speakFirst } from './language/language.ts';
import { flushDrafts } from './screens/desk/wrap-up/use-wrap-up.ts';

async function start(root: Element): Promise<void> {
  speakFirst();
  const page = createRoot(root);
  const claimed = await early;
  if (claimed === null) {
    page.render(
      <Spoken>
        <ElsewherePage since={null} onRetry={() => location.reload()} />
      </Spoken>,
    );
    return;
  }
  const queries = createQueryClient();
  const { desk, client } = createDesk({
    ...claimed,
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
