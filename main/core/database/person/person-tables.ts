// In which rows of which tables a person is named, and what erasing does with them. Tables of this
// program's first versions have their rules here; every other one is judged by its columns: what
// refers to a customer, a contact, a call or a number belongs to the person, and what holds texts and
// refers to nobody is searched for them.
import { amongJson, type Person } from './person.ts';
import { type Column, quoted, type Schema, type Table } from './schema.ts';

/** `delete` takes the rows, `empty` takes the person out of them, `keep` leaves them for others or for the law. */
export type Treatment = 'delete' | 'empty' | 'keep';

export interface PersonTable {
  table: string;
  /** SQL over the parameters of `parametersFor`. */
  where: string;
  treatment: Treatment;
  /** What is set where the rows are emptied, by column. */
  set: Record<string, string>;
}

/** Tables without a person, each with the reason. A table that is neither here nor found out fails a test. */
export const NOBODYS: Readonly<Record<string, string>> = {
  meta: 'what the database says of itself',
  settings: 'what this desk is set to',
  agents: 'who works here',
  accounts: 'telephone accounts of this desk',
  cue_rules: 'how the rules do over all customers',
  agent_states: 'when an agent was available; its ids lead to emptied calls',
  kpi_measures: 'sums without a person',
  custom_fields: 'which fields the organisation has',
  customer_search_waiting: 'rows to be indexed again, by number; triggers take them along',
  contact_search_waiting: 'rows to be indexed again, by number; triggers take them along',
  customer_rank: 'what finds are sorted by; triggers take it along',
  duplicate_scan: 'how far a search through the book has come',
  tag_counts: 'how many customers have a tag; triggers keep it',
  import_files: 'files on their way in, which go when their import ends',
  import_batches: 'from where to where an import wrote',
  import_mappings: 'what the columns of files mean',
  connections: 'which other programs are connected',
  api_tokens: 'what other programs may do',
  webhooks: 'whom other programs want to be told',
  link_templates: 'addresses of other programs',
};

/** Full-text indexes: whose rowid they use. */
export const SEARCHES: Readonly<Record<string, 'customers' | 'contacts'>> = {
  customer_search: 'customers',
  contact_search: 'contacts',
};

const EMPTIED: Readonly<Record<string, Record<string, string>>> = {
  contacts: {
    customer_id: 'NULL',
    subject: 'NULL',
    note: 'NULL',
    matter_id: 'NULL',
    external_id: 'NULL',
    amount_cents: 'NULL',
  },
  // What the figures count stays; whom it was with goes. Nobody calls an emptied call back.
  calls: {
    customer_id: 'NULL',
    matter_id: 'NULL',
    remote_uri: "''",
    remote_number: 'NULL',
    remote_display: 'NULL',
    remote_anonymous: '1',
    called_number: 'NULL',
    diverted_from: 'NULL',
    e164: 'NULL',
    number_key: 'NULL',
    transferred_to: 'NULL',
    quality_json: 'NULL',
    dismissed_at: 'coalesce(dismissed_at, CASE WHEN missed = 1 THEN $now END)',
  },
  deals: {
    customer_id: 'NULL',
    contact_id: 'NULL',
    decided_contact_id: 'NULL',
    call_id: 'NULL',
    matter_id: 'NULL',
    title: 'NULL',
    lost_reason: 'NULL',
  },
  recordings: {
    state: "'erased'",
    wrapped_key: 'NULL',
    bytes: '0',
    chunk_count: '0',
    erased_at: 'coalesce(erased_at, $now)',
    ended_at: 'coalesce(ended_at, $now)',
    erased_by: "coalesce(erased_by, 'agent')",
  },
  consent_proofs: { customer_id: 'NULL', sealed_at: '$now' },
  access_log: { customer_id: 'NULL', reason: 'NULL' },
  imports: { file_name: "''" },
};

/** Judged by who else is in them, so they come before the customers. */
const BY_MEMBERS = ['organisations', 'households'];

/** Every table that may name a person, in the order in which rows can be taken. */
export function personTables(schema: Schema): PersonTable[] {
  const first = schema.tables.filter(({ name }) => BY_MEMBERS.includes(name));
  const rest = schema.tables.filter(({ name }) => !BY_MEMBERS.includes(name));
  return [...first, ...rest].flatMap((table) => {
    if (Object.hasOwn(NOBODYS, table.name)) return [];
    return knownRule(table) ?? derivedRule(table, schema);
  });
}

