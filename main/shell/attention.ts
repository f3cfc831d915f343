// A ring must reach the agent behind other windows: the window comes to the front without taking the
// keyboard from what is being typed elsewhere, the taskbar flashes, and the system says who calls.
import type { BrowserWindow, Notification, NotificationConstructorOptions } from 'electron';

type DeskWindow = Pick<
  BrowserWindow,
  | 'isDestroyed'
  | 'isFocused'
  | 'showInactive'
  | 'flashFrame'
  | 'setAlwaysOnTop'
  | 'moveTop'
  | 'show'
  | 'focus'
  | 'setVisibleOnAllWorkspaces'
>;

interface AttentionOptions {
  window: () => DeskWindow | null;
  notify: (options: NotificationConstructorOptions) => Pick<Notification, 'show' | 'close' | 'on'>;
  title: () => string;
}

/** Before other windows at all, and over programs that fill the screen. */
interface RingPlace {
  ringInFront: boolean;
  ringOverFullScreen: boolean;
}

interface RingingCall {
  callId: string;
  /** What the agent should read. */
  caller: string;
}

export interface Attention {
  /** A call rings. Another one, also beside the first, asks for the agent anew; the same one changes the words. */
  ring(call: RingingCall): void;
  /** Nothing rings any more. */
  quiet(): void;
  /** From the next ring on. */
  place(place: RingPlace): void;
}

export function createAttention(options: AttentionOptions): Attention {
  let shown: ReturnType<AttentionOptions['notify']> | null = null;
  let said: RingingCall | null = null;
  let placed: RingPlace = { ringInFront: true, ringOverFullScreen: false };
  let overFullScreen = false;
  /** Calls that the desk has come forward for since it was last quiet. */
  const announced = new Set<string>();

  function quiet(): void {
    shown?.close();
    shown = null;
    said = null;
    announced.clear();
    const window = options.window();
    if (!window || window.isDestroyed()) return;
    window.flashFrame(false);
    window.setAlwaysOnTop(false);
    if (overFullScreen) window.setVisibleOnAllWorkspaces(false);
    overFullScreen = false;
  }

  function ring(call: RingingCall): void {
    const window = options.window();
    if (!window || window.isDestroyed()) return;
    if (said?.callId === call.callId && said.caller === call.caller) return;
    said = call;
    const known = announced.has(call.callId);
    announced.add(call.callId);
    // An agent who has seen the ring, or closed its words, is not asked again because of a name.
    if (known && shown === null) return;
    shown?.close();
    shown = null;
    if (window.isFocused()) return;
    if (!known) comeForward(window);
    say(call.caller, window);
  }

  function comeForward(window: DeskWindow): void {
    if (placed.ringInFront) {
      overFullScreen ||= placed.ringOverFullScreen;
      if (overFullScreen) window.setVisibleOnAllWorkspaces(true, { visibleOnFullScreen: true });
      window.showInactive();
      window.setAlwaysOnTop(true, overFullScreen ? 'screen-saver' : 'floating');
      window.moveTop();
    }
    window.flashFrame(true);
  }

  function say(caller: string, window: DeskWindow): void {
    const notification = options.notify({
      title: options.title(),
      body: caller,
      urgency: 'critical',
    });
    notification.on('click', () => {
      window.show();
      window.focus();
    });
    notification.show();
    shown = notification;
  }

  return {
    ring,
    quiet,
    place(place) {
      placed = place;
    },
  };
}
