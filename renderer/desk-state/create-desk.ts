// Puts the window's parts together: the telephone, what core knows, and what passes between them.
import type { QueryClient } from '@tanstack/react-query';
import type { CallEvent } from '../../preload/contract/calls.ts';
import type { Core, CoreOutput } from '../core-client/core.ts';
import { coreProblemOf } from '../core-client/core-error.ts';
import { type CoreClient, createCoreClient } from '../core-client/core-client.ts';
import type { OpenLink } from '../core-client/link.ts';
import { keepQueriesFresh, storyKey } from '../core-client/queries.ts';
import { newId } from '../core-client/window-identity.ts';
import { createCallJournal } from '../phone/call-journal.ts';
import { createPhone } from '../phone/create-phone.ts';
import { browserHid } from '../phone/headset/browser-hid.ts';
import { createHeadset } from '../phone/headset/create-headset.ts';
import { joinHeadset } from '../phone/headset/headset-for-phone.ts';
import { createMedia } from '../phone/media/create-media.ts';
import type { Phone } from '../phone/phone.ts';
import { createCallContexts } from './call-contexts.ts';
import type { Desk } from './desk-context.ts';
import { heedIgnored } from './ignored-calls.ts';
import { followMerges } from './follow-merges.ts';
import { dialForOthers } from './dial-for-others.ts';
import { guardLeaving } from './leaving.ts';
import { followAccount } from './line-choice.ts';
import { accountLine, practiceChoice } from './lines.ts';
import { reportMailbox } from './mailbox-report.ts';
import { createPagePolicy, knowFirstAddresses } from './page-policy.ts';
import { informShell, reportPresence } from './presence.ts';
import { keepRecordings } from './recordings.ts';
import { followSettings } from './settings-in-use.ts';
import { createShellKeys } from './shell-keys.ts';
import { shownPhone } from './shown-phone.ts';

interface CreateDesk {
  open: OpenLink;
  windowId: string;
  queries: QueryClient;
  page: Window;
  /** Stores what is typed and loads the page anew. */
  reload: (core: Core) => void;
}

type Stored = CoreOutput<'calls', 'append'>;

/** The desk of this page. It lives until the page is left. */
export function createDesk({ open, windowId, queries, page, reload }: CreateDesk): {
  desk: Desk;
  client: CoreClient;
} {
  const media = createMedia({ microphone: null, speaker: null, ringer: null, ringVolume: 0.7 });
  const contexts = createCallContexts();

  const journal = createCallJournal<Stored>({
    append: (events) => client.core.calls.append({ events }),
    onStored: ({ context }, events) => {
      const beginning = events.findLast(({ type }) => type === 'invited' || type === 'placed');
      if (!context || !beginning) return;
      if (beginning.type === 'invited') heedIgnored(phone, beginning.callId, context);
      // First what the card's parts will ask for: it is then painted at once.
      if (context.story) queries.setQueryData(storyKey(context.story.customer.id), context.story);
      contexts.set(beginning.callId, context);
    },
    isRefusal: (error) => {
      const problem = coreProblemOf(error);
      // A full disk may be emptied; what the call says of itself does not change.
      return problem.kind === 'refused' && problem.code !== 'STORAGE' && problem.code !== 'BUSY';
    },
  });
  const client = createCoreClient({ open, windowId, liveCalls: journal.liveCalls });
  const recordings = keepRecordings(client, (callId) => phone.stopRecording(callId));
  const phone = createPhone({ media, newId, recordings: recordings.store });
  const policy = createPagePolicy(phone, () => reload(client.core));

  phone.onCallEvent((event: CallEvent) => journal.record(event));
  client.onEvent((event) => {
    if (event.type === 'linked') journal.resend();
  });
  keepQueriesFresh(client, queries);
  followMerges(client, contexts, journal.liveCalls);
  reportPresence(phone, client, Date.now);
  reportMailbox(phone, client);
  guardLeaving(page, phone, policy.reloading);
  const bridge = page.anklang;
  if (bridge) {
    informShell(phone, bridge, {
      of: (call) => {
        const name = contexts.get(call.callId)?.story?.customer.name;
        return name ?? call.remote.display ?? call.remote.number ?? '';
      },
      subscribe: contexts.subscribe,
    });
  }
  const headset = createHeadset(browserHid(page.navigator));
  joinHeadset(headset, phone);
  page.addEventListener('online', () => phone.networkChanged());

  const practice = practiceChoice(() => client.core.practice.nextCaller({}), newId());
  const shellKeys = createShellKeys(bridge, phone);
  followSettings(client, (settings) => {
    media.useDevices(settings);
    // Asked for after the shell knows that it may be.
    void shellKeys.use(settings).then(() => headset.use(settings.headset));
    phone.usePreferences(settings);
    practice.ringByThemselves(settings.practiceRings);
  });
  knowFirstAddresses(client, policy);
  dialForOthers(client, phone);
  followAccount(
    client,
    phone,
    {
      useAccount: (credentials) => void phone.useLine(accountLine(credentials)),
      usePractice: () => void phone.useLine(practice.line),
    },
    policy,
  );

  return {
    client,
    desk: {
      phone: shownPhone<Phone>(phone, contexts),
      media,
      headset,
      contexts,
      policy,
      recordingTrouble: recordings.trouble,
      shellKeys,
      letCustomerRing: practice.letCustomerRing,
    },
  };
}
