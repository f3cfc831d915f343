// Merges pairs of customers and undoes it, without end; what was acknowledged is kept here.
import type Sqlite from 'better-sqlite3';
import type { Random } from '../../../main/core/sample/random.ts';
import type { Customer } from '../../../preload/contract/customers.ts';
import { anInboundCall, completed } from '../support/call-events.ts';
import type { DeskClient } from '../support/test-core.ts';
import type { Driver } from './driver.ts';

interface Pair {
  one: Customer;
  other: Customer;
  calls: { asked: number; acknowledged: number };
  merge: 'none' | 'asked' | 'acknowledged';
  undo: 'none' | 'asked' | 'acknowledged';
}

export function mergeDriver(random: Random): Driver {
  const pairs: Pair[] = [];
  let number = 0;

  const aPerson = (client: DeskClient) => {
    number += 1;
    return client.customers.create({
      ...{ name: `Paar ${number}`, emails: [`paar${number}@firma.example`], tags: [`p${number}`] },
      numbers: [`+49 40 ${2_000_000 + number}`],
    });
  };

  async function call(client: DeskClient, pair: Pair, from: Customer): Promise<void> {
    const log = anInboundCall(Date.now() - 60_000, {
      ...{ origin: 'real', number: from.numbers[0]?.e164 ?? null },
    })
      .next(3_000, { type: 'answered' })
      .next(20_000, completed);
    pair.calls.asked += 1;
    await client.calls.append({ events: log.events });
    pair.calls.acknowledged += 1;
  }

  return {
    name: 'merges',
    acknowledged: () =>
      pairs.reduce(
        (sum, { merge, undo }) =>
          sum + Number(merge === 'acknowledged') + Number(undo === 'acknowledged'),
        0,
      ),

    async work(client) {
      for (;;) {
        const [one, other] = [await aPerson(client), await aPerson(client)];
        const pair: Pair = {
          ...{ one, other, calls: { asked: 0, acknowledged: 0 }, merge: 'none', undo: 'none' },
        };
        pairs.push(pair);
        for (const from of [one, other, other]) await call(client, pair, from);
        const { id: survivorId, origin: _origin, numbers, ...record } = one;
        const numberIds = [...numbers, ...other.numbers].map(({ id }) => id);
        pair.merge = 'asked';
        const { mergeId } = await client.merges.merge({
          ...{ survivorId, loserId: other.id, record: { ...record, numberIds } },
        });
        pair.merge = 'acknowledged';
        if (random.chance(0.5)) continue;
        pair.undo = 'asked';
        await client.merges.undo({ mergeId });
        pair.undo = 'acknowledged';
      }
    },

    faults: (raw) => pairs.flatMap((pair) => faultsOf(raw, pair)),
  };
}

function faultsOf(raw: Sqlite.Database, pair: Pair): string[] {
  const { one, other, calls } = pair;
  const faults: string[] = [];
  const say = (what: string) => faults.push(`${one.name} and ${other.name}: ${what}`);
  const side = (id: string) => {
    const count = (sql: string) => Number(raw.prepare(sql).pluck().get(id));
    return {
      there: count('SELECT count(*) FROM customers WHERE id = ?'),
      numbers: count('SELECT count(*) FROM customer_numbers WHERE customer_id = ?'),
      contacts: count('SELECT count(*) FROM contacts WHERE customer_id = ?'),
      calls: count('SELECT count(*) FROM calls WHERE customer_id = ?'),
    };
  };
  const [left, right] = [side(one.id), side(other.id)];
  const merges = raw
    .prepare('SELECT undone_at, undo_json FROM customer_merges WHERE loser_id = ?')
    .all(other.id) as { undone_at: number | null; undo_json: string | null }[];
  const [merge] = merges;
  if (merges.length > 1) say(`${merges.length} merges`);
  if (pair.merge === 'acknowledged' && !merge) say('the merge is gone');
  if (pair.merge === 'none' && merge) say('a merge that nobody asked for');
  if (pair.undo === 'acknowledged' && merge?.undone_at === null) say('the undoing is gone');
  if (pair.undo === 'none' && merge && merge.undone_at !== null) say('undone by nobody');
  const merged = merge !== undefined && merge.undone_at === null;
  if (merged && merge.undo_json === null) say('merged without what undoing needs');
  const shape = merged
    ? left.there === 1 && right.there === 0 && left.numbers === 2 && right.contacts === 0
    : left.there === 1 && right.there === 1 && left.numbers === 1 && right.numbers === 1;
  const own = merged || (left.contacts <= 1 && right.contacts <= 2);
  if (!shape || !own) say(JSON.stringify({ merged, left, right }));
  const contacts = left.contacts + right.contacts;
  if (contacts < calls.acknowledged || contacts > calls.asked)
    say(`${contacts} contacts of ${calls.acknowledged} to ${calls.asked}`);
  if (left.calls !== left.contacts || right.calls !== right.contacts) say('calls of another one');
  return faults;
}
