import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { searchIndex } from '../../../main/core/customers/search-index.ts';
import {
  matchExpressionsFrom,
  type PlacedWords,
  searchQueryFrom,
  tierOf,
} from '../../../main/core/customers/search-query.ts';
import { contactTerms, customerTerms } from '../../../main/core/customers/search-terms.ts';
import { processTimers } from '../../../main/core/clock.ts';
import { Refusal } from '../../../main/core/refusal.ts';
import { aMemoryDesk, type MemoryDesk } from '../support/memory-desk.ts';

const DAY = 86_400_000;
let desk: MemoryDesk;
beforeEach(() => {
  desk = aMemoryDesk();
});
afterEach(() => desk.close());

const found = (query: string) =>
  desk.customers.handlers.search({ query, limit: 50 }).map(({ name }) => name);

describe('finding', () => {
  it.each([
    'garten',
    'vogt gart',
    'bau',
    'enbach',
    'offenb',
    'ogtg',
    '"vogt gartenbau"',
    'b.vogt@',
    'stra',
    'rass',
    'vip-',
  ])('finds parts of words: %s', (query) => {
    desk.aCustomer({
      ...{ name: 'Bernd Huber', company: 'Vogt-Gartenbau GmbH', city: 'Offenbach' },
      ...{ emails: ['b.vogt@straße.example'.replace('ß', 'ss')], tags: ['VIP-Kunde'] },
    });
    desk.aCustomer({ name: 'Else Kling' });
    expect(found(query)).toEqual(query === 'ogtg' ? [] : ['Bernd Huber']);
  });

  it('finds an address while it is typed, and by a part of it', () => {
    desk.aCustomer({ name: 'Bernd Huber', emails: ['anna.haddad@example.org'] });
    desk.aCustomer({ name: 'Anna Haddad', emails: ['a.haddad@sample.org'] });
    desk.aCustomer({ name: 'Anna Haddad-Ott', company: 'Example AG' });
    desk.aCustomer({ name: 'Else Kling', emails: ['else@example.org'] });
    const whole = 'anna.haddad@example.org';
    for (let length = whole.indexOf('@') + 2; length <= whole.length; length += 1)
      expect(found(whole.slice(0, length))).toContain('Bernd Huber');
    expect(found('anna.haddad@exa').toSorted()).toEqual(['Anna Haddad-Ott', 'Bernd Huber']);
    expect(found(whole)).toEqual(['Bernd Huber']);
    expect(found('haddad@sample')).toEqual(['Anna Haddad']);
    expect(found('@example.org').toSorted()).toEqual(['Bernd Huber', 'Else Kling']);
    expect(found('else@sample')).toEqual([]);
  });

  it('finds all by an address, whether few or many have what stands before the @', () => {
    const some = (name: string, count: number) => {
      for (let index = 0; index < count; index += 1) {
        const address = `${name.replace(' ', '.')}@mail${index % 8}.example`.toLowerCase();
        desk.aCustomer({ name, emails: [address] });
      }
    };
    some('Anna Ott', 230);
    some('Berta Ott', 100);
    desk.customers.searchIndex.finish();
    expect(found('anna.ott@mail1')).toHaveLength(29);
    expect(found('berta.ott@mail1')).toHaveLength(13);
    expect(found('ott@mail1.example')).toHaveLength(42);
  });

  it('puts a name before a company, a company before a place, and the middle of a word last', () => {
    desk.aCustomer({ name: 'Ida Steinbach' });
    desk.aCustomer({ name: 'Udo Kern', city: 'Bachstedt' });
    desk.aCustomer({ name: 'Ute Korn', company: 'Bach GmbH' });
    desk.aCustomer({ name: 'Jan Bach' });
    desk.aCustomer({ name: 'Bach, Eva' });
    expect(found('bach')).toEqual([
      'Bach, Eva',
      'Jan Bach',
      'Ute Korn',
      'Udo Kern',
      'Ida Steinbach',
    ]);
  });

  it('puts who waits for something promised before who was heard of last', () => {
    const [first, second, third] = ['Berger A', 'Berger B', 'Berger C'].map((name) =>
      desk.aCustomer({ name }),
    );
    desk.aContact(first?.id ?? '', desk.clock.now - DAY);
    desk.aContact(second?.id ?? '', desk.clock.now - 9 * DAY);
    desk.aContact(third?.id ?? '', desk.clock.now - 2 * DAY);
    const promise = desk.aPromise(second?.id ?? '', desk.clock.now + DAY);
    expect(found('berger')).toEqual(['Berger B', 'Berger A', 'Berger C']);
    desk.raw
      .prepare("UPDATE promises SET state = 'kept', settled_at = 1 WHERE id = ?")
      .run(promise);
    expect(found('berger')).toEqual(['Berger A', 'Berger C', 'Berger B']);
  });

  it('finds by the last feeling and by promises, alone and with words', () => {
    const angry = desk.aCustomer({ name: 'Anna Zorn', city: 'Köln' });
    const glad = desk.aCustomer({ name: 'Anna Froh', city: 'Köln' });
    desk.aContact(angry.id, desk.clock.now - DAY, { end: 'anger' });
    desk.aContact(glad.id, desk.clock.now - 2 * DAY, { end: 'anger' });
    desk.aContact(glad.id, desk.clock.now - DAY, { end: 'joy' });
    desk.aPromise(glad.id, desk.clock.now + DAY);
    desk.aPromise(angry.id, desk.clock.now - DAY);
    expect(found('feeling:anger')).toEqual(['Anna Zorn']);
    expect(found('anna gefühl:freude')).toEqual(['Anna Froh']);
    expect(found('promise:open')).toEqual(['Anna Zorn', 'Anna Froh']);
    expect(found('ort:köln versprechen:überfällig')).toEqual(['Anna Zorn']);
    expect(found('promise:overdue feeling:joy')).toEqual([]);
    expect(found('berta feeling:anger')).toEqual([]);
  });

  it('finds by notes and subjects, after what fits better, and by what a note says now', () => {
    const noted = desk.aCustomer({ name: 'Nora Notiz', tags: ['Reifen'] });
    const contact = desk.aContact(noted.id, desk.clock.now - DAY, {
      note: 'Will Winterreifen bis Freitag.',
    });
    desk.aCustomer({ name: 'Willi Winter' });
    expect(found('winter')).toEqual(['Willi Winter', 'Nora Notiz']);
    expect(found('winterreifen freitag')).toEqual(['Nora Notiz']);
    expect(found('"winterreifen bis"')).toEqual(['Nora Notiz']);
    expect(found('winterreifen tag:reifen')).toEqual(['Nora Notiz']);
    expect(found('winterreifen tag:vip')).toEqual([]);
    desk.raw.prepare("UPDATE contacts SET note = 'Will nichts mehr.' WHERE id = ?").run(contact);
    expect(found('winterreifen')).toEqual([]);
    expect(found('nichts')).toEqual(['Nora Notiz']);
  });

  it('gives every find of a query with notes once, page by page', () => {
    for (let n = 0; n < 9; n += 1) {
      const { id } = desk.aCustomer({ name: n % 2 ? `Reifen ${n}` : `Ute ${n}` });
      desk.aContact(id, desk.clock.now - n * DAY, { note: 'Reifen gewechselt' });
    }
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = desk.customers.handlers.list({ query: 'reifen', cursor, limit: 2 });
      seen.push(...page.rows.map(({ id }) => id));
      cursor = page.next ?? undefined;
    } while (cursor);
    expect(new Set(seen).size).toBe(9);
    expect(seen).toHaveLength(9);
  });
});

