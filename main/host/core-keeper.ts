// Keeps one core process alive for a host: starts it, restarts it when it dies, and gives up with a
// reason when it cannot start. Shared by Electron's shell and the loopback host, which differ only in
// how they fork.
import type { CoreFailure, CoreStart, FromCore, ToCore } from '../../preload/contract/host.ts';

/** A forked core, whatever forked it. */
export interface CoreChild {
  pid: number | undefined;
  send(message: ToCore): void;
  kill(): void;
  onMessage(listener: (message: FromCore) => void): void;
  onExit(listener: () => void): void;
}

export interface CoreKeeperOptions<Child extends CoreChild> {
  fork: () => Child;
  start: CoreStart;
  /** A core is ready for links; called again after each restart. */
  onReady: (child: Child) => void;
  /** A core that had been ready is gone; the next one is on its way. */
  onLost: () => void;
  /** Core said why it cannot work, or died `attempts` times before it was ready. It is not restarted. */
  onFailed: (reason: CoreFailure, detail: string) => void;
  /** Every other message of core. */
  onMessage: (message: FromCore, child: Child) => void;
  setTimer?: (action: () => void, ms: number) => unknown;
  /** Milliseconds of any clock that only goes forward. */
  clock?: () => number;
}

export interface CoreKeeper {
  /** Process id of the core in charge now. */
  pid(): number | undefined;
  /** Asks core to close its files; resolves when it is gone, after 3 s at the latest. */
  stop(): Promise<void>;
}

const ATTEMPTS = 5;
/** Pause before each restart of a core that never became ready, ms. The first restart is at once. */
const BACK_OFF = [0, 200, 500, 1_000, 2_000];
const STOP_GRACE_MS = 3_000;
/** A core that lived shorter than this after it was ready died of something that may come again. */
const SHORT_LIFE_MS = 5_000;
/** Short lives in a row after which restarts pause, so that a crash at every link does not burn the machine. */
const SHORT_LIVES = 3;

export function keepCore<Child extends CoreChild>(options: CoreKeeperOptions<Child>): CoreKeeper {
  const setTimer = options.setTimer ?? setTimeout;
  const clock = options.clock ?? (() => performance.now());
  let child: Child | null = null;
  let failedStarts = 0;
  let shortLives = 0;
  let stopping: (() => void) | null = null;

  launch();

  function launch(): void {
    const own = options.fork();
    child = own;
    let ready = false;
    let readyAt = 0;
    let failed = false;
    own.onMessage((message) => {
      if (message.type === 'ready') {
        ready = true;
        readyAt = clock();
        failedStarts = 0;
        options.onReady(own);
      } else if (message.type === 'failed') {
        failed = true;
        options.onFailed(message.reason, message.detail);
      } else {
        options.onMessage(message, own);
      }
    });
    own.onExit(() => {
      if (child === own) child = null;
      if (stopping) {
        stopping();
        return;
      }
      if (failed) return;
      if (ready) {
        options.onLost();
        shortLives = clock() - readyAt < SHORT_LIFE_MS ? shortLives + 1 : 0;
        if (shortLives <= SHORT_LIVES) launch();
        else setTimer(launchUnlessStopped, Math.min(500 * (shortLives - SHORT_LIVES), 5_000));
        return;
      }
      failedStarts += 1;
      if (failedStarts >= ATTEMPTS) {
        options.onFailed('other', `core ended ${ATTEMPTS} times before it was ready`);
        return;
      }
      setTimer(launchUnlessStopped, BACK_OFF[failedStarts - 1] ?? 2_000);
    });
    own.send(options.start);
  }

  function launchUnlessStopped(): void {
    if (!stopping) launch();
  }

  function stop(): Promise<void> {
    return new Promise((resolve) => {
      stopping = resolve;
      const last = child;
      if (!last) {
        resolve();
        return;
      }
      last.send({ type: 'stop' });
      setTimer(() => {
        last.kill();
        resolve();
      }, STOP_GRACE_MS);
    });
  }

  return { pid: () => child?.pid, stop };
}