/** Values for every `where` and `set` of `personTables`. */
export function parametersFor(person: Person, now: number): Record<string, string | number> {
  return {
    now,
    customers: JSON.stringify(person.customerIds),
    contacts: JSON.stringify(person.contactIds),
    calls: JSON.stringify(person.callIds),
    recordings: JSON.stringify(person.recordingIds),
    numbers: JSON.stringify(person.numberKeys),
    facts: JSON.stringify([...person.customerIds, ...person.contactIds, ...person.callIds]),
    words: JSON.stringify([...person.customerIds, ...person.emails]),
    digits: JSON.stringify(person.digits),
    name: person.name,
    nameWords: JSON.stringify(
      person.name
        .split(/[\s,]+/)
        .filter(Boolean)
        .map(asciiLower),
    ),
    externalIds: JSON.stringify(person.externalIds.map((id) => JSON.stringify(id))),
  };
}

function knownRule(table: Table): PersonTable[] | null {
  const rule = (where: string, treatment: Treatment, only: string | null = null): PersonTable => {
    const set = Object.entries(EMPTIED[table.name] ?? {}).filter(([column]) =>
      table.columns.some(({ name }) => name === column),
    );
    return {
      table: table.name,
      where: only === null ? where : `(${where}) AND ${only}`,
      treatment,
      set: treatment === 'empty' ? Object.fromEntries(set) : {},
    };
  };
  const called = 'EXISTS (SELECT 1 FROM calls l WHERE l.contact_id = contacts.id)';
  const ofPerson = `${amongJson('customer_id', 'customers')} OR (customer_id IS NULL AND ${amongJson('contact_id', 'contacts')})`;
  switch (table.name) {
    case 'customers':
      return [rule(amongJson('id', 'customers'), 'delete')];
    case 'contacts':
      return [
        rule(amongJson('id', 'contacts'), 'empty', called),
        rule(amongJson('id', 'contacts'), 'delete', `NOT ${called}`),
      ];
    case 'calls':
      return [rule(amongJson('call_id', 'calls'), 'empty')];
    case 'deals':
      return [
        rule(ofPerson, 'empty', 'decided_at IS NOT NULL'),
        rule(ofPerson, 'delete', 'decided_at IS NULL'),
      ];
    case 'recordings':
      return [rule(amongJson('id', 'recordings'), 'empty')];
    case 'outbox':
      return [rule(amongJson('fact_id', 'facts'), 'delete')];
    case 'consent_proofs':
    case 'access_log':
      return [rule(amongJson('customer_id', 'customers'), 'empty')];
    case 'imports':
      return [rule(textsIn(['file_name']), 'empty')];
    case 'import_rejects':
      // A row of a file has the parts of a name in cells of their own.
      return [
        rule(
          `${textsIn(['cells_json'])} OR ${everyNameWordIn('cells_json')}
           OR EXISTS (SELECT 1 FROM json_each($externalIds) x WHERE instr(cells_json, x.value))`,
          'delete',
        ),
      ];
    case 'organisations':
      // A company or an authority is not the person who works there.
      return [rule(memberOf('organisation_id', 'organisations'), 'keep')];
    case 'households':
      return [
        rule(memberOf('household_id', 'households'), 'delete', onlyMember('household_id')),
        rule(memberOf('household_id', 'households'), 'keep', `NOT ${onlyMember('household_id')}`),
      ];
    case 'lists':
      return [
        rule(
          table.columns.some(({ name }) => name === 'query')
            ? `${textsIn(['query', 'name'])} OR ${wordsOnlyOf('query')}`
            : '0',
          'delete',
        ),
      ];
    default:
      return null;
  }
}

function memberOf(column: string, table: string): string {
  return `EXISTS (SELECT 1 FROM customers u WHERE u.${column} = ${table}.id AND u.${amongJson('id', 'customers')})`;
}

function onlyMember(column: string): string {
  return `NOT EXISTS (SELECT 1 FROM customers u WHERE u.${column} = households.id AND NOT u.${amongJson('id', 'customers')})`;
}

