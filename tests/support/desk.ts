// The desk as a user starts it, without opening a window, in a data folder of its own.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

export interface DeskChoice {
  language?: 'en' | 'de';
  sample?: boolean;
  practice?: boolean;
  /** A folder to use instead of a new one; it is left in place. */
  dataFolder?: string;
  /** Where a token for everything is written. */
  apiTokenFile?: string;
  policyFile?: string;
}

export interface Desk {
  url: string;
  /** The host; it restarts core. */
  pid: number;
  /** Core's at the start; a core that died is replaced by another. */
  corePid: number;
  /** Address of the local API. */
  api: string | null;
  currentCorePid(): Promise<number>;
  dataFolder: string;
  log(): string;
  stop(): Promise<void>;
  /** kill -9 of host and core; the data folder stays until `stop`. */
  killEverything(): Promise<void>;
}

interface FirstLine {
  url: string;
  pid: number;
  corePid: number;
  api: string | null;
}

export async function startDesk(choice: DeskChoice = {}): Promise<Desk> {
  const dataFolder = choice.dataFolder ?? mkdtempSync(join(tmpdir(), 'anklang-desk-'));
  const child = spawn(
    process.execPath,
    [
      join(ROOT, 'resources/build/start.mjs'),
      ...['--loopback', '--no-open', '--json', '--port', '0', '--data', dataFolder],
      ...['--language', choice.language ?? 'en'],
      ...(choice.sample ? ['--sample'] : []),
      ...(choice.practice ? ['--practice'] : []),
      ...(choice.apiTokenFile === undefined ? [] : ['--api-token-file', choice.apiTokenFile]),
      ...(choice.policyFile === undefined ? [] : ['--policy', choice.policyFile]),
    ],
    { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    log += text;
  });
  const remove = () => {
    if (choice.dataFolder === undefined) rmSync(dataFolder, { recursive: true, force: true });
  };
  try {
    const first = await firstLine(child, () => log);
    return {
      ...first,
      dataFolder,
      log: () => log,
      currentCorePid: () => corePidAt(first.url),
      async stop() {
        await end(child, 'SIGTERM', 8000);
        remove();
      },
      async killEverything() {
        for (const pid of [first.pid, first.corePid]) kill(pid);
        await end(child, 'SIGKILL', 2000);
      },
    };
  } catch (error) {
    await end(child, 'SIGTERM', 3000);
    remove();
    throw error;
  }
}

/** The host says which core works now; 0 while there is none. */
async function corePidAt(url: string): Promise<number> {
  const { origin, searchParams } = new URL(url);
  const answer = await fetch(`${origin}/host?token=${searchParams.get('token') ?? ''}`);
  const state = (await answer.json()) as { corePid: number | null };
  return state.corePid ?? 0;
}

function firstLine(child: ChildProcess, log: () => string): Promise<FirstLine> {
  return new Promise((resolve, reject) => {
    let text = '';
    const timer = setTimeout(() => reject(new Error(`the desk did not start:\n${log()}`)), 120_000);
    child.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`the desk ended with ${code}:\n${log()}`));
    });
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      const newline = text.indexOf('\n');
      if (newline < 0) return;
      clearTimeout(timer);
      resolve(JSON.parse(text.slice(0, newline)) as FirstLine);
    });
  });
}

async function end(child: ChildProcess, signal: NodeJS.Signals, ms: number): Promise<void> {
  const ended = () => child.exitCode !== null || child.signalCode !== null;
  child.kill(signal);
  for (let waited = 0; waited < ms && !ended(); waited += 50) await wait(50);
  if (!ended()) child.kill('SIGKILL');
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It is gone already.
  }
}
