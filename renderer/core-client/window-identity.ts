// Which window this is, and whether it is the only desk in this browser.

const WINDOW_ID_KEY = 'anklang.windowId';
/** A page that is being reloaded keeps its locks for a moment after the next one has begun. */
const LOCK_TRIES = 5;
const LOCK_TRY_EVERY_MS = 150;

/** A UUIDv7 (RFC 9562) of this time in epoch ms and these 16 random bytes. */
export function uuidV7From(now: number, random: Uint8Array): string {
  const bytes = Uint8Array.from(random.subarray(0, 16));
  for (let i = 0; i < 6; i += 1) bytes[i] = Math.floor(now / 2 ** (8 * (5 - i))) % 256;
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join('-');
}

export function newId(): string {
  return uuidV7From(Date.now(), crypto.getRandomValues(new Uint8Array(16)));
}

/** Takes the lock for as long as the page lives, if nobody has it; says whether it did. */
function takeLock(locks: LockManager, name: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    locks
      .request(name, { ifAvailable: true }, (lock) => {
        resolve(lock !== null);
        return lock === null ? undefined : new Promise<void>(() => {});
      })
      .catch(reject);
  });
}

/**
 * Whether this page is the only desk of this browser; it is until it is closed. A duplicated tab
 * copies sessionStorage, so it is the lock and not the id that tells two pages apart.
 */
export async function claimDesk(): Promise<boolean> {
  for (let tries = 1; ; tries += 1) {
    if (await takeLock(navigator.locks, 'anklang.desk')) return true;
    if (tries === LOCK_TRIES) return false;
    await new Promise((resolve) => setTimeout(resolve, LOCK_TRY_EVERY_MS));
  }
}

/** The id that this window keeps over reloads. Ask only after the desk has been claimed. */
export function windowIdOf(storage: Storage): string {
  const kept = storage.getItem(WINDOW_ID_KEY);
  if (kept) return kept;
  const fresh = newId();
  storage.setItem(WINDOW_ID_KEY, fresh);
  return fresh;
}
