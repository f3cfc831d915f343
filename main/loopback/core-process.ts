// Core as a child of the loopback host: forked with Node's own channel between parent and child.
import { fork } from 'node:child_process';
import type { CoreChild } from '../host/core-keeper.ts';

/** Forks core's program with the Node that runs the host. */
export function forkCore(program: string): CoreChild {
  const child = fork(program, [], {
    // Core says nothing on stdout that belongs to who started the host.
    stdio: ['ignore', 2, 2, 'ipc'],
    // Ctrl-C goes to every process of the terminal's group; core is to be asked by the host instead.
    // It ends by itself when the channel closes, so it never outlives the host.
    detached: process.platform !== 'win32',
  });
  return {
    pid: child.pid,
    // A core that is just dying cannot be told anything; its exit is what counts.
    send: (message) => void (child.connected && child.send(message, () => undefined)),
    kill: () => void child.kill('SIGKILL'),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => {
      let told = false;
      const tell = () => {
        if (!told) listener();
        told = true;
      };
      child.on('exit', tell);
      child.on('error', () => {
        if (child.pid === undefined) tell();
      });
    },
  };
}
