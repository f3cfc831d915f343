// The desk's own screen over stand-ins, in a browser: `?theme=dark&language=de&empty`.
/// <reference path="../../../renderer/language/catalogues.d.ts" />
import { createHeadset } from '../../../renderer/phone/headset/create-headset.ts';
import '../../../renderer/look/base.css';
import { createRoot } from 'react-dom/client';
import { createQueryClient, keepQueriesFresh } from '../../../renderer/core-client/queries.ts';
import { createCallContexts } from '../../../renderer/desk-state/call-contexts.ts';
import type { Desk } from '../../../renderer/desk-state/desk-context.ts';
import { createShellKeys } from '../../../renderer/desk-state/shell-keys.ts';
import { App } from '../../../renderer/frame/app.tsx';
import { DeskFrame } from '../../../renderer/frame/desk-frame.tsx';
import { speakFirst } from '../../../renderer/language/language.ts';
import type { CallSnapshot } from '../../../renderer/phone/phone.ts';
import { useDeskStore } from '../../../renderer/screens/desk/desk-store.ts';
import * as book from './book.ts';
import { aRingingCall } from './stand-in-phone.ts';
import { standIns, type StandIns } from './stand-ins.ts';

const asked = new URLSearchParams(location.search);
const theme = asked.get('theme') === 'dark' ? 'dark' : 'light';
const made = standIns(theme, asked.has('empty'), asked.has('recording'));
const contexts = createCallContexts();
const queries = createQueryClient();
keepQueriesFresh(made.client, queries);

const ringing = aRingingCall(600);

export interface DeskPage
  extends Pick<StandIns, 'asked' | 'setCoreGone' | 'openWrapUp' | 'setPhone' | 'changeCall'> {
  /** A second caller, while a call is up. */
  knock: () => void;
  ring: (who: 'known' | 'unknown' | 'several' | 'nobody', changes?: Partial<CallSnapshot>) => void;
  showCustomer: () => void;
}

declare global {
  interface Window {
    deskPage: DeskPage;
  }
}

window.deskPage = {
  ...made,
  ring: (who, changes = {}) => {
    const call = { ...ringing, startedAt: Date.now(), ...changes };
    if (who !== 'nobody') contexts.set(call.callId, book[who]);
    made.setCalls([call]);
  },
  knock: () => {
    const caller = {
      ...aRingingCall(601),
      remote: {
        uri: 'sip:+49305550199@example.test',
        number: '+49 30 555 0199',
        display: null,
        anonymous: false,
      },
      lineNumber: 2,
      waiting: true,
      queue: 'Sales',
    };
    contexts.set(caller.callId, book.unknown);
    made.setCalls([...made.phone.snapshot().calls, caller]);
  },
  showCustomer: () => useDeskStore.getState().showCustomer(book.story.customer.id),
};

const nothing: readonly never[] = [];
// No sound: the desk's own screen only asks what is wrong with the devices.
const media = {
  subscribe: () => () => undefined,
  notices: () => nothing,
} as unknown as Desk['media'];

const desk: Desk = {
  phone: made.phone,
  contexts,
  media,
  headset: createHeadset(undefined),
  shellKeys: createShellKeys(undefined, made.phone),
  // The desk's own screen does not use the page's policy.
  policy: null as never,
  recordingTrouble: {
    incomplete: () => null,
    takeNote: () => undefined,
    subscribe: () => () => undefined,
  },
  letCustomerRing: async () => window.deskPage.ring('known'),
};

speakFirst();
const root = document.getElementById('desk');
if (root !== null) {
  createRoot(root).render(
    <App client={made.client} queries={queries}>
      <DeskFrame desk={desk} />
    </App>,
  );
}