describe('the order of finds', () => {
  const words = ['Anna', 'Annaberg', 'Bach', 'Bacher', 'Reinbach', 'an', 'Ba', 'Müller'];
  const text = fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 3 });
  const record = fc.record({ name: text, company: text, city: text, email: text, tag: text });

  it('is the same from a record as from the index', () => {
    fc.assert(
      fc.property(fc.array(record, { minLength: 1, maxLength: 6 }), text, (records, typed) => {
        desk.close();
        desk = aMemoryDesk();
        for (const { name, company, city, email, tag } of records) {
          desk.aCustomer({
            ...{ name: name.join(' '), company: company.join('-'), city: city.join(' ') },
            ...{ emails: [`${email.join('.')}@x.example`], tags: [tag.join(' ')] },
          });
        }
        searchIndex(desk.database).finish();
        const query = searchQueryFrom(typed.join(' '));
        const tiers = new Map<number, number>();
        for (const [tier, expression] of matchExpressionsFrom(query).entries()) {
          const rows = desk.raw
            .prepare('SELECT rowid FROM customer_search WHERE customer_search MATCH ?')
            .pluck()
            .all(expression) as number[];
          for (const row of rows) if (!tiers.has(row)) tiers.set(row, tier);
        }
        const read = desk.raw.prepare('SELECT * FROM customers WHERE row = ?');
        for (const [row, tier] of tiers)
          expect(tierOf(query, read.get(row) as PlacedWords)).toBe(tier);
      }),
      { numRuns: 60 },
    );
  });

  it('is kept for more than are read one by one, page by page and at once', () => {
    const expected: string[] = [];
    const add = (count: number, facts: (n: number) => Parameters<MemoryDesk['aCustomer']>[0]) => {
      // The newest first.
      const names = Array.from({ length: count }, (_, n) => desk.aCustomer(facts(n)).name);
      expected.unshift(...names.toReversed());
    };
    add(30, (n) => ({ name: `Inside Offenbach ${n}` }));
    add(30, (n) => ({ name: `Place ${n}`, city: 'Bachstedt' }));
    add(30, (n) => ({ name: `Firm ${n}`, company: 'Bach GmbH' }));
    add(30, (n) => ({ name: `Second ${n} Bach` }));
    add(30, (n) => ({ name: `Bach ${n}` }));
    searchIndex(desk.database).finish();
    expect(found('bach')).toEqual(expected.slice(0, 50));
    const paged: string[] = [];
    let cursor: string | undefined;
    do {
      const page = desk.customers.handlers.list({ query: 'bach', cursor, limit: 20 });
      paged.push(...page.rows.map(({ name }) => name));
      cursor = page.next ?? undefined;
    } while (cursor);
    expect(paged).toEqual(expected);
  });
});

