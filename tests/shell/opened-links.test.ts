// Links from a browser or a mail reach the running desk: over its own arguments, over a second start,
// and on macOS as an event that may come before the desk is there.
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { connectionLinkFrom } from '../../main/shell/connection-links.ts';
import {
  hearOpenedLinks,
  type OpenedLink,
  openedLinkFrom,
  openedLinkIn,
} from '../../main/shell/opened-links.ts';
import { registerOwnLinks } from '../../main/shell/own-links.ts';
import { createWindowLink } from '../../main/shell/window-link.ts';

const LINK = 'anklang://connect?data=eyJhIjoxfQ';
const PAGE = { senderFrame: { parent: null, url: 'app://anklang/index.html' } };

function anApp() {
  const listeners = new Map<string, (...args: never[]) => void>();
  return {
    app: {
      on: (name: string, listener: (...args: never[]) => void) => listeners.set(name, listener),
    },
    secondStart: (...args: string[]) =>
      listeners.get('second-instance')?.({} as never, ['anklang', ...args] as never),
    openUrl(address: string) {
      const preventDefault = vi.fn();
      listeners.get('open-url')?.({ preventDefault } as never, address as never);
      return preventDefault;
    },
  };
}

function hear(args: string[] = []) {
  const { app, ...events } = anApp();
  const links = hearOpenedLinks(app as never, args);
  const opened: OpenedLink[] = [];
  const show = vi.fn();
  return {
    ...events,
    opened,
    show,
    deliver: () => links.deliver({ open: (link) => opened.push(link), show }),
  };
}

describe('what is a connection link', () => {
  it.each([LINK, 'ANKLANG:connect?data=x', 'anklang:/connect/?data=x', ` ${LINK}\n`])(
    '%j is one',
    (link) => {
      expect(connectionLinkFrom(link)).toBe(link.trim());
    },
  );
  it.each([
    ...[
      'anklang://connect',
      'anklang://connect?',
      'anklang://open?data=x',
      'https://connect?data=x',
    ],
    ...['anklang://connect?data=a b', 'anklang://connect?data=\u0000', 'anklang://connect?data=ä'],
    `anklang://connect?data=${'x'.repeat(30_000)}`,
  ])('%j is none', (link) => {
    expect(connectionLinkFrom(link)).toBeNull();
  });
  it('never throws and never lets a space or control character through', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const link = connectionLinkFrom(`anklang://connect?data=${text}`);
        expect(link === null || /^[\x21-\x7e]+$/.test(link)).toBe(true);
      }),
    );
  });
  it('is found among arguments beside telephone links; switches are passed over', () => {
    expect(openedLinkIn(['--language', 'de', LINK])).toEqual({ dial: null, connect: LINK });
    expect(openedLinkIn(['--x=tel:110', '/usr/bin', 'tel:110'])).toEqual({
      dial: '110',
      connect: null,
    });
    expect(openedLinkIn([`--x=${LINK}`, '/usr/bin'])).toEqual({ dial: null, connect: null });
    expect(openedLinkFrom('file:///etc/passwd')).toEqual({ dial: null, connect: null });
  });
});

describe('how it comes to the desk', () => {
  it('that started the program waits until the desk is there', () => {
    const desk = hear(['--practice', LINK]);
    desk.deliver();
    expect(desk.opened).toEqual([{ dial: null, connect: LINK }]);
  });
  it('of a second start brings the running desk to the front', () => {
    const desk = hear();
    desk.deliver();
    desk.secondStart('--allow-file-access-from-files', LINK);
    expect(desk.opened.at(-1)).toEqual({ dial: null, connect: LINK });
    expect(desk.show).toHaveBeenCalledOnce();
    desk.secondStart();
    expect(desk.show).toHaveBeenCalledTimes(2);
    expect(desk.opened.at(-1)).toEqual({ dial: null, connect: null });
  });
  it('of macOS is taken before the desk is there and afterwards', () => {
    const desk = hear();
    const prevented = desk.openUrl(LINK);
    expect(prevented).toHaveBeenCalledOnce();
    desk.deliver();
    expect(desk.opened).toEqual([{ dial: null, connect: LINK }]);
    desk.openUrl('tel:110');
    expect(desk.opened.at(-1)).toEqual({ dial: '110', connect: null });
  });
});

function aWindow() {
  const handlers = new Map<string, (event: unknown, argument: unknown) => unknown>();
  const sent: [string, string][] = [];
  const link = createWindowLink({
    ipcMain: { handle: (name: string, handler: never) => handlers.set(name, handler) },
    contents: {
      send: (channel: string, text: string) => sent.push([channel, text]),
      isDestroyed: () => false,
    },
  } as never);
  return { link, sent, call: (name: string) => handlers.get(name)?.(PAGE, null) };
}

describe('how it comes to the page', () => {
  it('waits for a page that does not listen yet, and is given once', async () => {
    const { link, sent, call } = aWindow();
    link.open({ dial: null, connect: LINK });
    link.open({ dial: '110', connect: null });
    expect(sent).toEqual([]);
    expect(await call('anklang.takeConnectionLink')).toBe(LINK);
    expect(await call('anklang.takeConnectionLink')).toBeNull();
    expect(await call('anklang.takeDialTarget')).toBe('110');
  });
  it('is sent to a page that listens', async () => {
    const { link, sent, call } = aWindow();
    await call('anklang.takeConnectionLink');
    link.open({ dial: '110', connect: LINK });
    expect(sent).toEqual([['anklang.connectionLink', LINK]]);
    expect(await call('anklang.takeDialTarget')).toBe('110');
  });
});

describe('which links the system hands over', () => {
  const register = (platform: NodeJS.Platform, isPackaged = true, taken = ['tel:']) => {
    const set = vi.fn((_scheme: string) => true);
    const app = {
      isPackaged,
      setAsDefaultProtocolClient: set,
      getApplicationNameForProtocol: (scheme: string) => (taken.includes(scheme) ? 'Other' : ''),
    };
    registerOwnLinks(app, platform);
    return set.mock.calls.map(([scheme]) => scheme);
  };
  it('anklang: everywhere, telephone links on Windows only where nobody has them', () => {
    expect(register('linux')).toEqual(['anklang']);
    expect(register('darwin')).toEqual(['anklang']);
    expect(register('win32')).toEqual(['anklang', 'sip', 'sips', 'callto']);
  });
  it('none while it is developed', () => {
    expect(register('win32', false)).toEqual([]);
  });
});
