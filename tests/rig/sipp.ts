// sipp 3.6 as a caller that does odd things over UDP: one scenario of the folder `sipp`, one call.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from './peers.ts';
import type { Rig } from './rig.ts';

export interface ScenarioResult {
  /** 0 when every message came as the scenario says. */
  code: number | null;
  /** What sipp said of it, and every message. */
  log: string;
}

/** Longer than any scenario takes on a busy machine, s. */
const LIMIT = 40;

export interface ScenarioOptions {
  /** Are put into the scenario by name. */
  keys?: Readonly<Record<string, string>>;
  /** A provisional response may come while sipp still sends, which by itself it takes for a failure. */
  toleratesEarlyResponses?: boolean;
}

/** Plays `sipp/NAME.xml` from the user `agent2` to `agent1`. */
export async function playScenario(
  rig: Rig,
  name: string,
  { keys = {}, toleratesEarlyResponses = false }: ScenarioOptions = {},
): Promise<ScenarioResult> {
  const folder = mkdtempSync(join(rig.group.folder, `sipp-${name}-`));
  const scenario = fileURLToPath(new URL(`./sipp/${name}.xml`, import.meta.url));
  const file = (end: string) => join(folder, end);
  const child = spawn(
    'sipp',
    [
      ...['-sf', scenario, '-m', '1', '-l', '1', '-nostdin', '-s', 'agent1'],
      ...['-i', '127.0.0.1', '-p', `${await freePort()}`, '-mp', `${await freePort()}`],
      ...['-au', 'agent2', '-ap', rig.passwordOf('agent2'), '-key', 'domain', rig.domain],
      ...Object.entries(keys).flatMap(([key, value]) => ['-key', key, value]),
      ...['-timeout', `${LIMIT}s`, '-timeout_error', '-recv_timeout', '20000'],
      ...(toleratesEarlyResponses ? ['-default_behaviors', 'bye,pingreply'] : []),
      ...[
        '-trace_msg',
        '-message_file',
        file('messages'),
        '-trace_err',
        '-error_file',
        file('errors'),
      ],
      `127.0.0.1:${rig.udpPort}`,
    ],
    { cwd: folder, stdio: 'ignore' },
  );
  const limit = setTimeout(() => child.kill('SIGKILL'), (LIMIT + 10) * 1000);
  const code = await new Promise<number | null>((resolve) => {
    child.once('error', () => resolve(null));
    child.once('exit', (status) => resolve(status));
  });
  clearTimeout(limit);
  const read = (end: string) => (existsSync(file(end)) ? readFileSync(file(end), 'utf8') : '');
  const log = `${read('errors')}\n${read('messages')}`;
  rmSync(folder, { recursive: true, force: true });
  return { code, log };
}
