import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { startCoreProcess } from '../../main/shell/core-process.ts';
import type { CoreStart } from '../../preload/contract/host.ts';

const start: CoreStart = {
  type: 'start',
  dataFolder: '/data',
  keyStore: 'system',
  version: '0',
  socket: null,
  sample: false,
  language: null,
  practice: false,
};

class FakeUtility extends EventEmitter {
  pid = 1;
  sent: { message: { type: string }; ports: unknown[] }[] = [];
  postMessage(message: { type: string }, ports: unknown[] = []): void {
    this.sent.push({ message, ports });
  }
  kill(): boolean {
    this.emit('exit', 9);
    return true;
  }
}

function running(): {
  forks: FakeUtility[];
  page: { posted: [string, unknown[]][]; destroyed: boolean };
  core: ReturnType<typeof startCoreProcess>;
  failed: string[];
  sources: string[][];
} {
  const forks: FakeUtility[] = [];
  const failed: string[] = [];
  const sources: string[][] = [];
  const page = { posted: [] as [string, unknown[]][], destroyed: false };
  const core = startCoreProcess({
    fork: () => {
      const fork = new FakeUtility();
      forks.push(fork);
      return fork as never;
    },
    newChannel: () => ({ port1: 'core end', port2: 'page end' }) as never,
    modulePath: 'core.js',
    start,
    vault: {
      read: (name) =>
        Promise.resolve(name === 'locked' ? { error: 'unavailable' } : { value: `${name}!` }),
      write: () => Promise.resolve({ value: null }),
      remove: () => Promise.resolve({ value: null }),
    },
    onConnectSources: (list) => sources.push(list),
    onFailed: (reason) => failed.push(reason),
  });
  core.linkTo({
    isDestroyed: () => page.destroyed,
    postMessage: (channel: string, _message: unknown, ports: unknown[] = []) => {
      page.posted.push([channel, ports]);
    },
  });
  return { forks, page, core, failed, sources };
}

describe('core as a utility process', () => {
  it('is told how to start, and the page gets its port once core is ready', () => {
    const { forks, page } = running();
    expect(forks[0]?.sent[0]?.message).toEqual(start);
    expect(page.posted).toEqual([]);
    forks[0]?.emit('message', { type: 'ready' });
    expect(page.posted).toEqual([['anklang.link', ['page end']]]);
    expect(forks[0]?.sent.at(-1)).toEqual({ message: { type: 'link' }, ports: ['core end'] });
  });

  it('is restarted when it dies, and the page is told, because its port never says so', () => {
    const { core, forks, page } = running();
    forks[0]?.emit('message', { type: 'ready' });
    forks[0]?.emit('exit', 9);
    expect(page.posted.at(-1)?.[0]).toBe('anklang.linkLost');
    expect(forks).toHaveLength(2);
    core.linkTo({
      isDestroyed: () => false,
      postMessage: (channel: string, _message: unknown, ports: unknown[] = []) => {
        page.posted.push([channel, ports]);
      },
    });
    forks[1]?.emit('message', { type: 'ready' });
    expect(page.posted.at(-1)?.[0]).toBe('anklang.link');
  });

  it('is not restarted when it says that it cannot work', () => {
    const { forks, failed } = running();
    forks[0]?.emit('message', { type: 'failed', reason: 'newerDatabase', detail: '' });
    forks[0]?.emit('exit', 1);
    expect(failed).toEqual(['newerDatabase']);
    expect(forks).toHaveLength(1);
  });

  it('gets its secrets, or why there are none', async () => {
    const { forks } = running();
    forks[0]?.emit('message', { type: 'vault.read', request: 1, name: 'database-key' });
    forks[0]?.emit('message', { type: 'vault.read', request: 2, name: 'locked' });
    await new Promise((resolve) => setImmediate(resolve));
    expect(forks[0]?.sent.slice(1).map((sent) => sent.message)).toEqual([
      { type: 'vault.answer', request: 1, value: 'database-key!', error: null },
      { type: 'vault.answer', request: 2, value: null, error: 'unavailable' },
    ]);
  });

  it('says where the page may connect to', () => {
    const { forks, sources } = running();
    forks[0]?.emit('message', { type: 'connectSources', sources: ['wss://pbx.example.org'] });
    expect(sources).toEqual([['wss://pbx.example.org']]);
  });

  it('closes its files before the desk quits', async () => {
    const { core, forks } = running();
    forks[0]?.emit('message', { type: 'ready' });
    const stopped = core.stop();
    expect(forks[0]?.sent.at(-1)?.message).toEqual({ type: 'stop' });
    forks[0]?.emit('exit', 0);
    await stopped;
    expect(forks).toHaveLength(1);
  });
});
