import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { isOwnPage } from '../../main/shell/origin.ts';
import { outsideAddress, setUpNavigation } from '../../main/shell/navigation.ts';

describe('what leaves the desk', () => {
  it.each(['https://example.org/a?b=c', 'mailto:vogt@example.org', 'tel:+495619990021'])(
    'lets %s out',
    (address) => {
      expect(outsideAddress(address)).toBe(address);
    },
  );

  it.each([
    'http://example.org/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:text/html,x',
    'smb://host/share',
    'ms-msdt:/id',
    'https://user:secret@example.org/',
    'no address',
    '',
  ])('keeps %s in', (address) => {
    expect(outsideAddress(address)).toBeNull();
  });
});

describe('own pages', () => {
  it('are told by parsed scheme and host', () => {
    expect(isOwnPage('app://anklang/index.html#/settings')).toBe(true);
    expect(isOwnPage('app://anklang.evil/index.html')).toBe(false);
    expect(isOwnPage('https://anklang/')).toBe(false);
    expect(isOwnPage('app://evil/?app://anklang/')).toBe(false);
  });
});

describe('guarded contents', () => {
  function guarded(): {
    contents: EventEmitter & { open?: (target: { url: string }) => object };
    opened: string[];
  } {
    const app = new EventEmitter();
    const opened: string[] = [];
    const contents = new EventEmitter() as EventEmitter & {
      open?: (target: { url: string }) => object;
      setWindowOpenHandler?: unknown;
    };
    contents.setWindowOpenHandler = (handler: (target: { url: string }) => object) => {
      contents.open = handler;
    };
    setUpNavigation(app as never, {
      openExternal: (address: string) => {
        opened.push(address);
        return Promise.resolve();
      },
    });
    app.emit('web-contents-created', {}, contents);
    return { contents, opened };
  }

  function refuses(event: string, url: string): boolean {
    const { contents } = guarded();
    let refused = false;
    const details = {
      url,
      preventDefault: () => {
        refused = true;
      },
    };
    contents.emit(event, details);
    return refused;
  }

  it.each(['will-navigate', 'will-redirect', 'will-frame-navigate'])(
    'refuse %s to elsewhere',
    (event) => {
      expect(refuses(event, 'https://example.org/')).toBe(true);
      expect(refuses(event, 'app://anklang/')).toBe(false);
    },
  );

  it('refuse webviews', () => {
    expect(refuses('will-attach-webview', 'app://anklang/')).toBe(true);
  });

  it('never open a window, and hand only outside addresses to the system', () => {
    const { contents, opened } = guarded();
    expect(contents.open?.({ url: 'https://example.org/' })).toEqual({ action: 'deny' });
    expect(contents.open?.({ url: 'file:///etc/passwd' })).toEqual({ action: 'deny' });
    expect(opened).toEqual(['https://example.org/']);
  });
});
