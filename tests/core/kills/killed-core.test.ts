// kill -9 of the real core at random moments during imports, merges, calls and wrap-ups: what was
// acknowledged is there, and nothing is half. `npm run soak` does so at two hundred moments.
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { type Random, randomFrom } from '../../../main/core/sample/random.ts';
import { aFolder, type DeskClient } from '../support/test-core.ts';
import { rawDatabaseIn } from '../support/table-digest.ts';
import { type CoreProcess, coreProcessOn } from './core-process.ts';
import type { Driver } from './driver.ts';
import { importDriver } from './import-driver.ts';
import { mergeDriver } from './merge-driver.ts';
import { bookFaults, waitingForSearch } from './whole-book.ts';
import { wrapUpDriver } from './wrap-up-driver.ts';
import { rmSync } from 'node:fs';

const MOMENTS = Number(process.env['KILL_MOMENTS'] ?? 20);
const SEED = Number(process.env['KILL_SEED'] ?? Date.now() % 1_000_000);
/** So many moments share a data folder; the next begin a new one. */
const TOGETHER = 20;
/** The kill comes after so many answers of core at most, however fast the machine is, and a moment. */
const MOST_ANSWERS = 100;
const MOST_MORE_MS = 20;
/** Of starting, where the kill comes before core is ready: about half of a start. */
const MOST_START_MS = 700;
const KILLED_WHILE_STARTING = 0.15;
/** The index is folded anew after every so many kills: of thousands of customers that takes a while. */
const THOROUGH_EVERY = 10;

interface Figures {
  kills: number;
  whileStarting: number;
  acknowledged: Record<string, number>;
}

test(
  `core killed at ${MOMENTS} random moments keeps what it acknowledged, and does nothing by halves`,
  async () => {
    console.log(`seed ${SEED} (KILL_SEED)`);
    const random = randomFrom(SEED);
    const figures: Figures = { kills: 0, whileStarting: 0, acknowledged: {} };
    while (figures.kills < MOMENTS) {
      await killInOneFolder(random, Math.min(TOGETHER, MOMENTS - figures.kills), figures);
      console.log(JSON.stringify(figures));
    }
    for (const name of ['imports', 'merges', 'wrap-ups'])
      expect(figures.acknowledged[name]).toBeGreaterThan(0);
  },
  60_000 + MOMENTS * 15_000,
);

async function killInOneFolder(random: Random, moments: number, figures: Figures): Promise<void> {
  const folder = aFolder();
  const drivers = [importDriver(random), mergeDriver(random), wrapUpDriver(random)];
  let core: CoreProcess | null = null;
  try {
    core = coreProcessOn(folder);
    for (let moment = 1; moment <= moments; moment += 1) {
      const { client } = await core.open();
      const answers = answersOf(client, random.between(0, MOST_ANSWERS));
      const works = drivers.map((driver) => driver.work(answers.client));
      // What breaks is the link, and what breaks before it is a fault of the desk.
      const failed = Promise.race(works).catch((error: unknown) => error);
      const early = await Promise.race([answers.heard, failed]);
      expect(early, `moment ${moment} of seed ${SEED}`).toBeUndefined();
      await wait(random.next() * MOST_MORE_MS);
      await core.kill();
      await Promise.allSettled(works);
      figures.kills += 1;
      if (random.chance(KILLED_WHILE_STARTING)) {
        core = coreProcessOn(folder);
        await wait(random.next() * MOST_START_MS);
        await core.kill();
        figures.whileStarting += 1;
      }
      core = coreProcessOn(folder);
      const thorough = moment % THOROUGH_EVERY === 0;
      expect(
        await faultsAfter(core, folder, drivers, thorough),
        `moment ${moment} of seed ${SEED}`,
      ).toEqual([]);
    }
    const { client } = await core.open();
    for (const driver of drivers) await driver.finish?.(client);
    expect(await faultsIn(folder, client, drivers, true), `the end of seed ${SEED}`).toEqual([]);
    for (const driver of drivers) {
      const before = figures.acknowledged[driver.name] ?? 0;
      figures.acknowledged[driver.name] = before + driver.acknowledged();
    }
  } finally {
    await core?.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The client, and what settles after so many of its calls were answered. */
function answersOf(
  client: DeskClient,
  count: number,
): { client: DeskClient; heard: Promise<void> } {
  let left = count;
  let enough = () => undefined as void;
  const heard = new Promise<void>((resolve) => {
    enough = resolve;
    if (count === 0) resolve();
  });
  const counted = <Called extends object>(called: Called): Called =>
    new Proxy(called, {
      get: (target, name) => counted(Reflect.get(target, name) as object),
      apply(target, self, given) {
        const answer = Reflect.apply(target as never, self, given) as Promise<unknown>;
        return answer.then((value) => {
          left -= 1;
          if (left === 0) enough();
          return value;
        });
      },
    });
  return { client: counted(client), heard };
}

async function faultsAfter(
  core: CoreProcess,
  folder: string,
  drivers: readonly Driver[],
  thorough: boolean,
): Promise<string[]> {
  const { client, recovery } = await core.open();
  const faults = await faultsIn(folder, client, drivers, thorough);
  return recovery ? [`a copy was brought back: ${recovery.kind}`, ...faults] : faults;
}

async function faultsIn(
  folder: string,
  client: DeskClient,
  drivers: readonly Driver[],
  thorough: boolean,
): Promise<string[]> {
  const raw = rawDatabaseIn(folder);
  try {
    raw.pragma('busy_timeout = 10000');
    for (let left = 500; waitingForSearch(raw) > 0 && left > 0; left -= 1) await wait(20);
    const { differing } = await client.kpi.rebuild({});
    const figures = differing === 0 ? [] : [`${differing} figures differ`];
    return [
      ...figures,
      ...bookFaults(raw, folder, thorough),
      ...drivers.flatMap((d) => d.faults(raw)),
    ];
  } finally {
    raw.close();
  }
}
