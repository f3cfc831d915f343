// Saves a file that comes piece by piece: straight to the disk where the browser can and the file is
// large, else as a download that the browser gathers.

interface WritableFile {
  write(text: string): Promise<void>;
  close(): Promise<void>;
  abort(): Promise<void>;
}

interface PickerWindow {
  showSaveFilePicker?: (options: {
    suggestedName: string;
  }) => Promise<{ createWritable(): Promise<WritableFile> }>;
}

/** Where pieces go; `close` completes the file, `abort` leaves none. */
export interface PieceTarget {
  write(text: string): Promise<void>;
  close(): Promise<void>;
  abort(): Promise<void>;
}

/** Asks where to, for large files; null when the agent wants none after all. */
export async function pieceTarget(
  fileName: string,
  type: string,
  large: boolean,
): Promise<PieceTarget | null> {
  const { showSaveFilePicker } = window as unknown as PickerWindow;
  if (!large || !showSaveFilePicker) return downloadTarget(fileName, type);
  try {
    const file = await showSaveFilePicker.call(window, { suggestedName: fileName });
    return await file.createWritable();
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return null;
    return downloadTarget(fileName, type);
  }
}

/** Blobs lie outside of the page's memory once they are large. */
export function downloadTarget(fileName: string, type: string): PieceTarget {
  const parts: Blob[] = [];
  return {
    write(text) {
      parts.push(new Blob([text], { type }));
      return Promise.resolve();
    },
    close() {
      const address = URL.createObjectURL(new Blob(parts, { type }));
      const link = document.createElement('a');
      link.href = address;
      link.download = fileName;
      link.click();
      // The download has taken what it needs by then.
      setTimeout(() => URL.revokeObjectURL(address), 60_000);
      return Promise.resolve();
    },
    abort: () => Promise.resolve(),
  };
}
