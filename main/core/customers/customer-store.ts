import type {
  Customer,
  CustomerChanges,
  CustomerInput,
  CustomValues,
} from '../../../preload/contract/customers.ts';
import type { ChangeSource, Origin } from '../../../preload/contract/vocabulary.ts';
import type { DeskDatabase } from '../database/desk-database.ts';
import { comparableNumber, numberKeyFrom, storedKeyFrom } from '../phone-numbers/number-key.ts';
import { Refusal } from '../refusal.ts';
import { type CustomerRow, type NumberRow, customerFrom } from './customer-rows.ts';
import { sortNameFrom } from './folding.ts';

interface StoreDependencies {
  database: DeskDatabase;
  /** ISO 3166 country that national numbers belong to. */
  country: () => string;
  agentId: () => string;
  now: () => number;
  newId: () => string;
  /** Refuses values of custom fields that nobody defined, or that do not fit; `path` leads to them. */
  requireCustom: (custom: CustomValues, path: string[]) => void;
}

type BaseField = 'name' | 'company' | 'city' | 'emails' | 'numbers' | 'tags' | 'preferredTime';

/** A customer about to be stored, by whom and since when. */
interface NewCustomer
  extends Partial<Omit<CustomerInput, BaseField>>,
    Pick<CustomerInput, BaseField> {
  id: string;
  agentId: string;
  createdAt: number;
  customerSince: number | null;
  origin: Origin;
  confirmedNumbers?: boolean;
  /** Where somebody has made it already. */
  sortName?: string;
}

const MOST_NUMBERS = 20;

