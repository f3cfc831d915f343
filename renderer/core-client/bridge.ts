// The few functions that the preload offers as `window.anklang`; there is none outside Electron.

export interface AnklangBridge {
  /** Asks the shell for a new port to core. It comes as a window message of type `anklang.link`. */
  requestLink(): Promise<void>;
  /** A call rings, or (null) no longer: the shell brings the desk before the agent. */
  ringing(call: { caller: string } | null): Promise<void>;
  /** A call is up: closing asks first, updates wait. */
  inCall(up: boolean): Promise<void>;
  openOutside(url: string): Promise<void>;
  /** The language of the shell's own words. */
  language(language: 'de' | 'en'): Promise<void>;
  /** What a tel:, sip: or callto: link asked for before the page was ready, or null. */
  takeDialTarget(): Promise<string | null>;
}

declare global {
  interface Window {
    readonly anklang?: AnklangBridge;
  }
}

/** What the preload posts to the window. A port to core comes with `anklang.link`. */
export type ShellMessage =
  | { type: 'anklang.link' }
  /** Core is gone: a DOM MessagePort does not say so by itself. */
  | { type: 'anklang.linkLost' }
  | { type: 'anklang.dialTarget'; target: string };

/** The shell's message in a window event, or null when it comes from elsewhere. */
export function shellMessageOf(event: MessageEvent): ShellMessage | null {
  const data: unknown = event.data;
  if (event.source !== window || typeof data !== 'object' || data === null) return null;
  if (!('type' in data)) return null;
  if (data.type === 'anklang.link' || data.type === 'anklang.linkLost') return { type: data.type };
  if (data.type === 'anklang.dialTarget' && 'target' in data && typeof data.target === 'string') {
    return { type: data.type, target: data.target };
  }
  return null;
}
