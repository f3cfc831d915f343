// Core as Electron's utility process: forks it, answers its requests for secrets, and hands each
// window a port of its own. The shell never sees what goes over that port.
import type { MessageChannelMain, MessagePortMain, UtilityProcess, WebContents } from 'electron';
import { type CoreChild, type CoreKeeper, keepCore } from '../host/core-keeper.ts';
import type { CoreFailure, CoreStart, FromCore, ToCore } from '../../preload/contract/host.ts';
import type { KeyVault } from './key-vault.ts';

interface ShellCore extends CoreChild {
  link(port: MessagePortMain): void;
}

interface CoreProcessOptions {
  fork: (modulePath: string) => UtilityProcess;
  newChannel: () => MessageChannelMain;
  modulePath: string;
  start: CoreStart;
  vault: KeyVault;
  onConnectSources: (sources: string[]) => void;
  onFailed: (reason: CoreFailure, detail: string) => void;
}

export interface CoreProcess {
  /** Gives the page a fresh port to core: now, or as soon as core is ready. */
  linkTo(contents: LinkTarget): void;
  stop(): Promise<void>;
}

export type LinkTarget = Pick<WebContents, 'postMessage' | 'isDestroyed'>;

export function startCoreProcess(options: CoreProcessOptions): CoreProcess {
  /** The page that holds the desk; told when its link is lost, because a DOM port never says so. */
  let target: LinkTarget | null = null;
  let wanted = false;
  let ready: ShellCore | null = null;

  const keeper: CoreKeeper = keepCore<ShellCore>({
    fork: () => childFrom(options.fork(options.modulePath)),
    start: options.start,
    onReady: (child) => {
      ready = child;
      if (wanted) handOver();
    },
    onLost: () => {
      ready = null;
      if (target && !target.isDestroyed()) target.postMessage('anklang.linkLost', null);
    },
    onFailed: options.onFailed,
    onMessage: (message, child) => void answerCore(message, child, options),
  });

  function handOver(): void {
    if (!ready || !target || target.isDestroyed()) return;
    wanted = false;
    const { port1, port2 } = options.newChannel();
    ready.link(port1);
    target.postMessage('anklang.link', null, [port2]);
  }

  return {
    linkTo(contents) {
      target = contents;
      wanted = true;
      handOver();
    },
    stop: keeper.stop,
  };
}

async function answerCore(
  message: FromCore,
  child: CoreChild,
  { vault, onConnectSources }: CoreProcessOptions,
): Promise<void> {
  if (message.type === 'connectSources') {
    onConnectSources(message.sources);
    return;
  }
  if (
    message.type !== 'vault.read' &&
    message.type !== 'vault.write' &&
    message.type !== 'vault.remove'
  ) {
    return;
  }
  const { request } = message;
  const answer =
    message.type === 'vault.read'
      ? await vault.read(message.name)
      : message.type === 'vault.write'
        ? await vault.write(message.name, message.value)
        : await vault.remove(message.name);
  child.send(
    'error' in answer
      ? { type: 'vault.answer', request, value: null, error: answer.error }
      : { type: 'vault.answer', request, value: answer.value, error: null },
  );
}

function childFrom(process: UtilityProcess): ShellCore {
  return {
    get pid() {
      return process.pid;
    },
    send: (message: ToCore) => process.postMessage(message),
    kill: () => void process.kill(),
    onMessage: (listener) => void process.on('message', listener),
    onExit: (listener) => void process.on('exit', listener),
    link: (port) => process.postMessage({ type: 'link' } satisfies ToCore, [port]),
  };
}
