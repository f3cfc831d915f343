const KINDS = [
  'customer',
  'number',
  'contact',
  'call',
  'feeling',
  'peak',
  'promise',
  'deal',
  'question',
  'matter',
  'agent',
] as const;
const HEX = [...KINDS.keys()].map((kind) => kind.toString(16));

/** A UUIDv7 that is the same for the same time, kind and index. */
export function factId(at: number, kind: (typeof KINDS)[number], index: number): string {
  const time = at.toString(16).padStart(12, '0');
  const tail = index.toString(16).padStart(11, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8${HEX[KINDS.indexOf(kind)]}00-0${tail}`;
}

export function customerId(since: number, index: number): string {
  return factId(since, 'customer', index);
}