/** Reads and writes customers with their numbers; triggers note for the search what has changed. */
export function customerStore(dependencies: StoreDependencies) {
  const { database, country, agentId, now, newId, requireCustom } = dependencies;
  const byId = database.query<CustomerRow>('SELECT * FROM customers WHERE id = ?');
  const numbersOf = database.query<NumberRow>(
    `SELECT id, raw, e164, label, confirmed_at FROM customer_numbers
     WHERE customer_id = ? ORDER BY position, id LIMIT ${MOST_NUMBERS}`,
  );
  const insertCustomer = database.query(
    `INSERT INTO customers (id, name, sort_name, company, city, emails_json, tags_json, preferred_time, street,
       postal_code, country, external_id, organisation_id, household_id, custom_json, customer_since, agent_id,
       created_at, changed_at, origin)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const updateCustomer = database.query(
    `UPDATE customers SET name = ?, sort_name = ?, company = ?, city = ?, emails_json = ?, tags_json = ?,
       preferred_time = ?, street = ?, postal_code = ?, country = ?, external_id = ?, organisation_id = ?,
       household_id = ?, custom_json = ?, changed_at = ? WHERE id = ?`,
  );
  const insertEmail = database.query(
    'INSERT OR IGNORE INTO customer_emails (email_key, customer_id) VALUES (?, ?)',
  );
  const deleteEmails = database.query('DELETE FROM customer_emails WHERE customer_id = ?');
  const insertChange = database.query(
    `INSERT INTO customer_changes (change_id, customer_id, field, before_json, after_json, at, agent_id, source)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const insertNumber = database.query(
    `INSERT INTO customer_numbers (id, customer_id, raw, e164, number_key, label, confirmed_at, position, origin)
     VALUES (?, ?, ?, ?, ?, NULL, ?, ?, ?)`,
  );
  const deleteNumber = database.query('DELETE FROM customer_numbers WHERE id = ?');
  const placeNumber = database.query('UPDATE customer_numbers SET position = ? WHERE id = ?');
  const confirmNumber = database.query(
    'UPDATE customer_numbers SET confirmed_at = ? WHERE customer_id = ? AND number_key = ?',
  );
  const unconfirmNumber = database.query(
    'UPDATE customer_numbers SET confirmed_at = NULL WHERE customer_id = ? AND number_key = ?',
  );
  const deleteNumbers = database.query(
    'DELETE FROM customer_numbers WHERE customer_id = ? AND number_key = ?',
  );
  const hasNumber = database.query<{ confirmed_at: number | null }>(
    'SELECT confirmed_at FROM customer_numbers WHERE customer_id = ? AND number_key = ?',
  );
  const insertSummary = database.query(
    'INSERT INTO customer_summary (customer_id, contact_count) VALUES (?, 0) ON CONFLICT DO NOTHING',
  );
  const deleteCustomer = database.query('DELETE FROM customers WHERE id = ?');

  function rowOf(customerId: string): CustomerRow {
    const row = byId.get(customerId);
    if (!row) throw new Refusal('NOT_FOUND', { what: 'customer', id: customerId });
    return row;
  }

  function find(customerId: string): Customer {
    return customerFrom(rowOf(customerId), numbersOf.all(customerId));
  }

  function addNumber(
    customerId: string,
    raw: string,
    position: number,
    origin: Origin,
    confirmedAt: number | null,
  ) {
    const numberKey = numberKeyFrom(raw, country());
    const key = storedKeyFrom(numberKey, raw);
    insertNumber.run(newId(), customerId, raw, numberKey.e164, key, confirmedAt, position, origin);
  }

  /** Answers the row, which the search index refers to. */
  function insert(customer: NewCustomer): number {
    const { lastInsertRowid } = insertCustomer.run(
      customer.id,
      customer.name,
      customer.sortName ?? sortNameFrom(customer.name),
      customer.company,
      customer.city,
      JSON.stringify(customer.emails),
      JSON.stringify(customer.tags),
      customer.preferredTime,
      customer.street ?? null,
      customer.postalCode ?? null,
      customer.country ?? null,
      customer.externalId ?? null,
      customer.organisationId ?? null,
      customer.householdId ?? null,
      JSON.stringify(withoutEmpty(customer.custom ?? {})),
      customer.customerSince,
      customer.agentId,
      customer.createdAt,
      customer.createdAt,
      customer.origin,
    );
    const confirmedAt = customer.confirmedNumbers ? customer.createdAt : null;
    for (const [position, raw] of customer.numbers.entries()) {
      addNumber(customer.id, raw, position, customer.origin, confirmedAt);
    }
    writeEmails(customer.id, customer.emails);
    insertSummary.run(customer.id);
    return Number(lastInsertRowid);
  }

  function writeEmails(customerId: string, emails: readonly string[]): void {
    for (const email of emails) insertEmail.run(emailKey(email), customerId);
  }

  /** Part of the transaction of an edit: what each field was and is. */
  function writeHistory(before: Customer, after: Customer, source: ChangeSource): void {
    const changeId = newId();
    const at = now();
    const fields = new Set([...historyOf(before).keys(), ...historyOf(after).keys()]);
    for (const field of fields) {
      const was = JSON.stringify(historyOf(before).get(field) ?? null);
      const is = JSON.stringify(historyOf(after).get(field) ?? null);
      if (was !== is) insertChange.run(changeId, after.id, field, was, is, at, agentId(), source);
    }
  }

  /** Numbers that stay keep their confirmation. */
  function replaceNumbers(customerId: string, wanted: readonly string[], origin: Origin): void {
    const stored = numbersOf.all(customerId);
    const kept = new Set<string>();
    for (const [position, raw] of wanted.entries()) {
      const same = stored.find((number) => number.raw === raw && !kept.has(number.id));
      if (same) {
        kept.add(same.id);
        placeNumber.run(position, same.id);
      } else {
        addNumber(customerId, raw, position, origin, null);
      }
    }
    for (const { id } of stored) if (!kept.has(id)) deleteNumber.run(id);
  }

  /**
   * Part of the caller's transaction: sets the named fields (numbers apart: those are `work`'s), and
   * keeps e-mails and history. Custom fields are taken as they come.
   */
  function changeRows(
    customerId: string,
    source: ChangeSource,
    changes: Omit<CustomerChanges, 'numbers'>,
    work: () => void,
  ): void {
    const before = find(customerId);
    const name = changes.name ?? before.name;
    updateCustomer.run(
      name,
      sortNameFrom(name),
      changed(changes.company, before.company),
      changed(changes.city, before.city),
      JSON.stringify(changes.emails ?? before.emails),
      JSON.stringify(changes.tags ?? before.tags),
      changed(changes.preferredTime, before.preferredTime),
      changed(changes.street, before.street),
      changed(changes.postalCode, before.postalCode),
      changed(changes.country, before.country),
      changed(changes.externalId, before.externalId),
      changed(changes.organisationId, before.organisationId),
      changed(changes.householdId, before.householdId),
      JSON.stringify(withoutEmpty({ ...before.custom, ...changes.custom })),
      now(),
      customerId,
    );
    work();
    rewriteDerived(customerId);
    writeHistory(before, find(customerId), source);
  }

  /** Part of the caller's transaction, after the record or its numbers were written by other ways. */
  function rewriteDerived(customerId: string): void {
    deleteEmails.run(customerId);
    writeEmails(customerId, find(customerId).emails);
  }

  return {
    find,
    insert,
    exists: (customerId: string) => byId.get(customerId) !== undefined,

    create(input: CustomerInput): Customer {
      requireCustom(input.custom, ['custom']);
      const id = newId();
      const at = now();
      database.transaction(() =>
        insert({
          ...input,
          id,
          agentId: agentId(),
          createdAt: at,
          customerSince: at,
          origin: 'real',
        }),
      );
      return find(id);
    },

    update(customerId: string, changes: CustomerChanges, source: ChangeSource = 'agent'): Customer {
      database.transaction(() => {
        requireCustom(changes.custom ?? {}, ['changes', 'custom']);
        const { origin } = rowOf(customerId);
        changeRows(customerId, source, changes, () => {
          if (changes.numbers) replaceNumbers(customerId, changes.numbers, origin);
        });
      });
      return find(customerId);
    },

    /** Part of the caller's transaction: takes the customer away with all that hangs on the record. */
    remove(customerId: string): void {
      deleteCustomer.run(customerId);
    },

    changeRows,
    rewriteDerived,
    requireCustom,

    /**
     * Part of the caller's transaction: the number is this customer's, as the agent says. Answers what
     * that changed, null when it was known.
     */
    confirmNumber(customerId: string, raw: string): 'added' | 'confirmed' | null {
      const key = comparableNumber(raw, country());
      if (key === null) return null;
      const known = hasNumber.get(customerId, key);
      if (known) {
        confirmNumber.run(now(), customerId, key);
        return known.confirmed_at === null ? 'confirmed' : null;
      }
      const before = find(customerId);
      addNumber(customerId, raw, before.numbers.length, before.origin, now());
      writeHistory(before, find(customerId), 'agent');
      return 'added';
    },

    /** Part of the caller's transaction: undoes what `confirmNumber` had changed. */
    unconfirmNumber(customerId: string, raw: string, taught: 'added' | 'confirmed'): void {
      const key = comparableNumber(raw, country());
      if (key === null) return;
      if (taught === 'confirmed') {
        unconfirmNumber.run(customerId, key);
        return;
      }
      const before = find(customerId);
      deleteNumbers.run(customerId, key);
      writeHistory(before, find(customerId), 'agent');
    },
  };
}
export type CustomerStore = ReturnType<typeof customerStore>;

/** What e-mail addresses are compared by. */
export function emailKey(email: string): string {
  return email.trim().toLowerCase();
}

function withoutEmpty(custom: CustomValues): CustomValues {
  return Object.fromEntries(Object.entries(custom).filter(([, value]) => value !== null));
}

/** A record as its history tells it: each custom field is one of its own. */
function historyOf(customer: Customer): Map<string, unknown> {
  const { id: _id, origin: _origin, customerSince: _since, custom, numbers, ...fields } = customer;
  return new Map<string, unknown>([
    ...Object.entries(fields),
    ['numbers', numbers.map(({ raw }) => raw)],
    ...Object.entries(custom).map(([key, value]): [string, unknown] => [`custom.${key}`, value]),
  ]);
}

function changed<Value>(change: Value | undefined, before: Value): Value {
  return change === undefined ? before : change;
}
