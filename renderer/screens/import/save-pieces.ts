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

/** Where pieces go; `close` completes the file, `abort` leaves none. Each rejects with FileTrouble. */
export interface PieceTarget {
  write(text: string): Promise<void>;
  close(): Promise<void>;
  abort(): Promise<void>;
  /** Whether the file is there once it is closed; else the browser has it and tells how it went. */
  lands: boolean;
}

export type FileProblem = 'full' | 'notAllowed' | 'other';

/** The disk, or whoever guards it, refused. */
export class FileTrouble extends Error {
  readonly problem: FileProblem;

  constructor(problem: FileProblem, cause: unknown) {
    super(problem, { cause });
    this.name = 'FileTrouble';
    this.problem = problem;
  }
}

/** Asks where to, for large files; null when the agent wants none after all. */
export async function pieceTarget(
  fileName: string,
  type: string,
  large: boolean,
): Promise<PieceTarget | null> {
  const { showSaveFilePicker } = window as unknown as PickerWindow;
  if (!large || !showSaveFilePicker) return downloadTarget(fileName, type);
  let file: Awaited<ReturnType<typeof showSaveFilePicker>>;
  try {
    file = await showSaveFilePicker.call(window, { suggestedName: fileName });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return null;
    return downloadTarget(fileName, type);
  }
  return fileTarget(await refusing(file.createWritable()));
}

/** Until it is closed the browser writes beside the file: one that was there stays as it was. */
function fileTarget(writable: WritableFile): PieceTarget {
  const orNothing = async (work: Promise<void>): Promise<void> => {
    try {
      await refusing(work);
    } catch (error) {
      // What is half written is taken away; it may be gone already.
      await writable.abort().catch(() => undefined);
      throw error;
    }
  };
  return {
    write: (text) => orNothing(writable.write(text)),
    close: () => orNothing(writable.close()),
    abort: () => writable.abort(),
    lands: true,
  };
}

async function refusing<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    const name = error instanceof Error ? error.name : '';
    throw new FileTrouble(PROBLEMS[name] ?? 'other', error);
  }
}

/** What browsers call it. */
const PROBLEMS: Readonly<Record<string, FileProblem>> = {
  QuotaExceededError: 'full',
  NoModificationAllowedError: 'notAllowed',
  NotAllowedError: 'notAllowed',
  SecurityError: 'notAllowed',
};

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
    lands: false,
  };
}
