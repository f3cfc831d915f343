// Where core listens for the relayed WebSockets: a Unix socket that only its owner can reach, or a
// named pipe with a random name on Windows.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** sun_path holds 108 bytes on Linux and 104 on macOS, the closing zero included. */
const LONGEST = 103;

export interface CoreSocket {
  path: string;
  /** Removes what a killed core left behind; the next one could not bind otherwise. */
  clear(): void;
  dispose(): void;
}

export function coreSocketFor(dataFolder: string): CoreSocket {
  if (process.platform === 'win32') {
    const path = `\\\\.\\pipe\\anklang-${randomBytes(16).toString('hex')}`;
    return { path, clear: () => undefined, dispose: () => undefined };
  }
  const inside = join(dataFolder, 'core.sock');
  if (Buffer.byteLength(inside) <= LONGEST) {
    const clear = () => rmSync(inside, { force: true });
    return { path: inside, clear, dispose: clear };
  }
  // mkdtemp makes the folder for its owner only.
  const short = mkdtempSync(join(shortTemporaryFolder(), 'anklang-'));
  const path = join(short, 'core.sock');
  return {
    path,
    clear: () => {
      for (const name of readdirSync(short)) rmSync(join(short, name), { force: true });
    },
    dispose: () => rmSync(short, { recursive: true, force: true }),
  };
}

function shortTemporaryFolder(): string {
  const own = tmpdir();
  return Buffer.byteLength(own) < LONGEST - 30 ? own : '/tmp';
}
