// All that the desk's tables hold of the people of an imported file, as values: for whoever writes them
// without reading, recognising or taking apart anything.
import { customerTerms } from '../../main/core/customers/search-terms.ts';
import { newId } from '../../main/core/ids.ts';
import { customerOf } from '../book/book-people.ts';
import { AGENT, SEED } from './the-book.ts';

/** Columns that are filled; the others are null or have their default. */
export const FILLED = {
  customers: [
    ...['row', 'id', 'name', 'sort_name', 'company', 'city', 'emails_json', 'tags_json'],
    ...['agent_id', 'created_at', 'changed_at', 'origin'],
    ...['street', 'postal_code', 'country', 'external_id', 'custom_json'],
  ],
  customer_numbers: [...['id', 'customer_id', 'raw', 'e164', 'number_key', 'position', 'origin']],
  customer_emails: ['email_key', 'customer_id'],
  customer_summary: ['customer_id', 'contact_count'],
  // Triggers fill these two from the ones above.
  customer_rank: ['row', 'standing'],
  customer_tags: ['tag', 'customer_id'],
} as const;

export type FilledTable = keyof typeof FILLED;

export interface ReadyRows {
  /** Rows of each table, values in the order of its columns. */
  values: Record<FilledTable, (string | number | null)[][]>;
  row: number;
  /** As `customer_search` takes them. */
  terms: string;
}

export function rowsOf(index: number): ReadyRows {
  const person = customerOf(SEED, index);
  const { name, company, city, street, postalCode, country, emails, tags } = person;
  const id = newId();
  const at = Date.now();
  const row = index + 1;
  const customer = [
    ...[row, id, name, name.toLowerCase(), company, city, JSON.stringify(emails)],
    ...[JSON.stringify(tags), AGENT, at, at, 'imported'],
    ...[street, postalCode, country, person.externalId ?? `N-${index}`, '{}'],
  ];
  return {
    values: {
      customers: [customer],
      customer_numbers: person.numbers.map(({ raw, e164 }, place) => [
        ...[newId(), id, raw, e164, e164, place, 'imported'],
      ]),
      customer_emails: emails.map((address) => [address.toLowerCase(), id]),
      customer_summary: [[id, 0]],
      customer_rank: [[row, 0]],
      customer_tags: tags.map((tag) => [tag, id]),
    },
    row,
    terms: customerTerms({ ...person, digits: person.numbers.map(({ e164 }) => e164.slice(1)) }),
  };
}
