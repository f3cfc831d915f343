// Remembers what keys were met in a file, 16 bytes each, so that a dry run over a million rows finds
// the same duplicates as the import would.

/** 53 bits of a text: among three million keys two are alike with a chance of one in two thousand. */
function hashOf(text: string): number {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    high = Math.imul(high ^ code, 2_654_435_761);
    low = Math.imul(low ^ code, 1_597_334_677);
  }
  high =
    Math.imul(high ^ (high >>> 16), 2_246_822_507) ^ Math.imul(low ^ (low >>> 13), 3_266_489_909);
  low =
    Math.imul(low ^ (low >>> 16), 2_246_822_507) ^ Math.imul(high ^ (high >>> 13), 3_266_489_909);
  return 4_294_967_296 * (2_097_151 & low) + (high >>> 0) + 1;
}

export interface KeySet {
  has(key: string): boolean;
  add(key: string): void;
}

export function createKeySet(): KeySet {
  let slots = new Float64Array(1 << 12);
  let used = 0;

  function place(table: Float64Array, hash: number): number {
    const mask = table.length - 1;
    let slot = hash % table.length;
    while (table[slot] !== 0 && table[slot] !== hash) slot = (slot + 1) & mask;
    return slot;
  }

  function grow(): void {
    const wider = new Float64Array(slots.length * 2);
    for (const hash of slots) if (hash !== 0) wider[place(wider, hash)] = hash;
    slots = wider;
  }

  return {
    has: (key) => slots[place(slots, hashOf(key))] !== 0,
    add(key) {
      if (used * 2 >= slots.length) grow();
      const hash = hashOf(key);
      const slot = place(slots, hash);
      if (slots[slot] === 0) used += 1;
      slots[slot] = hash;
    },
  };
}
