// The one window. It stays awake while hidden, because it holds the telephone.
import type { BrowserWindow, BrowserWindowConstructorOptions, Dialog } from 'electron';
import { APP_ORIGIN } from './origin.ts';
import type { shellWords } from './words.ts';

/** Every security-relevant choice is written down, also where it is Electron's default. */
export function deskWindowOptions(
  preloadPath: string,
  iconPath: string,
): BrowserWindowConstructorOptions {
  return {
    width: 1440,
    height: 900,
    minWidth: 1024,
    minHeight: 680,
    show: false,
    title: 'Anklang',
    icon: iconPath,
    backgroundColor: '#f4f3f0',
    autoHideMenuBar: true,
    webPreferences: {
      preload: preloadPath,
      sandbox: true,
      contextIsolation: true,
      webSecurity: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      navigateOnDragDrop: false,
      safeDialogs: true,
      spellcheck: true,
      // A throttled page answers a call late and loses timers of the registration.
      backgroundThrottling: false,
      // The first ring must sound before the agent has clicked anything.
      autoplayPolicy: 'no-user-gesture-required',
    },
  };
}

interface DeskWindowOptions {
  create: (options: BrowserWindowConstructorOptions) => BrowserWindow;
  dialog: Pick<Dialog, 'showMessageBoxSync'>;
  preloadPath: string;
  iconPath: string;
  words: () => ReturnType<typeof shellWords>;
  /** Closing hides the window into the tray instead; false while quitting or without a tray. */
  hidesOnClose: () => boolean;
}

export function openDeskWindow(options: DeskWindowOptions): BrowserWindow {
  const window = options.create(deskWindowOptions(options.preloadPath, options.iconPath));
  window.once('ready-to-show', () => window.show());
  // The page objects to leaving while a call is up; Chromium would then silently do nothing.
  window.webContents.on('will-prevent-unload', (event) => {
    const words = options.words();
    const answer = options.dialog.showMessageBoxSync(window, {
      type: 'warning',
      message: words.leaveTitle,
      detail: words.leaveDetail,
      buttons: [words.stay, words.leave],
      defaultId: 0,
      cancelId: 0,
    });
    if (answer === 1) event.preventDefault();
  });
  window.on('close', (event) => {
    if (!options.hidesOnClose()) return;
    event.preventDefault();
    window.hide();
  });
  void window.loadURL(`${APP_ORIGIN}/`);
  return window;
}
