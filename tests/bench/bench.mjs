// `npm run bench`: what an agent waits for, beside plain tools in the same run.
//   --json FILE     also writes everything as JSON
//   --customers N   size of the book (100,000)
//   --contacts N    (1,000,000)
//   --rounds N      calls measured of each kind (30)
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { benchCallerContext, writeBook } from './caller-context.ts';
import { benchDesk } from './desk-times.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'string' },
    customers: { type: 'string', default: '100000' },
    contacts: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '30' },
  },
});
const size = { customers: countOf('customers', 5000), contacts: countOf('contacts', 10) };
const rounds = countOf('rounds', 1);
const say = (text) => process.stderr.write(`${text}\n`);

const folder = mkdtempSync(join(tmpdir(), 'anklang-bench-'));
try {
  const machine = { cpu: cpus()[0]?.model ?? '', threads: availableParallelism(), load: loadavg() };
  say(`writing a book of ${size.customers} customers and ${size.contacts} contacts`);
  const written = await writeBook(folder, size, say);
  say('measuring the caller’s context');
  const context = await benchCallerContext(folder, size, 3000);
  const desk = await benchDesk({ folder, rounds, say });
  const result = {
    at: new Date().toISOString(),
    machine: { ...machine, loadAfter: loadavg() },
    book: { ...size, ...written },
    callerContext: context,
    ...desk,
    units: 'milliseconds; percentiles by nearest rank',
  };
  process.stdout.write(tableOf(result));
  if (values.json) writeFileSync(values.json, `${JSON.stringify(result, null, 2)}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function countOf(name, least) {
  const count = Number(values[name]);
  if (Number.isInteger(count) && count >= least) return count;
  process.stderr.write(`--${name} needs a whole number of at least ${least}\n`);
  process.exit(2);
}

function tableOf({ callerContext, clickToInvite, inviteToCard, openedToRegistered, machine }) {
  const rows = [
    ['caller’s context in core', callerContext.context, 'p50 ≤ 1, p99 ≤ 5'],
    ['  bare prepared reads of the same rows', callerContext.bareReads, ''],
    ['click → INVITE handed to the WebSocket', clickToInvite.desk, 'p95 < 25'],
    ['  bare sip.js, as it comes', clickToInvite.bareSipJs, ''],
    ['INVITE received → card with story painted', inviteToCard, 'p50 ≤ 46, p95 ≤ 60'],
    ['page opened → usable and registered', openedToRegistered.desk, '< 1000'],
    ['  bare sip.js page', openedToRegistered.bareSipJs, ''],
  ];
  const number = (value) => value.toFixed(value < 10 ? 2 : 1).padStart(9);
  const line = ([name, { n, p50, p95, p99 }, budget]) =>
    `${name.padEnd(44)}${String(n).padStart(6)}${[p50, p95, p99].map(number).join('')}  ${budget}`;
  const head = `${'milliseconds'.padEnd(44)}${'n'.padStart(6)}      p50      p95      p99  budget`;
  const load = machine.load[0] ?? 0;
  const noise =
    load > machine.threads / 2
      ? `\nThe machine was busy (load ${load.toFixed(1)} on ${machine.threads} threads): trust the ratios, not the times.`
      : '';
  return [
    head,
    ...rows.map(line),
    `context : bare reads = ${callerContext.ratio} (budget ≤ 3)${noise}`,
    '',
  ].join('\n');
}
