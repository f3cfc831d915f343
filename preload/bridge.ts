// What the page may ask of the shell: named functions only, never ipcRenderer itself. The port to
// core is passed through to the page's own world.
import { contextBridge, ipcRenderer } from 'electron';

const bridge = {
  /** Asks for a port to core; it arrives as a window message `{type: 'anklang.link'}` with the port. */
  requestLink: (): Promise<void> => ipcRenderer.invoke('anklang.requestLink', null),
  /** Tells the shell that a call rings (and what to say), or with null that none does. */
  ringing: (call: { callId: string; caller: string } | null): Promise<void> =>
    ipcRenderer.invoke('anklang.ringing', call),
  inCall: (up: boolean): Promise<void> => ipcRenderer.invoke('anklang.inCall', up),
  openOutside: (address: string): Promise<void> =>
    ipcRenderer.invoke('anklang.openOutside', address),
  language: (language: 'de' | 'en'): Promise<void> =>
    ipcRenderer.invoke('anklang.language', language),
  /** A number from a tel:, sip: or callto: link that was opened before the page was ready. */
  takeDialTarget: (): Promise<string | null> => ipcRenderer.invoke('anklang.takeDialTarget', null),
  /** Such links from now on; returns how to stop listening. */
  onDialTarget: (listener: (target: string) => void): (() => void) => {
    const hear = (_event: unknown, target: unknown): void => listener(String(target));
    ipcRenderer.on('anklang.dialTarget', hear);
    return () => void ipcRenderer.off('anklang.dialTarget', hear);
  },
  /** An anklang: link that was opened before the page was ready. */
  takeConnectionLink: (): Promise<string | null> =>
    ipcRenderer.invoke('anklang.takeConnectionLink', null),
  /** Such links from now on; returns how to stop listening. */
  onConnectionLink: (listener: (link: string) => void): (() => void) => {
    const hear = (_event: unknown, link: unknown): void => listener(String(link));
    ipcRenderer.on('anklang.connectionLink', hear);
    return () => void ipcRenderer.off('anklang.connectionLink', hear);
  },
  /** Uses these keys in every program; answers which of them the system gave. */
  globalKeys: (keys: unknown): Promise<unknown> => ipcRenderer.invoke('anklang.globalKeys', keys),
  /** A global key was pressed: answer, hangUp or mute. Returns how to stop listening. */
  onCallKey: (listener: (key: string) => void): (() => void) => {
    const hear = (_event: unknown, key: unknown): void => listener(String(key));
    ipcRenderer.on('anklang.callKey', hear);
    return () => void ipcRenderer.off('anklang.callKey', hear);
  },
  /** How a ring shows itself, and whether headsets may be asked for. */
  preferences: (chosen: unknown): Promise<void> =>
    ipcRenderer.invoke('anklang.preferences', chosen),
};

// Posted into the page's own world: a port cannot pass through the bridge's functions.
ipcRenderer.on('anklang.link', (event) => {
  window.postMessage({ type: 'anklang.link' }, location.origin, [...event.ports]);
});
ipcRenderer.on('anklang.linkLost', () => {
  window.postMessage({ type: 'anklang.linkLost' }, location.origin);
});

contextBridge.exposeInMainWorld('anklang', bridge);
