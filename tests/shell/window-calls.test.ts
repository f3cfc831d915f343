import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deskWindowOptions } from '../../main/shell/desk-window.ts';
import { isTrustedSender, setUpWindowCalls, WINDOW_CALLS } from '../../main/shell/window-calls.ts';

type Handler = (event: { senderFrame: unknown }, argument: unknown) => unknown;

function registered(): { handlers: Map<string, Handler>; called: unknown[][] } {
  const handlers = new Map<string, Handler>();
  const called: unknown[][] = [];
  const record =
    (name: string) =>
    (argument: unknown): void => {
      called.push([name, argument]);
    };
  setUpWindowCalls(
    { handle: (name: string, handler: unknown) => void handlers.set(name, handler as Handler) },
    Object.fromEntries(Object.keys(WINDOW_CALLS).map((name) => [name, record(name)])) as never,
  );
  return { handlers, called };
}

const ours = { senderFrame: { parent: null, url: 'app://anklang/index.html' } };

describe('calls of the window', () => {
  it('are answered for our own main frame', () => {
    const { handlers, called } = registered();
    handlers.get('anklang.language')?.(ours, 'de');
    expect(called).toEqual([['anklang.language', 'de']]);
  });

  it('are refused for other pages, inner frames and vanished frames', () => {
    const { handlers, called } = registered();
    for (const senderFrame of [
      { parent: null, url: 'https://example.org/' },
      { parent: {}, url: 'app://anklang/' },
      null,
    ]) {
      expect(isTrustedSender({ senderFrame } as never)).toBe(false);
      expect(() => handlers.get('anklang.language')?.({ senderFrame }, 'de')).toThrow('refused');
    }
    expect(called).toEqual([]);
  });

  it('refuse malformed and oversized arguments', () => {
    const { handlers, called } = registered();
    expect(() => handlers.get('anklang.language')?.(ours, 'fr')).toThrow('malformed');
    for (const call of [{ callId: 'a', caller: 5 }, { caller: 'Matthias Vogt' }]) {
      expect(() => handlers.get('anklang.ringing')?.(ours, call)).toThrow('malformed');
    }
    expect(() => handlers.get('anklang.openOutside')?.(ours, 'x'.repeat(20_000))).toThrow(
      'too large',
    );
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        if (typeof value === 'boolean') return;
        expect(() => handlers.get('anklang.inCall')?.(ours, value)).toThrow();
      }),
    );
    expect(called).toEqual([]);
  });

  it('have one registrar: no other file of the shell handles messages by itself', () => {
    const folder = join(import.meta.dirname, '..', '..', 'main');
    const offenders = (readdirSync(folder, { recursive: true }) as string[])
      .filter((file) => file.endsWith('.ts') && !file.endsWith('window-calls.ts'))
      .filter((file) =>
        /ipcMain\s*\.\s*(handle|on)\b/.test(readFileSync(join(folder, file), 'utf8')),
      );
    expect(offenders).toEqual([]);
  });

  it('reach the page as named functions, never as ipcRenderer', () => {
    const bridge = readFileSync(
      join(import.meta.dirname, '..', '..', 'preload', 'bridge.ts'),
      'utf8',
    );
    const offered = [...bridge.matchAll(/ipcRenderer\.invoke\(\s*'([^']+)'/g)].map(
      (match) => match[1],
    );
    expect(offered.toSorted()).toEqual(Object.keys(WINDOW_CALLS).toSorted());
    expect(bridge).not.toMatch(/exposeInMainWorld\([^)]*ipcRenderer/);
  });
});

describe('the bridge', () => {
  it('offers exactly what the page believes it to offer', () => {
    const root = join(import.meta.dirname, '..', '..');
    const offered = readFileSync(join(root, 'preload', 'bridge.ts'), 'utf8');
    const believed = readFileSync(join(root, 'renderer', 'core-client', 'bridge.ts'), 'utf8');
    const object = /const bridge = \{([^]*?)\n\};/.exec(offered)?.[1] ?? '';
    const shape = /export interface AnklangBridge \{([^]*?)\n\}/.exec(believed)?.[1] ?? '';
    const names = (text: string, pattern: RegExp): string[] =>
      [...text.matchAll(pattern)].map((match) => match[1] ?? '').toSorted();
    const members = names(object, /^ {2}(\w+):/gm);
    expect(members.length).toBeGreaterThan(5);
    expect(members).toEqual(names(shape, /^ {2}(\w+)\(/gm));
  });
});

describe('the window', () => {
  it('is sandboxed and isolated', () => {
    const { webPreferences } = deskWindowOptions('/bridge.cjs', '/icon.png');
    expect(webPreferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      webSecurity: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      allowRunningInsecureContent: false,
      backgroundThrottling: false,
    });
  });
});
