import type { Random } from './random.ts';

// Numbers that the Bundesnetzagentur keeps for films and books ("Drama Numbers", notice 148/2021):
// nobody can be reached by them. A thousand in each of five towns, two blocks of a hundred mobile ones.
const TOWNS = [
  { area: '030', prefix: '23125' },
  { area: '040', prefix: '66969' },
  { area: '069', prefix: '90009' },
  { area: '0221', prefix: '4710' },
  { area: '089', prefix: '99998' },
] as const;
export type AreaCode = (typeof TOWNS)[number]['area'];

const NUMBERS_IN_TOWN = 1000;
const MOBILES = [
  { area: '0171', prefix: '39200' },
  { area: '0176', prefix: '040690' },
] as const;
const NUMBERS_IN_BLOCK = 100;
export const FICTIONAL_MOBILES = MOBILES.length * NUMBERS_IN_BLOCK;

/** The n-th fictional number of a town, as people there write it. */
export function townNumber(area: AreaCode, n: number): string {
  const town = TOWNS.find((one) => one.area === area) ?? TOWNS[0];
  return `${town.area} ${town.prefix}${String(n % NUMBERS_IN_TOWN).padStart(3, '0')}`;
}

/** The n-th fictional mobile number. */
export function mobileNumber(n: number): string {
  const block = MOBILES[Math.floor(n / NUMBERS_IN_BLOCK) % MOBILES.length] ?? MOBILES[0];
  return `${block.area} ${block.prefix}${String(n % NUMBERS_IN_BLOCK).padStart(2, '0')}`;
}

/** Any fictional number. */
export function anyFictionalNumber(random: Random): string {
  if (random.chance(0.3)) return mobileNumber(random.between(0, FICTIONAL_MOBILES - 1));
  return townNumber(random.pick(TOWNS).area, random.between(0, NUMBERS_IN_TOWN - 1));
}
