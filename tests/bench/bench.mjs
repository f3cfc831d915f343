// `npm run bench`: what an agent waits for, beside plain tools in the same run.
//   --only A,B      some sections: see SECTIONS below for their names
//   --json FILE     also writes everything as JSON
//   --customers N   size of the large book (100,000)
//   --contacts N    (1,000,000)
//   --growth N,N    customers of smaller books beside the large one (10,000)
//   --book DIR      a book that `npm run book` wrote with its own seed, in place of a new one
//   --rounds N      calls measured of each kind (30)
//   --rows N        rows of the file that is imported (50,000)
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { callerContext } from './caller-context.ts';
import { duplicates } from './duplicates.ts';
import { growth } from './growth.ts';
import { importing } from './import.ts';
import { incomingCard } from './incoming-card.ts';
import { pageOpening } from './page-opening.ts';
import { recovery } from './recovery.ts';
import { search } from './search.ts';
import { tableOf } from './table.ts';
import { telephone } from './telephone.ts';
import { bookIn, writeBook } from './the-book.ts';

/** Each measures alone or with the others; a new one is a line here and a file of its own. */
const SECTIONS = [
  callerContext, // context
  search, // search
  growth, // growth
  duplicates, // duplicates
  telephone, // telephone
  recovery, // recovery
  incomingCard, // card
  pageOpening, // opening
  importing, // import
];

/** Fewer hold none of what is dear. */
const LEAST_CUSTOMERS = 5000;

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    json: { type: 'string' },
    customers: { type: 'string', default: '100000' },
    contacts: { type: 'string', default: '1000000' },
    growth: { type: 'string', default: '10000' },
    book: { type: 'string' },
    rounds: { type: 'string', default: '30' },
    rows: { type: 'string', default: '50000' },
  },
});
const size = {
  customers: countOf('customers', LEAST_CUSTOMERS),
  contacts: countOf('contacts', 10),
};
const rounds = countOf('rounds', 1);
const importRows = countOf('rows', 1);
const chosen = chosenSections();
const say = (text) => process.stderr.write(`${text}\n`);

const folder = mkdtempSync(join(tmpdir(), 'anklang-bench-'));
try {
  const machine = { cpu: cpus()[0]?.model ?? '', threads: availableParallelism(), load: loadavg() };
  let book = null;
  const bench = {
    ...{ rounds, importRows, say, growth: sizesOf(values.growth) },
    book: async () => (book ??= await theBook()),
    bookOf: async (ofSize) => (await newBook(ofSize)).place,
  };
  const figures = {};
  for (const section of chosen) figures[section.name] = await section.measure(bench);
  const shown = chosen.map(({ name, title, rows }) => ({ title, rows: rows(figures[name]) }));
  process.stdout.write(`${tableOf(shown)}${noiseOf(machine)}`);
  if (values.json) {
    const result = {
      at: new Date().toISOString(),
      machine: { ...machine, loadAfter: loadavg() },
      book: book?.about ?? null,
      units: 'milliseconds; percentiles by nearest rank',
      figures,
    };
    writeFileSync(values.json, `${JSON.stringify(result, null, 2)}\n`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function theBook() {
  if (values.book !== undefined) {
    const { size: found, megabytes } = await bookIn(values.book);
    return { folder: values.book, size: found, about: { ...found, megabytes } };
  }
  const { place, written } = await newBook(size);
  return { folder: place, size, about: { ...size, ...written } };
}

async function newBook(ofSize) {
  say(`writing a book of ${ofSize.customers} customers and ${ofSize.contacts} contacts`);
  const place = join(folder, `book-of-${ofSize.customers}`);
  return { place, written: await writeBook(place, ofSize, say) };
}

function chosenSections() {
  if (values.only === undefined) return SECTIONS;
  const names = values.only.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !SECTIONS.some((section) => section.name === name));
  if (unknown === undefined) return SECTIONS.filter(({ name }) => names.includes(name));
  const all = SECTIONS.map(({ name }) => name).join(', ');
  process.stderr.write(`there is no section "${unknown}"; sections: ${all}\n`);
  return process.exit(2);
}

function countOf(name, least) {
  const count = Number(values[name]);
  if (Number.isInteger(count) && count >= least) return count;
  process.stderr.write(`--${name} needs a whole number of at least ${least}\n`);
  return process.exit(2);
}

function sizesOf(text) {
  const sizes = text.split(',').map(Number);
  if (sizes.every((size) => Number.isInteger(size) && size >= LEAST_CUSTOMERS)) return sizes;
  process.stderr.write(
    `--growth needs whole numbers of at least ${LEAST_CUSTOMERS}, with commas between them\n`,
  );
  return process.exit(2);
}

function noiseOf({ load: [load = 0], threads }) {
  if (load <= threads / 2) return '';
  return `\nThe machine was busy (load ${load.toFixed(1)} on ${threads} threads): trust the ratios, not the times.\n`;
}
