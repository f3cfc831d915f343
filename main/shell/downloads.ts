// A browser shows in its own list that a file was not saved; the desk's window has no such list.
import type { BrowserWindow, Dialog, DownloadItem, Session } from 'electron';
import type { shellWords } from './words.ts';

interface TellOptions {
  window: BrowserWindow;
  dialog: Pick<Dialog, 'showMessageBox'>;
  words: () => ReturnType<typeof shellWords>;
}

/** Says when a file that the page saves does not reach the disk; who cancels knows it already. */
export function tellUnsavedFiles(
  session: Pick<Session, 'on'>,
  { window, dialog, words }: TellOptions,
): void {
  session.on('will-download', (_event, item: DownloadItem) => {
    item.once('done', (_done, state) => {
      if (state !== 'interrupted' || window.isDestroyed()) return;
      const { notSavedTitle, notSavedDetail, close } = words();
      // It waits for nobody: a call may be going on.
      void dialog.showMessageBox(window, {
        type: 'error',
        message: notSavedTitle(item.getFilename()),
        detail: notSavedDetail,
        buttons: [close],
      });
    });
  });
}
