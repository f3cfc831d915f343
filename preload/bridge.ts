// What the page may ask of the shell: named functions only, never ipcRenderer itself. The port to
// core is passed through to the page's own world.
import { contextBridge, ipcRenderer } from 'electron';

const bridge = {
  /** Asks for a port to core; it arrives as a window message `{type: 'anklang.link'}` with the port. */
  requestLink: (): void => void ipcRenderer.invoke('anklang.requestLink', null),
  /** Tells the shell that a call rings (and what to say), or with null that none does. */
  ringing: (call: { caller: string } | null): void => void ipcRenderer.invoke('anklang.ringing', call),
  inCall: (inCall: boolean): void => void ipcRenderer.invoke('anklang.inCall', inCall),
  openOutside: (address: string): void => void ipcRenderer.invoke('anklang.openOutside', address),
  language: (language: 'de' | 'en'): void => void ipcRenderer.invoke('anklang.language', language),
  /** A number from a tel:, sip: or callto: link that was opened before the page was ready. */
  takeDialTarget: (): Promise<string | null> => ipcRenderer.invoke('anklang.takeDialTarget', null),
  /** Such links from now on; returns how to stop listening. */
  onDialTarget: (listener: (target: string) => void): (() => void) => {
    const pass = (_event: unknown, target: unknown): void => {
      if (typeof target === 'string') listener(target);
    };
    ipcRenderer.on('anklang.dialTarget', pass);
    return () => void ipcRenderer.off('anklang.dialTarget', pass);
  },
};

ipcRenderer.on('anklang.link', (event) => {
  window.postMessage({ type: 'anklang.link' }, location.origin, [...event.ports]);
});
ipcRenderer.on('anklang.linkLost', () => {
  window.postMessage({ type: 'anklang.linkLost' }, location.origin);
});

contextBridge.exposeInMainWorld('anklang', bridge);
