import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createHeadset } from '../../../renderer/phone/headset/create-headset.ts';
import type { HeadsetKey } from '../../../renderer/phone/headset/create-headset.ts';
import { keysIn, lightReports } from '../../../renderer/phone/headset/headset-reports.ts';
import { ARRAY, BUTTONS, fakeHeadset, fakeHid, SWITCHES } from './fake-hid.ts';
import type { FakeHeadset } from './fake-hid.ts';

const IDLE = { ringing: false, inCall: false, muted: false, held: false };
const TALKING = { ...IDLE, inCall: true };
const HOOK = 0b001;
const FLASH = 0b010;
const MUTE = 0b100;

const settled = async () => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
};

/** A headset in use, and time that passes only when told. */
async function worn(device: FakeHeadset) {
  let now = 100_000;
  let timers: { at: number; callback: () => void }[] = [];
  const hid = fakeHid(device);
  const headset = createHeadset(hid, {
    now: () => now,
    random: () => 0,
    after(ms, callback) {
      const timer = { at: now + ms, callback };
      timers.push(timer);
      return () => {
        timers = timers.filter((each) => each !== timer);
      };
    },
  });
  const keys: HeadsetKey[] = [];
  headset.onKey((key) => keys.push(key));
  headset.use(true);
  await settled();
  return {
    hid,
    headset,
    keys,
    async pass(ms: number) {
      now += ms;
      const due = timers.filter(({ at }) => at <= now);
      timers = timers.filter(({ at }) => at > now);
      for (const { callback } of due) callback();
      await settled();
    },
  };
}

