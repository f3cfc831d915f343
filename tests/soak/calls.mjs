// A thousand calls in one page of the real desk; `npm test` makes fifty.
import { heapPerCall, leftBehind, soakCalls } from './calls.ts';
import { wholeNumber } from './whole-number.mjs';

/** By then the last answers of core's, the callers' cards and the log of SIP messages are all full. */
const WARM_UP = 100;
/** Bytes of JavaScript that a call may leave: half a megabyte after a thousand. */
const HEAP_PER_CALL = 512;

/** @type {import('./soak.mjs').Part} */
export const calls = {
  name: 'calls',
  options: {
    calls: { type: 'string', default: '1000' },
    // `left`: no result is noted, and the open wrap-ups pile up.
    'wrap-ups': { type: 'string', default: 'saved' },
  },
  run: async ({ values, signal, say }) => {
    const wanted = wholeNumber(values, 'calls', 20);
    const wrapUps = values['wrap-ups'];
    if (wrapUps !== 'saved' && wrapUps !== 'left') {
      process.stderr.write('--wrap-ups is saved or left\n');
      process.exit(2);
    }
    say(`${WARM_UP} calls to warm up, then ${wanted}; every line is counted after a collection`);
    const counts = await soakCalls({
      ...{ calls: wanted, warmUp: WARM_UP, every: Math.max(10, Math.round(wanted / 40)) },
      ...{ wrapUps, signal, onCount: (count) => say(lineOf(count)) },
    });
    say(`${Math.round(heapPerCall(counts))} bytes of heap more with each call`);
    return leftBehind(counts, HEAP_PER_CALL);
  },
};

function lineOf({ calls: made, things: { heap, ...others } }) {
  const megabytes = (heap / 1e6).toFixed(2).padStart(6);
  const named = Object.entries(others).map(([name, count]) => `${name} ${count}`);
  return `${String(made).padStart(6)} calls  heap ${megabytes} MB  ${named.join('  ')}`;
}
