// What the host (Electron's shell or the loopback host) and core tell each other. Plain messages over
// the channel that a parent and its child process have; ports travel beside them in Electron.

/** First message to core. */
export interface CoreStart {
  type: 'start';
  dataFolder: string;
  /** `system`: keys are wrapped by the host on request; `files`: core keeps them in the data folder, 0600. */
  keyStore: 'system' | 'files';
  version: string;
  /** Where core listens for WebSockets (a Unix socket's path or a named pipe); null when links come as ports. */
  socket: string | null;
  /** Install the sample book when the book is empty. */
  sample: boolean;
  language: 'de' | 'en' | null;
  /** Act as if there were no account. */
  practice: boolean;
  /** The local API as this start wants it; left out, the settings alone decide. */
  api?: {
    on: boolean;
    /** null = as the settings say; 0 = any. */
    port: number | null;
    /** SHA-256, in hex, of a token that may do everything as long as this desk runs. */
    tokenHash: string | null;
  };
  /** Where the organisation's policy lies. */
  policyFile?: string;
}

export type ToCore =
  | CoreStart
  /** A port comes with it (Electron only). */
  | { type: 'link' }
  | { type: 'vault.answer'; request: number; value: string | null; error: VaultError | null }
  | { type: 'stop' };

export type VaultError = 'unavailable' | 'refused';

export type FromCore =
  | { type: 'ready' }
  /** Core cannot work; the host shows why and offers what is left. */
  | { type: 'failed'; reason: CoreFailure; detail: string }
  /** Origins that the window may connect to, for the policy of the next page. */
  | { type: 'connectSources'; sources: string[] }
  /** Where the local API listens now; null when it does not. */
  | { type: 'api'; address: string | null }
  | { type: 'vault.read'; request: number; name: string }
  | { type: 'vault.write'; request: number; name: string; value: string }
  | { type: 'vault.remove'; request: number; name: string }
  /** Closed everything; the host may let the process go. */
  | { type: 'stopped' };

export type CoreFailure =
  | 'keyUnavailable'
  | 'wrongKey'
  | 'newerDatabase'
  | 'diskFull'
  | 'readOnly'
  | 'alreadyRunning'
  | 'other';
