// A mapping that another program lays down under a name.
import { importTarget } from '../../../preload/contract/exchange.ts';
import type { ImportKind } from '../../../preload/contract/exchange-words.ts';
import { badInput } from '../refusal.ts';
import { signatureOf } from './column-mapping.ts';
import type { ImportStore } from './import-store.ts';

export interface NamedMapping {
  name: string;
  kind: ImportKind;
  /** What each column becomes. */
  columns: Record<string, string>;
}

interface Keeping {
  store: ImportStore;
  now: () => number;
  newId: () => string;
}

/**
 * Part of the caller's transaction: keeps which column becomes what, under a name that is free, and
 * answers that. Refused with BAD_INPUT where a field is none of this desk's.
 */
export function keepNamedMapping({ store, now, newId }: Keeping, mapping: NamedMapping): string {
  const names = Object.keys(mapping.columns);
  const targets = Object.values(mapping.columns).map((target, index) => {
    const read = importTarget.safeParse(target);
    if (!read.success) throw badInput(['columns', names[index] ?? ''], 'unknownField');
    return read.data;
  });
  let name = mapping.name;
  for (let count = 2; store.mappingNamed(name) !== null; count += 1)
    name = `${mapping.name} ${count}`;
  store.keepMapping({
    ...{ id: newId(), name, kind: mapping.kind, stored: { names, targets }, at: now() },
    signature: signatureOf(names, true),
  });
  return name;
}
