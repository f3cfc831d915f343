// kill -9 while a person is erased, while older copies are rewritten, and while a copy comes back.
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { faultOfFile } from '../../../main/core/database/backups.ts';
import { MIGRATIONS } from '../../../main/core/database/migrate.ts';
import { randomFrom } from '../../../main/core/sample/random.ts';
import { anInboundCall, completed } from '../support/call-events.ts';
import { filesWith } from '../support/plain-data.ts';
import { databaseKeyIn, rawDatabaseIn } from '../support/table-digest.ts';
import { aFolder, type DeskClient } from '../support/test-core.ts';
import { coreProcessOn } from './core-process.ts';
import { bookFaults } from './whole-book.ts';

/** Of each kind; the soak does more. */
const MOMENTS = Math.max(3, Math.round(Number(process.env['KILL_MOMENTS'] ?? 0) / 20));
const SEED = Number(process.env['KILL_SEED'] ?? Date.now() % 1_000_000);
const CALLS = 12;
const TIMEOUT = 60_000 + MOMENTS * 30_000;

function soundBook(folder: string): string[] {
  const raw = rawDatabaseIn(folder);
  try {
    raw.pragma('busy_timeout = 10000');
    return bookFaults(raw, folder, false);
  } finally {
    raw.close();
  }
}

/** Whether core has answered before its end. */
function acknowledgement(call: Promise<unknown>): Promise<boolean> {
  return call.then(
    () => true,
    () => false,
  );
}

function copiesIn(folder: string): string[] {
  return readdirSync(join(folder, 'backups')).filter((name) => name.startsWith('desk-'));
}

async function backedUp(client: DeskClient): Promise<void> {
  const newest = async () => (await client.data.work({})).backups[0]?.at ?? 0;
  const before = await newest();
  await client.data.backUpNow({});
  await expect.poll(newest, { timeout: 20_000 }).toBeGreaterThan(before);
  await idle(client);
}

async function idle(client: DeskClient): Promise<void> {
  const state = async () => {
    const { running, copiesToRewrite } = await client.data.work({});
    return { running, copiesToRewrite };
  };
  await expect
    .poll(state, { timeout: 20_000, interval: 20 })
    .toEqual({ running: null, copiesToRewrite: 0 });
}

test(
  'killed while a person is erased: gone for good, or wholly there; copies are never lost',
  async () => {
    console.log(`seed ${SEED} (KILL_SEED)`);
    const random = randomFrom(SEED);
    const folder = aFolder();
    const outcomes = { erased: 0, notBegun: 0, acknowledged: 0 };
    let core = coreProcessOn(folder);
    try {
      for (let moment = 1; moment <= MOMENTS; moment += 1) {
        const where = `moment ${moment} of seed ${SEED}`;
        const { client } = await core.open();
        const { name, customerId, texts } = await aPerson(client, moment);
        await backedUp(client);
        const copies = copiesIn(folder);
        const erasing = acknowledgement(client.rights.erase({ customerId }));
        // In the middle of it as often as in the rewriting of the copies, or after that.
        await wait(random.next() * (random.chance(0.5) ? 15 : 700));
        await core.kill();
        const acknowledged = await erasing;
        core = coreProcessOn(folder);
        const again = (await core.open()).client;
        const contacts = await again.customers.timeline({ customerId }).then(
          ({ entries }) => entries.length,
          () => null,
        );
        if (acknowledged) expect(contacts, where).toBeNull();
        if (contacts !== null) expect(contacts, where).toBe(CALLS);
        await idle(again);
        if (contacts === null)
          await expect.poll(() => filesWith(folder, texts), { timeout: 20_000 }).toEqual([]);
        else expect(filesWith(folder, [name]).length, where).toBeGreaterThan(1);
        expect(copiesIn(folder), where).toEqual(copies);
        for (const copy of copies) {
          const file = join(folder, 'backups', copy);
          expect(faultOfFile(file, databaseKeyIn(folder), MIGRATIONS.length), where).toBeNull();
        }
        expect(soundBook(folder), where).toEqual([]);
        outcomes.acknowledged += Number(acknowledged);
        outcomes[contacts === null ? 'erased' : 'notBegun'] += 1;
      }
      console.log(JSON.stringify(outcomes));
    } finally {
      await core.kill();
      rmSync(folder, { recursive: true, force: true });
    }
  },
  TIMEOUT,
);

async function aPerson(client: DeskClient, moment: number) {
  const name = `Quxi${moment}barth Tausendschoen${moment}`;
  const note = `Wolkengeige${moment}`;
  const number = `+49231${5_550_000 + moment}`;
  const { id: customerId } = await client.customers.create({
    ...{ name, numbers: [number], emails: [`quxi${moment}@tausend.test`], tags: [note] },
  });
  for (let call = 0; call < CALLS; call += 1) {
    const log = anInboundCall(Date.now() - 60_000, { number, origin: 'real' })
      .next(1_000, { type: 'answered' })
      .next(9_000, completed);
    await client.calls.append({ events: log.events });
    const [open] = await client.wrapUps.open({});
    await client.wrapUps.save({
      wrapUpId: open?.wrapUpId ?? '',
      result: { customerId, outcome: 'reached', note: `${note} ${call}` },
    });
  }
  const texts = [name, `Quxi${moment}barth`, note, note.toLowerCase(), number, `quxi${moment}@`];
  return { name, customerId, texts };
}

test(
  'killed while a copy comes back: the old book or the new one, never none',
  async () => {
    const random = randomFrom(SEED + 1);
    const outcomes = { restored: 0, asBefore: 0, acknowledged: 0 };
    for (let moment = 1; moment <= MOMENTS; moment += 1) {
      const where = `moment ${moment} of seed ${SEED}`;
      const folder = aFolder();
      let core = coreProcessOn(folder);
      try {
        const { client } = await core.open();
        await client.customers.create({ name: 'Anna vorher' });
        await backedUp(client);
        await client.customers.create({ name: 'Bernd nachher' });
        const [copy] = (await client.data.work({})).backups;
        const restoring = acknowledgement(client.data.restore({ file: copy?.file ?? '' }));
        if (random.chance(0.7)) await Promise.race([restoring, wait(5_000)]);
        await wait(random.next() * 250);
        await core.kill();
        const acknowledged = await restoring;
        // The start that carries the order out is killed as well.
        core = coreProcessOn(folder);
        await wait(300 + random.next() * 900);
        await core.kill();
        core = coreProcessOn(folder);
        const { client: again } = await core.open();
        const names = (await again.customers.list({ query: '' })).rows
          .map((row) => row.name)
          .sort();
        const restored = names.length === 1;
        if (acknowledged) expect(restored, where).toBe(true);
        expect(names, where).toEqual(restored ? ['Anna vorher'] : ['Anna vorher', 'Bernd nachher']);
        // What was in the book before lies where nothing deletes it.
        expect((await again.data.work({})).quarantined, where).toBe(restored ? 1 : 0);
        expect(copiesIn(folder), where).toEqual([copy?.file]);
        expect(soundBook(folder), where).toEqual([]);
        outcomes.acknowledged += Number(acknowledged);
        outcomes[restored ? 'restored' : 'asBefore'] += 1;
      } finally {
        await core.kill();
        rmSync(folder, { recursive: true, force: true });
      }
    }
    console.log(JSON.stringify(outcomes));
  },
  TIMEOUT,
);