describe('the index', () => {
  /** What the facts say must be in the index, and that it is and nothing else. */
  function expectIndexOfFacts(): void {
    searchIndex(desk.database).finish();
    const all = <Row>(sql: string) => desk.raw.prepare(sql).all() as Row[];
    const customers = all<{
      row: number;
      id: string;
      name: string;
      company: string | null;
      city: string | null;
      emails_json: string;
      tags_json: string;
    }>('SELECT * FROM customers');
    const expected = new Map<string, Set<number>>();
    const expect1 = (terms: string, row: number) => {
      for (const term of terms.split(' ')) {
        if (term === '') continue;
        const rows = expected.get(term) ?? new Set();
        expected.set(term, rows.add(row));
      }
    };
    for (const { row, id, name, company, city, emails_json, tags_json } of customers) {
      const digits = desk.raw
        .prepare(
          "SELECT replace(coalesce(e164, number_key), '+', '') FROM customer_numbers WHERE customer_id = ?",
        )
        .pluck()
        .all(id) as string[];
      const emails = JSON.parse(emails_json) as string[];
      expect1(
        customerTerms({
          name,
          company,
          city,
          emails,
          tags: JSON.parse(tags_json) as string[],
          digits,
        }),
        row,
      );
    }
    desk.raw.exec(
      "CREATE VIRTUAL TABLE IF NOT EXISTS temp.terms USING fts5vocab(main, customer_search, 'row')",
    );
    const kept = new Set(customers.map(({ row }) => row));
    const stored = new Map<string, Set<number>>();
    for (const term of desk.raw.prepare('SELECT term FROM temp.terms').pluck().all() as string[]) {
      const rows = desk.raw
        .prepare('SELECT rowid FROM customer_search WHERE customer_search MATCH ?')
        .pluck()
        .all(`"${term}"`) as number[];
      expect(rows.every((row) => kept.has(row))).toBe(true);
      if (rows.length > 0) stored.set(term, new Set(rows));
    }
    expect(stored).toEqual(expected);
    for (const { row, subject, note } of all<{
      row: number;
      subject: string | null;
      note: string | null;
    }>('SELECT row, subject, note FROM contacts')) {
      const [term] = contactTerms(subject, note).split(' ');
      if (!term) continue;
      const hit = 'SELECT rowid FROM contact_search WHERE contact_search MATCH ? AND rowid = ?';
      expect(desk.raw.prepare(hit).get(`"${term}"`, row)).toBeDefined();
    }
    expect(
      all('SELECT row, standing >= 1073741824 AS waits, emotion FROM customer_rank ORDER BY row'),
    ).toEqual(
      all(
        `SELECT u.row, EXISTS (SELECT 1 FROM promises p WHERE p.customer_id = u.id AND p.state = 'open') AS waits,
           s.last_emotion AS emotion FROM customers u JOIN customer_summary s ON s.customer_id = u.id ORDER BY u.row`,
      ),
    );
  }

  it('holds what the facts say after whatever was done', () => {
    const name = fc.constantFrom('Anna Müller', 'Bernd Vogt', 'Çelik, Ömer', '', 'Zoë');
    const step = fc.oneof(
      fc.record({
        do: fc.constant('create' as const),
        name,
        number: fc.constantFrom('030 231250', '+43 1 2345678', '42'),
      }),
      fc.record({ do: fc.constant('rename' as const), at: fc.nat(), name }),
      fc.record({
        do: fc.constant('numbers' as const),
        at: fc.nat(),
        number: fc.constantFrom('0171 3920001', '110'),
      }),
      fc.record({
        do: fc.constant('contact' as const),
        at: fc.nat(),
        note: fc.constantFrom('Winterreifen', 'Rückruf am Freitag'),
      }),
      fc.record({ do: fc.constant('promise' as const), at: fc.nat() }),
      fc.record({ do: fc.constant('settle' as const) }),
      fc.record({ do: fc.constant('erase' as const), at: fc.nat() }),
      fc.record({ do: fc.constant('search' as const) }),
    );
    fc.assert(
      fc.property(fc.array(step, { minLength: 3, maxLength: 25 }), (steps) => {
        desk.close();
        desk = aMemoryDesk();
        const ids: string[] = [];
        for (const one of steps) {
          const id = 'at' in one ? ids[one.at % Math.max(1, ids.length)] : undefined;
          if (one.do === 'create') {
            ids.push(
              desk.aCustomer({ name: one.name || 'Nobody', numbers: [one.number], tags: ['Neu'] })
                .id,
            );
          } else if (one.do === 'settle')
            desk.raw.exec("UPDATE promises SET state = 'kept', settled_at = 1");
          else if (one.do === 'search') found('a');
          else if (id === undefined) continue;
          else if (one.do === 'rename') {
            desk.customers.handlers.update({
              customerId: id,
              changes: { name: one.name || 'Else', city: 'Köln' },
            });
          } else if (one.do === 'numbers') {
            desk.customers.handlers.update({
              customerId: id,
              changes: { numbers: [one.number], emails: ['x@y.example'] },
            });
          } else if (one.do === 'contact')
            desk.aContact(id, desk.clock.now, { note: one.note, end: 'joy' });
          else if (one.do === 'promise') desk.aPromise(id, desk.clock.now);
          else {
            desk.raw.prepare('DELETE FROM customers WHERE id = ?').run(id);
            ids.splice(ids.indexOf(id), 1);
          }
        }
        expectIndexOfFacts();
      }),
      { numRuns: 25 },
    );
  });

  it('is made in the background for a book that has none, goes on after a stop, and says how far it is', async () => {
    for (let n = 0; n < 450; n += 1) desk.aCustomer({ name: `Berger ${n}` });
    searchIndex(desk.database).finish();
    // As the migration leaves a book that an older program has written.
    desk.raw.exec(`DELETE FROM customer_search WHERE rowid > 0; DELETE FROM contact_search WHERE rowid > 0;
      INSERT INTO meta VALUES ('search_rebuild', '{"customers":450,"contacts":0}')`);
    expect(found('berger')).toEqual([]);
    expect(desk.customers.handlers.list({ query: 'berger', limit: 5 }).indexing).toEqual({
      done: 0,
      total: 450,
    });
    const first = desk.customers.searchIndex.keep({
      schedule: processTimers,
      changed: () => undefined,
    });
    await first.stop();
    const half = desk.customers.handlers.list({ query: 'berger', limit: 5 });
    expect(half.indexing).toEqual({ done: 200, total: 450 });
    expect(half.total).toBe(200);
    expect(half.rows[0]?.name).toBe('Berger 449');
    let told = 0;
    const second = desk.customers.searchIndex.keep({
      schedule: processTimers,
      changed: () => (told += 1),
    });
    await expect.poll(() => told).toBe(1);
    await second.stop();
    expect(desk.customers.handlers.list({ query: 'berger', limit: 5 })).toMatchObject({
      indexing: null,
      total: 450,
    });
    expectIndexOfFacts();
  });

  it('holds no word of who was erased once it is purged', async () => {
    const { id } = desk.aCustomer({ name: 'Xaver Qualtinger' });
    desk.aContact(id, desk.clock.now, { note: 'Zwetschgenkuchen bestellt' });
    desk.aCustomer();
    expect(found('qualt')).toHaveLength(1);
    desk.raw.prepare('DELETE FROM customers WHERE id = ?').run(id);
    expect(found('qualt')).toEqual([]);
    expect(found('zwetsch')).toEqual([]);
    await desk.customers.searchIndex.purge();
    for (const table of ['customer_search', 'contact_search']) {
      const blocks = desk.raw.prepare(`SELECT block FROM ${table}_data`).pluck().all() as Buffer[];
      const text = Buffer.concat(blocks).toString('latin1');
      expect(text).not.toMatch(/qual|zwet/);
    }
    expect(found('müller')).toHaveLength(1);
  });
});

