// Electron's entry. It reads as a table of contents: what is set up, in which order.
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import electron from 'electron';
import { policyTrouble } from './host/policy-file.ts';
import { registerAppScheme, setUpAppScheme } from './shell/app-scheme.ts';
import { createAttention } from './shell/attention.ts';
import { type CoreProcess, startCoreProcess } from './shell/core-process.ts';
import { openDeskWindow } from './shell/desk-window.ts';
import { tellUnsavedFiles } from './shell/downloads.ts';
import { createGlobalKeys } from './shell/global-keys.ts';
import { setUpHeadsetAccess } from './shell/headset-access.ts';
import { createKeyVault } from './shell/key-vault.ts';
import { refusedSwitch } from './shell/launch-switches.ts';
import { setUpNavigation } from './shell/navigation.ts';
import { hearOpenedLinks, type OpenedLinks } from './shell/opened-links.ts';
import { registerOwnLinks } from './shell/own-links.ts';
import { launchOptionsFrom } from './shell/launch-options.ts';
import { setUpPermissions } from './shell/permissions.ts';
import { setUpTray } from './shell/tray.ts';
import { createWindowLink } from './shell/window-link.ts';
import { languageFromLocale, shellWords } from './shell/words.ts';

enableCompileCache();

const {
  app,
  clipboard,
  dialog,
  globalShortcut,
  ipcMain,
  Menu,
  nativeImage,
  Notification,
  protocol,
  safeStorage,
  session,
  shell,
} = electron;
const appFolder = app.getAppPath();
const refused = app.isPackaged ? refusedSwitch(process.argv.slice(1)) : null;

if (refused !== null) {
  process.stderr.write(`--${refused} is refused / wird nicht angenommen\n`);
  app.exit(2);
} else if (!app.requestSingleInstanceLock()) {
  // The running desk gets this one's arguments and comes to the front.
  app.quit();
} else {
  // The practice line calls within the page; without a network there is only the loopback for it.
  app.commandLine.appendSwitch('allow-loopback-in-peer-connection');
  registerAppScheme(protocol);
  setUpNavigation(app, shell);
  registerOwnLinks(app, process.platform);
  const opened = hearOpenedLinks(app, process.argv.slice(1));
  void app.whenReady().then(() => startDesk(opened));
}

function startDesk(opened: OpenedLinks): void {
  const options = launchOptionsFrom(process.argv, app.getPath('userData'));
  let language = options.language ?? languageFromLocale(app.getLocale());
  const words = (): ReturnType<typeof shellWords> => shellWords(language);
  const trouble = options.policyFile === null ? null : policyTrouble(options.policyFile);
  if (trouble !== null) {
    process.stderr.write(`${trouble.en}\n${trouble.de}\n`);
    dialog.showErrorBox(words().notStartedTitle, trouble[language]);
    app.exit(1);
    return;
  }
  let connectSources: readonly string[] = [];
  let quitting = false;

  const headset = setUpHeadsetAccess(session.defaultSession);
  setUpPermissions(session.defaultSession, headset.allowed);
  setUpAppScheme({
    protocol,
    folder: join(appFolder, 'out', 'renderer'),
    connectSources: () => connectSources,
  });

  const core: CoreProcess = startCoreProcess({
    fork: (path) => electron.utilityProcess.fork(path, [], { serviceName: 'Anklang core' }),
    newChannel: () => new electron.MessageChannelMain(),
    modulePath: join(appFolder, 'out', 'core', 'core.js'),
    vault: createKeyVault({
      safeStorage,
      platform: process.platform,
      folder: join(options.dataFolder, 'secrets'),
      allowPlainText: options.allowPlainTextKeys,
    }),
    start: {
      type: 'start',
      dataFolder: options.dataFolder,
      keyStore: 'system',
      version: app.getVersion(),
      socket: null,
      sample: options.sample,
      language: options.language,
      practice: options.practice,
      ...(options.policyFile === null ? {} : { policyFile: options.policyFile }),
    },
    onConnectSources: (sources) => {
      connectSources = sources;
    },
    onFailed: (reason, detail) => {
      process.stderr.write(`core: ${reason} ${detail}\n`);
      dialog.showErrorBox(words().failedTitle, words().failed[reason]);
      quitting = true;
      app.exit(1);
    },
  });

  const window = openDeskWindow({
    create: (settings) => new electron.BrowserWindow(settings),
    dialog,
    preloadPath: join(appFolder, 'out', 'preload', 'bridge.cjs'),
    iconPath: join(appFolder, 'resources', 'icons', 'icon.png'),
    words,
    hidesOnClose: () => !quitting && tray.present,
  });
  tellUnsavedFiles(session.defaultSession, { window, dialog, words });
  const show = (): void => {
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  };
  const tray = setUpTray({
    createTray: () =>
      new electron.Tray(
        nativeImage.createFromPath(join(appFolder, 'resources', 'icons', 'tray.png')),
      ),
    buildMenu: (template) => Menu.buildFromTemplate(template),
    words,
    show,
    quit: () => app.quit(),
  });
  const attention = createAttention({
    window: () => window,
    notify: (content) => new Notification(content),
    title: () => words().ringing,
  });
  const useGlobalKeys = createGlobalKeys({
    globalShortcut,
    clipboard,
    press: (key) => {
      if (!window.webContents.isDestroyed()) window.webContents.send('anklang.callKey', key);
    },
    prefill: (number) => {
      link.dial(number);
      show();
    },
  });
  const link = createWindowLink({
    ipcMain,
    shell,
    powerSaveBlocker: electron.powerSaveBlocker,
    core,
    attention,
    tray,
    contents: window.webContents,
    useGlobalKeys,
    allowHeadset: headset.allow,
    onLanguage: (chosen) => {
      language = chosen;
      tray.refreshWords();
    },
  });

  opened.deliver({ open: link.open, show });
  app.on('activate', show);
  app.on('window-all-closed', () => app.quit());
  app.on('before-quit', () => {
    quitting = true;
  });
  let stopped = false;
  app.on('will-quit', (event) => {
    if (stopped) return;
    // Core closes its files first; then quitting goes on.
    event.preventDefault();
    void core.stop().finally(() => {
      stopped = true;
      app.quit();
    });
  });
}
