// Whether the microphone can be counted on before it is asked for: there, allowed, and not refused when
// it was last opened. Nothing is opened to find out, so that the browser's sign for it stays off.
import type { MicrophoneProblem } from '../media-port.ts';

export interface MicrophoneAccess {
  atHand(): boolean;
  /** How the last attempt to open it ended. */
  opened(problem: MicrophoneProblem | null): void;
  /** Devices came or went. */
  devicesChanged(): void;
  subscribe(listener: () => void): () => void;
  close(): void;
}

/** `devices` is `navigator.mediaDevices`; without it (no secure context) nothing is ever at hand. */
export function watchMicrophoneAccess(
  devices: Pick<MediaDevices, 'enumerateDevices'> | undefined,
  permissions: Pick<Permissions, 'query'> | undefined,
): MicrophoneAccess {
  const listeners = new Set<() => void>();
  let permission: PermissionStatus | null = null;
  let there = false;
  /** null: not tried since permission or devices changed. */
  let worked: boolean | null = null;
  let told = false;
  let closed = false;

  // A page that was allowed once, or for this session, may be told `prompt` all the same.
  const atHand = () =>
    there &&
    worked !== false &&
    permission?.state !== 'denied' &&
    (worked === true || permission?.state === 'granted');
  const tell = () => {
    if (told === atHand()) return;
    told = atHand();
    for (const listener of [...listeners]) listener();
  };
  const look = async () => {
    const infos = await devices?.enumerateDevices().catch(() => []);
    there = infos?.some(({ kind }) => kind === 'audioinput') ?? false;
    tell();
  };
  const onPermission = () => {
    worked = null;
    tell();
  };
  const ask = async () => {
    // Browsers that do not know the name refuse the question.
    const answer = await permissions?.query({ name: 'microphone' }).catch(() => null);
    if (closed || !answer) return;
    permission = answer;
    permission.addEventListener('change', onPermission);
    tell();
  };
  void ask();
  void look();

  return {
    atHand,
    opened(problem) {
      worked = problem === null;
      if (worked) there = true;
      tell();
    },
    devicesChanged() {
      // Another device may work where the last one did not; one that worked may be the one that went.
      if (worked === false) worked = null;
      void look();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      closed = true;
      listeners.clear();
      permission?.removeEventListener('change', onPermission);
    },
  };
}
