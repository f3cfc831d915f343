// A ring must reach the agent behind other windows: the window comes to the front without taking the
// keyboard from what is being typed elsewhere, the taskbar flashes, and the system says who calls.
import type { BrowserWindow, Notification, NotificationConstructorOptions } from 'electron';

interface AttentionOptions {
  window: () => Pick<
    BrowserWindow,
    | 'isDestroyed'
    | 'isFocused'
    | 'isMinimized'
    | 'showInactive'
    | 'flashFrame'
    | 'setAlwaysOnTop'
    | 'moveTop'
    | 'show'
    | 'focus'
    | 'setVisibleOnAllWorkspaces'
  > | null;
  notify: (options: NotificationConstructorOptions) => Pick<Notification, 'show' | 'close' | 'on'>;
  title: () => string;
}

/** Before other windows at all, and over programs that fill the screen. */
interface RingPlace {
  ringInFront: boolean;
  ringOverFullScreen: boolean;
}

export interface Attention {
  /** A call rings; `caller` is what the agent should read. Calling it again changes the words. */
  ring(caller: string): void;
  /** Nothing rings any more. */
  quiet(): void;
  /** From the next ring on. */
  place(place: RingPlace): void;
}

export function createAttention(options: AttentionOptions): Attention {
  let shown: ReturnType<AttentionOptions['notify']> | null = null;
  let said: string | null = null;
  let placed: RingPlace = { ringInFront: true, ringOverFullScreen: false };
  let overFullScreen = false;

  function quiet(): void {
    shown?.close();
    shown = null;
    said = null;
    const window = options.window();
    if (!window || window.isDestroyed()) return;
    window.flashFrame(false);
    window.setAlwaysOnTop(false);
    if (overFullScreen) window.setVisibleOnAllWorkspaces(false);
    overFullScreen = false;
  }

  function ring(caller: string): void {
    const window = options.window();
    if (!window || window.isDestroyed() || said === caller) return;
    shown?.close();
    shown = null;
    said = caller;
    if (window.isFocused()) return;
    if (placed.ringInFront) {
      overFullScreen = placed.ringOverFullScreen;
      if (overFullScreen) window.setVisibleOnAllWorkspaces(true, { visibleOnFullScreen: true });
      window.showInactive();
      window.setAlwaysOnTop(true, overFullScreen ? 'screen-saver' : 'floating');
      window.moveTop();
    }
    window.flashFrame(true);
    shown = options.notify({ title: options.title(), body: caller, urgency: 'critical' });
    shown.on('click', () => {
      window.show();
      window.focus();
    });
    shown.show();
  }

  return {
    ring,
    quiet,
    place(place) {
      placed = place;
    },
  };
}
