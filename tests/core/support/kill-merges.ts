// kill -9 in the middle of merges; for the tests and, at many more moments, for the soak.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { rawDatabaseIn } from './table-digest.ts';

export interface KilledMerges {
  /** Merges and undoings that were acknowledged before the end. */
  acknowledged: number;
  /** What is wrong with the data afterwards; empty when nothing is. */
  faults: string[];
}

/** Each person that the process makes has so many contacts and one number. */
const CONTACTS = 40;

/** Merges in a process of its own over `folder`, kills it after `ms`, and looks at what it left. */
export async function killMergesAfter(
  folder: string,
  agentId: string,
  ms: number,
): Promise<KilledMerges> {
  const child = fork(
    fileURLToPath(new URL('merge-until-killed.ts', import.meta.url)),
    [folder, agentId],
    { silent: true },
  );
  let told = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    told += text;
  });
  const ended = once(child, 'exit');
  while (!told.includes('merged') && child.exitCode === null) await wait(20);
  await wait(ms);
  child.kill('SIGKILL');
  await ended;
  const lines = told.split('\n').slice(0, -1);
  return { acknowledged: lines.length, faults: faultsIn(folder, lines) };
}

function faultsIn(folder: string, lines: readonly string[]): string[] {
  const raw = rawDatabaseIn(folder);
  const faults: string[] = [];
  try {
    const check = raw.pragma('integrity_check', { simple: true });
    if (check !== 'ok') faults.push(`integrity: ${String(check)}`);
    const orphans = raw.pragma('foreign_key_check') as unknown[];
    if (orphans.length > 0) faults.push(`${orphans.length} rows refer to nothing`);
    const exists = raw.prepare('SELECT 1 FROM customers WHERE id = ?');
    const last = new Map(
      lines.map((line): [string, { what: string; survivor: string; loser: string }] => {
        const [what = '', survivor = '', loser = ''] = line.split(' ');
        return [loser, { what, survivor, loser }];
      }),
    );
    for (const { what, survivor, loser } of last.values()) {
      if (!exists.get(survivor)) faults.push(`survivor ${survivor} is gone`);
      // An acknowledged merge may have been undone without the answer being heard, never the other way.
      if (what === 'undone' && !exists.get(loser)) faults.push(`${loser} was undone and is gone`);
    }
    // No half merge: whoever is there has all facts of one person, or of both.
    const people = raw
      .prepare(
        `SELECT u.id, (SELECT count(*) FROM contacts c WHERE c.customer_id = u.id) AS contacts,
           (SELECT count(*) FROM customer_numbers n WHERE n.customer_id = u.id) AS numbers,
           s.contact_count AS counted,
           (SELECT count(*) FROM customer_merges m WHERE m.customer_id = u.id AND m.undone_at IS NULL) AS merges
         FROM customers u JOIN customer_summary s ON s.customer_id = u.id`,
      )
      .all() as {
      id: string;
      contacts: number;
      numbers: number;
      counted: number;
      merges: number;
    }[];
    for (const { id, contacts, numbers, counted, merges } of people) {
      // The newest one may have been killed between coming into the book and getting its facts.
      const whole = contacts === CONTACTS * (1 + merges) && numbers === 1 + merges;
      const justMade = contacts === 0 && merges === 0 && numbers === 1;
      if (!(whole || justMade) || counted !== contacts) {
        faults.push(
          `${id}: ${contacts} contacts, ${numbers} numbers, ${merges} merges, ${counted} counted`,
        );
      }
    }
    const both = raw
      .prepare(
        `SELECT count(*) FROM customer_merges m JOIN customers u ON u.id = m.loser_id WHERE m.undone_at IS NULL`,
      )
      .pluck()
      .get();
    if (both !== 0) faults.push(`${String(both)} merged records are still there`);
  } finally {
    raw.close();
  }
  return faults;
}
