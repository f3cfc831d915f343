// Numbers that look random and are the same for the same seed, on every machine.

/** 32 well mixed bits of a seed, an index and a purpose. */
export function mixed(seed: number, index: number, purpose: number): number {
  let bits =
    Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^
    Math.imul(index + 1, 0xc2b2ae35) ^
    Math.imul(purpose + 1, 0x27d4eb2f);
  bits = Math.imul(bits ^ (bits >>> 16), 0x7feb352d);
  bits = Math.imul(bits ^ (bits >>> 15), 0x846ca68b);
  return (bits ^ (bits >>> 16)) >>> 0;
}

export interface Chance {
  /** In [0, 1). */
  next(): number;
  /** A whole number in [0, limit). */
  below(limit: number): number;
  one(probability: number): boolean;
  pick<Item>(items: readonly Item[]): Item;
  /** The first items come more often, as the most common names do. */
  skewed<Item>(items: readonly Item[]): Item;
}

/** mulberry32. */
export function chanceOf(seed: number): Chance {
  let state = seed | 0;
  function next(): number {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 4_294_967_296;
  }
  function at<Item>(items: readonly Item[], place: number): Item {
    const item = items[Math.floor(place * items.length)];
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  }
  return {
    next,
    below: (limit) => Math.floor(next() * limit),
    one: (probability) => next() < probability,
    pick: (items) => at(items, next()),
    skewed: (items) => at(items, next() ** 1.5),
  };
}
