import type { Household } from '../../../../preload/contract/clean-book.ts';
import type { CoreEvent } from '../../../../preload/contract/contract.ts';
import type { SubjectHandlers } from '../../connection/handlers.ts';
import type { DeskDatabase } from '../../database/desk-database.ts';
import { Refusal } from '../../refusal.ts';
import { HIT_COLUMNS, HIT_TABLES, type HitRow, customerHitFrom } from '../customer-rows.ts';
import type { CustomerStore } from '../customer-store.ts';
import type { ComparableRecords, Person } from './comparable-records.ts';
import type { Duplicates } from './duplicates.ts';
import { sameAddress } from './likeness.ts';
import { companyKey, nameLikeness } from './name-likeness.ts';

interface HouseholdsDependencies {
  database: DeskDatabase;
  store: CustomerStore;
  records: ComparableRecords;
  duplicates: Pick<Duplicates, 'touched'>;
  now: () => number;
  newId: () => string;
  agentId: () => string;
  publish: (event: CoreEvent) => void;
}

const MOST_SUGGESTED = 20;

/** People who live together. */
export function createHouseholds(dependencies: HouseholdsDependencies) {
  const { database, store, records, duplicates, now, newId, agentId, publish } = dependencies;
  const one = database.query<{ id: string; name: string }>(
    'SELECT id, name FROM households WHERE id = ?',
  );
  const members = database.query<HitRow>(
    `SELECT ${HIT_COLUMNS} FROM ${HIT_TABLES} WHERE u.household_id = ? ORDER BY u.sort_name, u.row LIMIT 100`,
  );
  const hit = database.query<HitRow>(`SELECT ${HIT_COLUMNS} FROM ${HIT_TABLES} WHERE u.id = ?`);
  const atAddress = database.query<{ id: string }>(
    'SELECT id FROM customers WHERE postal_code = ? AND street = ? LIMIT 50',
  );
  const insert = database.query(
    "INSERT INTO households (id, name, agent_id, created_at, origin) VALUES (?, ?, ?, ?, 'real')",
  );
  const rename = database.query('UPDATE households SET name = ? WHERE id = ?');
  const remove = database.query('DELETE FROM households WHERE id = ?');

  function householdFrom(id: string): Household {
    const row = one.get(id);
    if (!row) throw new Refusal('NOT_FOUND', { what: 'household', id });
    return { ...row, members: members.all(id).map(customerHitFrom) };
  }

  /** Who shares a number or the address, and is neither the same person nor a colleague. */
  function suggestionsFor(person: Person) {
    const people = new Map(records.candidatesFor(person, person.id).map((each) => [each.id, each]));
    if (person.postalCode !== null && person.street !== null) {
      for (const { id } of atAddress.all(person.postalCode, person.street)) {
        const neighbour = id === person.id ? null : records.person(id);
        if (neighbour) people.set(id, neighbour);
      }
    }
    const company = companyKey(person.company);
    return [...people.values()].flatMap((other) => {
      if (other.householdId !== null && other.householdId === person.householdId) return [];
      if (nameLikeness(person.name, other.name) !== 'different') return [];
      if (company !== '' && company === companyKey(other.company)) return [];
      const number = [...person.numbers].find(([key]) => other.numbers.has(key))?.[1];
      const address = sameAddress(person, other);
      const row = hit.get(other.id);
      if (!row || (number === undefined && address === null)) return [];
      return [
        {
          hit: customerHitFrom(row),
          reasons: [
            ...(number === undefined ? [] : [{ reason: 'number' as const, evidence: number }]),
            ...(address === null ? [] : [{ reason: 'address' as const, evidence: address }]),
          ],
        },
      ];
    });
  }

  /** A household of nobody or of one is none. */
  function tidy(householdId: string): void {
    const left = members.all(householdId);
    if (left.length > 1) return;
    for (const { id } of left) store.update(id, { householdId: null });
    remove.run(householdId);
  }

  function changed(customerIds: readonly string[]): void {
    publish({ type: 'customers.changed', customerId: null });
    for (const customerId of customerIds) duplicates.touched(customerId);
  }

  const handlers: SubjectHandlers<'households'> = {
    of({ customerId }) {
      const { householdId } = store.find(customerId);
      const person = records.person(customerId);
      return {
        household: householdId === null ? null : householdFrom(householdId),
        suggestions: person === null ? [] : suggestionsFor(person).slice(0, MOST_SUGGESTED),
      };
    },
    join({ customerIds, name }) {
      const id = database.transaction(() => {
        const people = [...new Set(customerIds)].map((customerId) => store.find(customerId));
        const known = people.find(({ householdId }) => householdId !== null)?.householdId;
        const joined = known ?? newId();
        if (!known) {
          insert.run(joined, name ?? familyNameOf(people), agentId(), now());
        }
        const left = new Set<string>();
        for (const person of people) {
          if (person.householdId === joined) continue;
          if (person.householdId !== null) left.add(person.householdId);
          store.update(person.id, { householdId: joined });
        }
        for (const household of left) tidy(household);
        return joined;
      });
      changed(customerIds);
      return householdFrom(id);
    },
    leave({ customerId }) {
      database.transaction(() => {
        const { householdId } = store.find(customerId);
        if (householdId === null) return;
        store.update(customerId, { householdId: null });
        tidy(householdId);
      });
      changed([customerId]);
      return {};
    },
    rename({ householdId, name }) {
      householdFrom(householdId);
      rename.run(name, householdId);
      changed([]);
      return householdFrom(householdId);
    },
  };
  return { handlers };
}

/** The last name that most of them have. */
function familyNameOf(people: readonly { name: string }[]): string {
  const lastNames = people.map(({ name }) => name.split(/\s+/).at(-1) ?? name);
  const counted = new Map<string, number>();
  for (const name of lastNames) counted.set(name, (counted.get(name) ?? 0) + 1);
  const [most] = [...counted].sort((a, b) => b[1] - a[1]);
  return most?.[0] ?? '';
}
