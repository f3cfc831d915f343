// What the page and the shell say to each other beside the port to core.
import type { IpcMain, PowerSaveBlocker, Shell, WebContents } from 'electron';
import type { Language } from '../../preload/contract/vocabulary.ts';
import type { Attention } from './attention.ts';
import type { CoreProcess } from './core-process.ts';
import type { GlobalKeys, KeyResults } from './global-keys.ts';
import { outsideAddress } from './navigation.ts';
import type { OpenedLink } from './opened-links.ts';
import type { DeskTray } from './tray.ts';
import { setUpWindowCalls } from './window-calls.ts';

interface WindowLinkOptions {
  ipcMain: Pick<IpcMain, 'handle'>;
  shell: Pick<Shell, 'openExternal'>;
  powerSaveBlocker: Pick<PowerSaveBlocker, 'start' | 'stop'>;
  core: Pick<CoreProcess, 'linkTo'>;
  attention: Attention;
  tray: Pick<DeskTray, 'setRinging'>;
  contents: Pick<WebContents, 'send' | 'postMessage' | 'isDestroyed'>;
  onLanguage: (language: Language) => void;
  useGlobalKeys: (keys: GlobalKeys) => KeyResults;
  allowHeadset: (allowed: boolean) => void;
}

export interface WindowLink {
  /** Puts a number into the page's field; kept until the page asks when it is not ready yet. */
  dial(target: string | null): void;
  /** The same for whatever a link asks for. */
  open(link: OpenedLink): void;
}

export function createWindowLink(options: WindowLinkOptions): WindowLink {
  const { attention, contents, core, shell, tray } = options;
  const targets = held('anklang.dialTarget');
  const connections = held('anklang.connectionLink');
  let awake: number | null = null;

  setUpWindowCalls(options.ipcMain, {
    'anklang.requestLink': () => core.linkTo(contents),
    'anklang.ringing': (call) => {
      tray.setRinging(call !== null);
      if (call) attention.ring(call);
      else attention.quiet();
    },
    'anklang.inCall': (up) => {
      if (up && awake === null) awake = options.powerSaveBlocker.start('prevent-app-suspension');
      if (!up && awake !== null) {
        options.powerSaveBlocker.stop(awake);
        awake = null;
      }
    },
    'anklang.openOutside': (address) => {
      const outside = outsideAddress(address);
      if (outside === null) return false;
      void shell.openExternal(outside);
      return true;
    },
    'anklang.language': (language) => options.onLanguage(language),
    'anklang.globalKeys': (keys) => options.useGlobalKeys(keys),
    'anklang.preferences': ({ headset, ...place }) => {
      attention.place(place);
      options.allowHeadset(headset);
    },
    'anklang.takeDialTarget': targets.take,
    'anklang.takeConnectionLink': connections.take,
  });

  /** Sent to the page once it listens; until then the last one waits for it. */
  function held(channel: 'anklang.dialTarget' | 'anklang.connectionLink') {
    let waiting: string | null = null;
    let pageListens = false;
    return {
      take(): string | null {
        pageListens = true;
        const first = waiting;
        waiting = null;
        return first;
      },
      give(text: string | null): void {
        if (text === null) return;
        if (pageListens && !contents.isDestroyed()) contents.send(channel, text);
        else waiting = text;
      },
    };
  }

  return {
    dial: targets.give,
    open({ dial, connect }) {
      targets.give(dial);
      connections.give(connect);
    },
  };
}