describe('saved searches', () => {
  const lists = () => desk.customers.listHandlers;
  const all = () =>
    lists().all({}, { id: 0, windowId: null, closed: new AbortController().signal }) as {
      name: string;
    }[];
  const link = { id: 0, windowId: null, closed: new AbortController().signal };

  it('are kept, counted, renamed and deleted', async () => {
    desk.aCustomer({ tags: ['VIP'] });
    desk.aCustomer({ name: 'Bernd Schulz' });
    const list = await lists().save({ name: 'Wichtig', query: 'tag:vip' }, link);
    expect(lists().count({ listId: list.id }, link)).toEqual({ count: 1 });
    desk.aCustomer({ name: 'Cora Vogt', tags: ['vip'] });
    expect(lists().count({ listId: list.id }, link)).toEqual({ count: 2 });
    await lists().rename({ listId: list.id, name: 'VIP' }, link);
    expect(all().map(({ name }) => name)).toEqual(['VIP']);
    expect(desk.raw.prepare('SELECT query, agent_id FROM lists').get()).toEqual({
      query: 'tag:vip',
      agent_id: desk.agentId,
    });
    await lists().remove({ listId: list.id }, link);
    expect(all()).toEqual([]);
    expect(() => lists().count({ listId: list.id }, link)).toThrow(Refusal);
  });

  it('leave lists of other kinds alone', () => {
    desk.raw.exec(
      "INSERT INTO lists (id, name, created_at, origin) VALUES ('x', 'Calls', 0, 'real')",
    );
    expect(all()).toEqual([]);
    expect(() => lists().remove({ listId: 'x' }, link)).toThrow(Refusal);
  });
});