function derivedRule(table: Table, schema: Schema): PersonTable[] {
  const customers = table.columns
    .filter(refersToCustomer)
    .map(({ name }) => amongJson(name, 'customers'));
  // Rows that refer to a customer are that customer's, whatever else they refer to.
  const nobody = table.columns
    .filter(refersToCustomer)
    .map(({ name }) => `${quoted(name)} IS NULL`);
  const others = table.columns
    .filter((column) => !refersToCustomer(column))
    .flatMap((column) => referenceOf(column) ?? []);
  const texts = table.columns.filter(isText).map(({ name }) => name);
  if (others.length === 0 && texts.length > 0) others.push(textsIn(texts));
  const above = table.columns.flatMap((column) => rowsAbove(column, schema));
  const indirect = [...others, ...above];
  if (indirect.length > 0) customers.push([...nobody, `(${indirect.join(' OR ')})`].join(' AND '));
  if (customers.length === 0) return [];
  return [{ table: table.name, where: customers.join(' OR '), treatment: 'delete', set: {} }];
}

function refersToCustomer({ name, parent }: Column): boolean {
  return parent?.table === 'customers' || /(^|_)customer_id$/.test(name);
}

/** The condition under which a column names something of the person; null when it names nothing. */
function referenceOf({ name, parent }: Column): string | null {
  if (/(^|_)contact_id$/.test(name) || parent?.table === 'contacts')
    return amongJson(name, 'contacts');
  if (/(^|_)call_id$/.test(name) || parent?.table === 'calls') return amongJson(name, 'calls');
  if (/(^|_)recording_id$/.test(name) || parent?.table === 'recordings')
    return amongJson(name, 'recordings');
  if (name === 'number_key' || name === 'e164') return amongJson(name, 'numbers');
  if (name === 'group_key')
    return `${quoted(name)} IN (SELECT 'number ' || value FROM json_each($numbers))`;
  return null;
}

/** What goes with another table's row belongs to whoever that row belongs to. */
function rowsAbove({ name, parent }: Column, schema: Schema): string[] {
  if (!parent?.cascades || parent.table === 'customers') return [];
  const above = schema.tables.find((table) => table.name === parent.table);
  if (!above || Object.hasOwn(NOBODYS, above.name)) return [];
  return (knownRule(above) ?? derivedRule(above, schema))
    .filter(({ treatment }) => treatment === 'delete')
    .map(
      ({ where }) =>
        `${quoted(name)} IN (SELECT ${quoted(parent.column)} FROM ${quoted(above.name)} WHERE ${where})`,
    );
}

function isText({ name, type, parent }: Column): boolean {
  return (
    /^(TEXT|ANY)$/i.test(type) && parent === null && !/(^|_)(id|zone|origin|state)$/.test(name)
  );
}

/** Whether the text holds every word of a name of two words or more. */
function everyNameWordIn(column: string): string {
  return `(json_array_length($nameWords) > 1 AND NOT EXISTS
    (SELECT 1 FROM json_each($nameWords) w WHERE NOT instr(lower(${quoted(column)}), w.value)))`;
}

/** Whether what is searched for holds a word of the name that nobody else's name has. */
function wordsOnlyOf(column: string): string {
  return `EXISTS (SELECT 1 FROM json_each($nameWords) w WHERE length(w.value) > 3
    AND ' ' || lower(${quoted(column)}) || ' ' LIKE '% ' || w.value || ' %'
    AND NOT EXISTS (SELECT 1 FROM customers u
      WHERE instr(lower(u.name), w.value) AND NOT u.${amongJson('id', 'customers')}))`;
}

/** As SQLite's lower() does it. */
function asciiLower(text: string): string {
  return text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/** Whether one of these texts holds an id or an address of the person, a number however it is written, or the whole name. */
function textsIn(columns: readonly string[]): string {
  return columns
    .map((name) => {
      const column = quoted(name);
      let bare = `coalesce(${column}, '')`;
      for (const sign of [' ', '-', '/', '(', ')', '.']) bare = `replace(${bare}, '${sign}', '')`;
      return `EXISTS (SELECT 1 FROM json_each($words) w WHERE instr(lower(${column}), w.value))
        OR EXISTS (SELECT 1 FROM json_each($digits) d WHERE instr(${bare}, d.value))
        OR (length($name) > 6 AND instr($name, ' ') AND instr(${column}, $name))`;
    })
    .join(' OR ');
}
