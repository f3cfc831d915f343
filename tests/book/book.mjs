// `npm run book -- --customers N --contacts M --data DIR`: a data folder with a large made-up book,
// which `npm start -- --data DIR` opens.
//   --seed S        another book (20261123); the same seed and day make the same book
//   --until DATE    the day on which the book ends (today, UTC)
import { parseArgs } from 'node:util';
import { FolderInUse, writeBookFolder } from './write-book.ts';

const { values } = parseArgs({
  options: {
    customers: { type: 'string', default: '10000' },
    contacts: { type: 'string', default: '70000' },
    data: { type: 'string' },
    seed: { type: 'string', default: '20261123' },
    until: { type: 'string', default: new Date().toISOString().slice(0, 10) },
  },
});
const say = (text) => process.stderr.write(`${text}\n`);
if (values.data === undefined) give('--data needs the folder to write into');
const until = Date.parse(`${values.until}T00:00:00Z`);
if (Number.isNaN(until)) give('--until needs a day, for example 2026-11-24');

let cancelled = false;
// The second Ctrl-C ends at once, and leaves a part.
process.once('SIGINT', () => {
  cancelled = true;
  say('stopping after the batch at hand …');
});
let shown = '';
try {
  const book = await writeBookFolder({
    folder: values.data,
    customers: countOf('customers', 1),
    contacts: countOf('contacts', 0),
    seed: countOf('seed', 0),
    until,
    cancelled: () => cancelled,
    onProgress(part, done, total) {
      const text = `${part}: ${Math.floor((done / Math.max(1, total)) * 100)} %`;
      if (text !== shown) say(text);
      shown = text;
    },
  });
  if (book === null) {
    say(`cancelled; ${values.data} is empty again`);
    process.exitCode = 130;
  } else {
    const memory = Math.round(process.resourceUsage().maxRSS / 1024);
    say(`written in ${book.seconds} s: ${book.megabytes} MB, at most ${memory} MB of memory`);
    say(`open it with: npm start -- --data ${values.data}`);
  }
} catch (error) {
  if (!(error instanceof FolderInUse)) throw error;
  give(`${values.data} is not empty; name a folder of its own for the book`);
}

function countOf(name, least) {
  const count = Number(values[name]);
  if (Number.isSafeInteger(count) && count >= least && count <= 8_000_000_000) return count;
  return give(`--${name} needs a whole number of at least ${least}`);
}

function give(text) {
  say(text);
  process.exit(2);
}
