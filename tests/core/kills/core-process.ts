// Core as the host starts it, a process of its own, with a window's link to it: there to be killed.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FromCore, ToCore } from '../../../preload/contract/host.ts';
import { newId } from '../../../main/core/ids.ts';
import { type DeskClient, socketLink } from '../support/test-core.ts';

const CORE = fileURLToPath(new URL('../../../main/core/start.ts', import.meta.url));

export interface CoreProcess {
  /** Settles once core is ready to be linked; rejects when it says that it cannot work, or ends. */
  ready: Promise<void>;
  /** A link that holds the desk, and what core says of its data. */
  open(): Promise<{ client: DeskClient; recovery: { kind: string } | null }>;
  /** The process is gone when it settles. */
  kill(): Promise<void>;
  /** Settles with the exit code when the process ends by itself or is killed. */
  ended: Promise<number | null>;
}

export function coreProcessOn(folder: string): CoreProcess {
  const socket = join(folder, 's');
  const windowId = newId();
  // A killed core leaves its socket behind.
  rmSync(socket, { force: true });
  const child = fork(CORE, [], { silent: true });
  let words = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    words += text;
  });
  child.stdout?.resume();
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  tell(child, {
    ...{ type: 'start', dataFolder: folder, keyStore: 'files', version: '0.0.0-test', socket },
    ...{ sample: false, language: null, practice: false },
  });
  const ready = new Promise<void>((resolve, reject) => {
    child.on('message', (message: FromCore) => {
      if (message.type === 'ready') resolve();
      if (message.type === 'failed') reject(new Error(`${message.reason}: ${message.detail}`));
    });
    void ended.then((code) => reject(new Error(`core ended with ${code}: ${words}`)));
  });
  // Whoever kills it while it starts does not wait for it.
  ready.catch(() => undefined);
  return {
    ...{ ready, ended },
    async open() {
      await ready;
      const { client } = await socketLink(socket).catch((error: unknown) => {
        throw new Error(`core, exit code ${child.exitCode}, cannot be linked: ${words}`, {
          cause: error,
        });
      });
      const { recovery } = await client.session.open({ windowId, liveCalls: [] });
      return { client, recovery };
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

function tell(child: ChildProcess, message: ToCore): void {
  child.send(message);
}
