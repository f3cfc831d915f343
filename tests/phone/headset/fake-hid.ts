// Headsets that exist only here: real report descriptors in WebHID's form, keys to press, lights to see.
import type {
  HidCollection,
  HidDevice,
  HidInput,
  HidLike,
} from '../../../renderer/phone/headset/hid.ts';

const HOOK = 0x0b_0020;
const MUTE = 0x0b_002f;
const ONE_BIT = { reportSize: 1, reportCount: 1 };

/** Hook as a switch, mute as a relative button, beside a key that means nothing here; lights scattered. */
export const SWITCHES: HidCollection[] = [
  {
    usagePage: 0x0c,
    inputReports: [{ reportId: 1, items: [{ ...ONE_BIT, usages: [0x0c_00e9], isAbsolute: true }] }],
    outputReports: [],
  },
  {
    usagePage: 0x0b,
    inputReports: [
      {
        reportId: 2,
        items: [
          { ...ONE_BIT, usages: [HOOK], isAbsolute: true },
          { ...ONE_BIT, usages: [0x0b_0021], isAbsolute: true },
          { ...ONE_BIT, usages: [MUTE], isAbsolute: false },
          { reportSize: 5, reportCount: 1, isConstant: true },
        ],
      },
    ],
    outputReports: [
      {
        reportId: 2,
        items: [
          { reportSize: 1, reportCount: 3, usages: [0x08_0017, 0x08_001e, 0x08_0009] },
          {
            reportSize: 1,
            reportCount: 2,
            isRange: true,
            usageMinimum: 0x08_0018,
            usageMaximum: 0x08_0019,
          },
          { reportSize: 3, reportCount: 1, isConstant: true },
          { ...ONE_BIT, usages: [0x08_0020] },
        ],
      },
    ],
  },
];

/** No report ids, hook as a relative button, mute as a switch, no lights at all. */
export const BUTTONS: HidCollection[] = [
  {
    usagePage: 0x0b,
    inputReports: [
      {
        reportId: 0,
        items: [
          { ...ONE_BIT, usages: [HOOK], isAbsolute: false },
          { ...ONE_BIT, usages: [MUTE], isAbsolute: true, hasPreferredState: false },
          { reportSize: 6, reportCount: 1, isConstant: true },
        ],
      },
    ],
  },
];

/** Which key is down as a number (an array item), as some handsets have it. */
export const ARRAY: HidCollection[] = [
  {
    usagePage: 0x0b,
    inputReports: [
      {
        reportId: 3,
        items: [
          {
            reportSize: 8,
            reportCount: 1,
            isArray: true,
            usages: [0, HOOK, MUTE],
            logicalMinimum: 0,
          },
        ],
      },
    ],
  },
];

export interface FakeHeadset extends HidDevice {
  opened: boolean;
  /** Lights that were sent, newest last, as [report, …bytes]. */
  sent: number[][];
  /** It follows the off-hook light and says so, as most do. */
  echoes: boolean;
  press(reportId: number, ...bytes: number[]): void;
}

export function fakeHeadset(
  collections: readonly HidCollection[],
  productName = 'Ear',
): FakeHeadset {
  const listeners = new Set<(input: HidInput) => void>();
  const headset: FakeHeadset = {
    opened: false,
    productName,
    collections,
    sent: [],
    echoes: false,
    async open() {
      headset.opened = true;
    },
    async close() {
      headset.opened = false;
    },
    async sendReport(reportId, data) {
      headset.sent.push([reportId, ...data]);
      if (headset.echoes) headset.press(2, (data[0] ?? 0) & 1);
    },
    addEventListener: (_type, listener) => void listeners.add(listener),
    removeEventListener: (_type, listener) => void listeners.delete(listener),
    press(reportId, ...bytes) {
      const data = new DataView(Uint8Array.from(bytes).buffer);
      for (const listener of [...listeners]) listener({ reportId, data });
    },
  };
  return headset;
}

export interface FakeHid extends HidLike {
  plug(device: HidDevice): void;
  unplug(device: HidDevice): void;
  /** What the agent picks when asked. */
  offers: HidDevice[];
}

export function fakeHid(...allowed: HidDevice[]): FakeHid {
  const listeners = { connect: new Set<Listener>(), disconnect: new Set<Listener>() };
  return {
    offers: [],
    getDevices: async () => allowed,
    requestDevice() {
      return Promise.resolve(this.offers);
    },
    addEventListener: (type, listener) => void listeners[type].add(listener),
    removeEventListener: (type, listener) => void listeners[type].delete(listener),
    plug(device) {
      for (const listener of listeners.connect) listener({ device });
    },
    unplug(device) {
      for (const listener of listeners.disconnect) listener({ device });
    },
  };
}

type Listener = (event: { device: HidDevice }) => void;
