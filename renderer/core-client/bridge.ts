// The few functions that the preload offers as `window.anklang`; there is none outside Electron.
import type { Settings } from '../../preload/contract/settings.ts';

export interface AnklangBridge {
  /** Asks the shell for a new port to core. It comes as a window message of type `anklang.link`. */
  requestLink(): void;
  /** A call rings, or (null) no longer: the shell brings the desk before the agent. */
  ringing(call: { callId: string; caller: string } | null): void;
  /** A call is up: closing asks first, updates wait. */
  inCall(up: boolean): void;
  openOutside(url: string): void;
  /** The language of the shell's own words. */
  language(language: 'de' | 'en'): void;
  /** What a tel:, sip: or callto: link asked for before the page was ready, or null. */
  takeDialTarget(): Promise<string | null>;
  /** Such links from now on; returns how to stop listening. */
  onDialTarget(listener: (target: string) => void): () => void;
  /** An `anklang:` link that was opened before the page was ready, or null. */
  takeConnectionLink(): Promise<string | null>;
  /** Such links from now on; returns how to stop listening. */
  onConnectionLink(listener: (link: string) => void): () => void;
  /** Uses these keys in every program; answers which of them the system gave. */
  globalKeys(
    keys: Settings['globalKeys'],
  ): Promise<Record<keyof Settings['globalKeys'], 'works' | 'taken' | 'off'>>;
  /** A global key was pressed; returns how to stop listening. */
  onCallKey(listener: (key: 'answer' | 'hangUp' | 'mute') => void): () => void;
  /** How a ring shows itself, and whether headsets may be asked for. */
  preferences(
    chosen: Pick<Settings, 'ringInFront' | 'ringOverFullScreen' | 'headset'>,
  ): Promise<void>;
}

declare global {
  interface Window {
    readonly anklang?: AnklangBridge;
  }
}

/**
 * What the preload posts to the window: `anklang.link` carries a port to core; `anklang.linkLost`
 * says that core is gone, because a DOM MessagePort does not say so by itself.
 */
const SHELL_MESSAGES = ['anklang.link', 'anklang.linkLost'] as const;
type ShellMessage = (typeof SHELL_MESSAGES)[number];

/** The shell's message in a window event, or null when it comes from elsewhere. */
export function shellMessageOf(event: MessageEvent): ShellMessage | null {
  const data: unknown = event.data;
  if (event.source !== window || typeof data !== 'object' || data === null) return null;
  if (!('type' in data)) return null;
  return SHELL_MESSAGES.find((type) => type === data.type) ?? null;
}