describe('a headset whose hook is a switch', () => {
  test('answers, mutes, unmutes, hangs up', async () => {
    const device = fakeHeadset(SWITCHES);
    const { headset, keys, pass } = await worn(device);
    expect(headset.connected()).toEqual(['Ear']);
    headset.show({ ...IDLE, ringing: true });
    device.press(2, HOOK);
    expect(keys).toEqual(['answer']);
    headset.show(TALKING);
    await pass(2_000);
    device.press(2, HOOK | MUTE);
    device.press(2, HOOK);
    expect(keys).toEqual(['answer', 'mute']);
    headset.show({ ...TALKING, muted: true });
    await pass(2_000);
    device.press(2, HOOK | MUTE);
    device.press(2, HOOK);
    expect(keys).toEqual(['answer', 'mute', 'unmute']);
    headset.show(TALKING);
    await pass(2_000);
    device.press(2, 0);
    expect(keys).toEqual(['answer', 'mute', 'unmute', 'hangUp']);
  });

  test('a call that was taken on the screen can be ended by the headset', async () => {
    const device = fakeHeadset(SWITCHES);
    const { headset, keys, pass } = await worn(device);
    headset.show(TALKING);
    await pass(5_000);
    device.press(2, 0);
    expect(keys).toEqual(['hangUp']);
  });

  test('its echo of our own light is no key: neither at once nor late', async () => {
    const device = fakeHeadset(SWITCHES);
    device.echoes = true;
    const { headset, keys, pass } = await worn(device);
    for (const inCall of [true, false, true]) {
      headset.show({ ...IDLE, inCall });
      await settled();
    }
    // One call ends, the next one begins, and only then do the reports come in.
    device.echoes = false;
    await pass(10_000);
    headset.show(IDLE);
    headset.show(TALKING);
    await pass(800);
    device.press(2, 0);
    device.press(2, HOOK);
    expect(keys).toEqual([]);
    await pass(10_000);
    device.press(2, 0);
    expect(keys).toEqual(['hangUp']);
  });

  test('a headset that does not follow our light cannot end a call by its other keys', async () => {
    const device = fakeHeadset(SWITCHES);
    const { headset, keys, pass } = await worn(device);
    headset.show(TALKING);
    await pass(5_000);
    device.press(2, FLASH);
    device.press(2, 0);
    device.press(1, 1);
    device.press(1, 0);
    expect(keys).toEqual([]);
  });

  test('lifting it without a call: nothing happens, and it is told so', async () => {
    const device = fakeHeadset(SWITCHES);
    const { keys, pass } = await worn(device);
    const before = device.sent.length;
    device.press(2, HOOK);
    expect(keys).toEqual(['answer']);
    await pass(3_000);
    expect(device.sent.slice(before)).toEqual([[2, 0, 0]]);
    device.press(2, 0);
    expect(keys).toEqual(['answer']);
  });

  test('whatever it echoes and whenever, only an agent’s press makes a key', async () => {
    const steps = fc.array(
      fc.record({
        inCall: fc.boolean(),
        echoAfter: fc.integer({ min: 0, max: 3 }),
      }),
      { maxLength: 12 },
    );
    await fc.assert(
      fc.asyncProperty(steps, async (changes) => {
        const device = fakeHeadset(SWITCHES);
        const { headset, keys, pass } = await worn(device);
        const late: { inCall: boolean; step: number }[] = [];
        let shown = false;
        for (const [index, { inCall, echoAfter }] of changes.entries()) {
          if (inCall !== shown) late.push({ inCall, step: index + echoAfter });
          shown = inCall;
          headset.show({ ...IDLE, inCall });
          // In order, as a headset sends them, and within its time.
          while (late[0] && late[0].step <= index) device.press(2, late.shift()?.inCall ? HOOK : 0);
          await pass(300);
        }
        expect(keys).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});

describe('other headsets', () => {
  test('a hook that is a button: answers and hangs up by press, not by release', async () => {
    const device = fakeHeadset(BUTTONS);
    const { headset, keys } = await worn(device);
    headset.show({ ...IDLE, ringing: true });
    device.press(0, 1);
    headset.show(TALKING);
    device.press(0, 0);
    expect(keys).toEqual(['answer']);
    device.press(0, 1);
    device.press(0, 0);
    expect(keys).toEqual(['answer', 'hangUp']);
    expect(device.sent).toEqual([]);
  });

  test('a mute that is a switch says which way', async () => {
    const device = fakeHeadset(BUTTONS);
    const { headset, keys, pass } = await worn(device);
    headset.show(TALKING);
    device.press(0, 0b10);
    headset.show({ ...TALKING, muted: true });
    await pass(1_000);
    device.press(0, 0b10);
    device.press(0, 0);
    expect(keys).toEqual(['mute', 'unmute']);
  });

  test('keys in an array item', async () => {
    const device = fakeHeadset(ARRAY);
    const { headset, keys, pass } = await worn(device);
    headset.show({ ...IDLE, ringing: true });
    device.press(3, 1);
    device.press(3, 0);
    headset.show(TALKING);
    await pass(1_000);
    device.press(3, 2);
    device.press(3, 0);
    expect(keys).toEqual(['answer', 'mute']);
  });

  test('what is no headset is left alone', async () => {
    const keyboard = fakeHeadset([{ usagePage: 1 }]);
    const { headset } = await worn(keyboard);
    expect(headset.connected()).toEqual([]);
    expect(keyboard.opened).toBe(false);
  });

  test('a device that cannot be opened is no headset either', async () => {
    const taken = fakeHeadset(SWITCHES);
    taken.open = () => Promise.reject(new Error('in use'));
    const { headset, hid } = await worn(taken);
    hid.offers = [taken];
    expect(await headset.choose()).toBe(false);
    expect(headset.connected()).toEqual([]);
  });
});

describe('lights', () => {
  const sent = (device: FakeHeadset) => device.sent.at(-1);

  test('off-hook, ring, mute and hold where the descriptor has them', async () => {
    const device = fakeHeadset(SWITCHES);
    const { headset } = await worn(device);
    const lightsOf = async (shown: typeof IDLE) => {
      headset.show(shown);
      await settled();
      return sent(device);
    };
    expect(await lightsOf({ ...IDLE, ringing: true })).toEqual([2, 0b1000, 0]);
    expect(await lightsOf(TALKING)).toEqual([2, 0b0001, 0]);
    expect(await lightsOf({ ...TALKING, muted: true })).toEqual([2, 0b0101, 0]);
    expect(await lightsOf({ ...TALKING, held: true })).toEqual([2, 0b0001, 1]);
    const before = device.sent.length;
    await lightsOf({ ...TALKING, held: true });
    expect(device.sent).toHaveLength(before);
  });

  test('let go of: dark, closed, deaf; taken again: as the call stands', async () => {
    const device = fakeHeadset(SWITCHES);
    const { headset, keys } = await worn(device);
    headset.show(TALKING);
    headset.use(false);
    await settled();
    expect(sent(device)).toEqual([2, 0, 0]);
    expect(device.opened).toBe(false);
    device.press(2, 0);
    expect(keys).toEqual([]);
    headset.show(TALKING);
    headset.use(true);
    await settled();
    expect(sent(device)).toEqual([2, 1, 0]);
  });

  test('pulled out and plugged in again in a call', async () => {
    const device = fakeHeadset(SWITCHES);
    const { headset, hid, keys, pass } = await worn(device);
    headset.show(TALKING);
    await settled();
    hid.unplug(device);
    expect(headset.connected()).toEqual([]);
    device.opened = false;
    device.sent = [];
    hid.plug(device);
    await settled();
    expect(headset.connected()).toEqual(['Ear']);
    expect(device.sent).toEqual([[2, 1, 0]]);
    await pass(5_000);
    device.press(2, 0);
    expect(keys).toEqual(['hangUp']);
  });

  test('a report that fails stops nothing', async () => {
    const device = fakeHeadset(SWITCHES);
    const { headset } = await worn(device);
    const send = device.sendReport;
    device.sendReport = () => Promise.reject(new Error('gone'));
    headset.show(TALKING);
    await settled();
    device.sendReport = send;
    headset.show(IDLE);
    await settled();
    expect(sent(device)).toEqual([2, 0, 0]);
  });
});

test('without WebHID there is no headset, and nothing breaks', async () => {
  const headset = createHeadset(undefined);
  expect(headset.available()).toBe(false);
  headset.use(true);
  headset.show(TALKING);
  expect(await headset.choose()).toBe(false);
  headset.close();
});

test('no descriptor and no report, however odd, makes the reader throw', () => {
  const item = fc.record(
    {
      isAbsolute: fc.boolean(),
      isArray: fc.boolean(),
      isRange: fc.boolean(),
      isConstant: fc.boolean(),
      usages: fc.array(fc.integer({ min: 0, max: 0xffff_ffff }), { maxLength: 4 }),
      usageMinimum: fc.integer({ min: 0, max: 0xffff_ffff }),
      usageMaximum: fc.integer({ min: 0, max: 0xffff_ffff }),
      reportSize: fc.integer({ min: 0, max: 40 }),
      reportCount: fc.integer({ min: 0, max: 300 }),
      logicalMinimum: fc.integer({ min: -5, max: 5 }),
    },
    { requiredKeys: [] },
  );
  const report = fc.record({ reportId: fc.constant(1), items: fc.array(item, { maxLength: 5 }) });
  const lights = { offHook: true, ring: true, mute: true, hold: true };
  fc.assert(
    fc.property(
      fc.array(report, { maxLength: 3 }),
      fc.uint8Array({ maxLength: 8 }),
      (list, data) => {
        const collections = [{ usagePage: 0x0b, inputReports: list, outputReports: list }];
        keysIn(collections, 1, new DataView(data.buffer, data.byteOffset, data.byteLength));
        for (const { data: bytes } of lightReports(collections, lights)) {
          expect(bytes).toBeInstanceOf(Uint8Array);
        }
      },
    ),
  );
});
