// `npm run soak`: the same thing very often, until what does not show in a test shows.
//   --only=calls,messages,kills   some parts only; each part's own options stand in its file
import { parseArgs } from 'node:util';
import { calls } from './calls.mjs';
import { kills } from './kills.mjs';
import { messages } from './messages.mjs';

/**
 * @typedef {object} Part
 * @property {string} name
 * @property {Record<string, {type: 'string', default: string}>} options  for the command line
 * @property {(given: {values: Record<string, string>, signal: AbortSignal, say: (text: string) => void}) => Promise<string[]>} run
 *   answers what went wrong, in words; rejects when `signal` is aborted
 */

/** @type {Part[]} */
const PARTS = [messages, calls, kills];

const values = valuesGiven();
const wanted = values.only === undefined ? PARTS : values.only.split(',').map(partNamed);
const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => stopping.abort());

const troubles = [];
for (const part of wanted) {
  const say = (text) => process.stdout.write(`${part.name}: ${text}\n`);
  try {
    const wrong = await part.run({ values, signal: stopping.signal, say });
    troubles.push(...wrong.map((trouble) => `${part.name}: ${trouble}`));
  } catch (error) {
    if (stopping.signal.aborted) break;
    troubles.push(
      `${part.name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
  }
}
for (const trouble of troubles) process.stdout.write(`${trouble}\n`);
const outcome = stopping.signal.aborted ? 'stopped' : troubles.length > 0 ? 'failed' : 'passed';
process.stdout.write(`soak ${outcome}: ${namesOf(wanted)}\n`);
process.exitCode = { stopped: 130, failed: 1, passed: 0 }[outcome];

function valuesGiven() {
  try {
    const own = Object.assign({}, ...PARTS.map(({ options }) => options));
    return parseArgs({ options: { only: { type: 'string' }, ...own } }).values;
  } catch (error) {
    return refuse(error.message);
  }
}

function partNamed(name) {
  const part = PARTS.find((known) => known.name === name);
  return part ?? refuse(`Unknown: ${name}. Use --only= with some of: ${namesOf(PARTS)}`);
}

function namesOf(parts) {
  return parts.map(({ name }) => name).join(', ');
}

function refuse(why) {
  process.stderr.write(`${why}\n`);
  process.exit(2);
}
