// The tray keeps the desk reachable, and the telephone ringing, while its window is closed.
import type { Menu, MenuItemConstructorOptions, Tray } from 'electron';
import type { shellWords } from './words.ts';

interface TrayOptions {
  createTray: () => Tray;
  buildMenu: (template: MenuItemConstructorOptions[]) => Menu;
  words: () => ReturnType<typeof shellWords>;
  show: () => void;
  quit: () => void;
}

export interface DeskTray {
  /** False where the system has no tray; the window then closes for good. */
  present: boolean;
  refreshWords(): void;
  setRinging(ringing: boolean): void;
}

export function setUpTray(options: TrayOptions): DeskTray {
  let tray: Tray;
  try {
    tray = options.createTray();
  } catch {
    return { present: false, refreshWords: () => undefined, setRinging: () => undefined };
  }
  const refreshWords = (): void => {
    const words = options.words();
    tray.setContextMenu(
      options.buildMenu([
        { label: words.show, click: options.show },
        { type: 'separator' },
        { label: words.quit, click: options.quit },
      ]),
    );
  };
  tray.on('click', options.show);
  tray.setToolTip('Anklang');
  refreshWords();
  return {
    present: true,
    refreshWords,
    setRinging: (ringing) =>
      tray.setToolTip(ringing ? `Anklang – ${options.words().ringing}` : 'Anklang'),
  };
}
