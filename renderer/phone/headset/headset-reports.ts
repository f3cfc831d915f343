// Where a headset's keys and lights lie in its reports: usages of the telephony and LED pages of the
// USB HID Usage Tables, found through the device's own report descriptors.
import type { HidCollection, HidReport, HidReportItem } from './hid.ts';

export const TELEPHONY_PAGE = 0x0b;

/** Page in the upper 16 bits. */
export const KEYS = { hook: 0x000b_0020, mute: 0x000b_002f } as const;

const LIGHTS = {
  offHook: 0x0008_0017,
  ring: 0x0008_0018,
  mute: 0x0008_0009,
  hold: 0x0008_0020,
} as const;
/** Some headsets take this telephony usage in place of the ring light. */
const RINGER = 0x000b_009e;

export interface HeadsetLights {
  offHook: boolean;
  ring: boolean;
  mute: boolean;
  hold: boolean;
}

export interface PressedKeys {
  /** Usages that are on in this report. */
  on: ReadonlySet<number>;
  /** Usages that this report could tell of. */
  known: ReadonlySet<number>;
}

interface Field {
  offset: number;
  size: number;
  item: HidReportItem;
  /** Of a one-bit control; an array field has its usages in `item`. */
  usage: number | null;
}

const usageAt = (item: HidReportItem, index: number): number | null => {
  if (item.isRange === true) {
    const usage = (item.usageMinimum ?? 0) + index;
    return usage <= (item.usageMaximum ?? 0) ? usage : null;
  }
  // The last usage stands for all fields after it (HID 1.11, section 6.2.2.8).
  return item.usages?.[index] ?? item.usages?.at(-1) ?? null;
};

const usagesOf = (item: HidReportItem): number[] => {
  if (item.isRange !== true) return [...(item.usages ?? [])];
  const { usageMinimum: first = 0, usageMaximum: last = 0 } = item;
  const count = Math.min(256, Math.max(0, last - first + 1));
  return Array.from({ length: count }, (_, index) => first + index);
};

function fieldsOf(report: HidReport): { fields: Field[]; bits: number } {
  const fields: Field[] = [];
  let offset = 0;
  for (const item of report.items ?? []) {
    const { reportSize: size = 0, reportCount: count = 0 } = item;
    // A descriptor is the device's word: what no key or light can be is passed over.
    const isControl = item.isConstant !== true && size > 0 && size <= 32 && count <= 256;
    const controls = isControl ? count : 0;
    for (let index = 0; index < controls; index += 1) {
      const usage = item.isArray === true ? null : usageAt(item, index);
      fields.push({ offset: offset + index * size, size, item, usage });
    }
    offset += size * count;
  }
  return { fields, bits: offset };
}

/** Little-endian bits, as HID 1.11 section 5.8 lays them out; bits beyond the data are 0. */
function bitsAt(data: DataView, offset: number, size: number): number {
  let value = 0;
  for (let bit = 0; bit < size; bit += 1) {
    const at = offset + bit;
    if (at >> 3 >= data.byteLength) break;
    if ((data.getUint8(at >> 3) >> (at & 7)) & 1) value += 2 ** bit;
  }
  return value;
}

const reportsWith = (
  collections: readonly HidCollection[],
  kind: 'inputReports' | 'outputReports',
): HidReport[] => collections.flatMap((collection) => collection[kind] ?? []);

export function isHeadset(collections: readonly HidCollection[]): boolean {
  return collections.some(({ usagePage }) => usagePage === TELEPHONY_PAGE);
}

/** The keys that a report tells of; null for a report that the device never described. */
export function keysIn(
  collections: readonly HidCollection[],
  reportId: number,
  data: DataView,
): PressedKeys | null {
  const reports = reportsWith(collections, 'inputReports').filter(
    (report) => (report.reportId ?? 0) === reportId,
  );
  if (reports.length === 0) return null;
  const on = new Set<number>();
  const known = new Set<number>();
  for (const report of reports) {
    for (const { offset, size, item, usage } of fieldsOf(report).fields) {
      const value = bitsAt(data, offset, size);
      if (usage !== null) {
        known.add(usage);
        if (value !== 0) on.add(usage);
        continue;
      }
      const usages = usagesOf(item);
      for (const each of usages) known.add(each);
      const pressed = usages[value - (item.logicalMinimum ?? 0)];
      if (pressed !== undefined) on.add(pressed);
    }
  }
  return { on, known };
}

/** Whether a key tells its position by each report (a switch), or only that it was pressed (a button). */
export function keepsItsPosition(collections: readonly HidCollection[], usage: number): boolean {
  for (const report of reportsWith(collections, 'inputReports')) {
    const field = fieldsOf(report).fields.find((each) => each.usage === usage);
    if (!field) continue;
    const { isAbsolute = true, hasPreferredState = false } = field.item;
    // The hook is a switch on all headsets that call it absolute, whatever else they say of it.
    return isAbsolute && (usage === KEYS.hook || !hasPreferredState);
  }
  return false;
}

/** The reports to send for these lights; none for a device without any. */
export function lightReports(
  collections: readonly HidCollection[],
  lights: HeadsetLights,
): { reportId: number; data: Uint8Array<ArrayBuffer> }[] {
  const lit = new Map<number, boolean>([
    [LIGHTS.offHook, lights.offHook],
    [LIGHTS.ring, lights.ring],
    [LIGHTS.mute, lights.mute],
    [LIGHTS.hold, lights.hold],
    [RINGER, lights.ring],
  ]);
  const messages: { reportId: number; data: Uint8Array<ArrayBuffer> }[] = [];
  for (const report of reportsWith(collections, 'outputReports')) {
    const { fields, bits } = fieldsOf(report);
    const isLight = (field: Field) => field.usage !== null && lit.has(field.usage);
    if (!fields.some(isLight)) continue;
    const data = new Uint8Array(Math.ceil(bits / 8));
    for (const { usage, offset } of fields) {
      if (usage === null || lit.get(usage) !== true) continue;
      data[offset >> 3] = (data[offset >> 3] ?? 0) | (1 << (offset & 7));
    }
    messages.push({ reportId: report.reportId ?? 0, data });
  }
  return messages;
}
