import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Refusal } from '../../../main/core/refusal.ts';
import { customerStory, callerContext } from '../../../preload/contract/customers.ts';
import { aMemoryDesk, type MemoryDesk } from '../support/memory-desk.ts';

const DAY = 86_400_000;
let desk: MemoryDesk;
beforeEach(() => {
  desk = aMemoryDesk();
});
afterEach(() => desk.close());

const found = (query: string) =>
  desk.customers.handlers.search({ query, limit: 50 }).map(({ name }) => name);

function refusalOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
  return 'none';
}

describe('search', () => {
  it.each(['Müller', 'mueller', 'Muller', 'mül', 'mue', 'm', 'anna m', 'müller anna'])(
    'finds Anna Müller by %s',
    (query) => {
      desk.aCustomer();
      desk.aCustomer({ name: 'Bernd Schulz' });
      expect(found(query)).toEqual(['Anna Müller']);
    },
  );

  it.each([
    '030 23125042',
    '+49 30 231 250 42',
    '0049302312',
    '23125',
    '5042',
    '(030)',
    '0302',
    '231-25',
  ])('finds a number by its part %s', (query) => {
    desk.aCustomer({ numbers: ['030 23125042'] });
    desk.aCustomer({ name: 'Bernd Schulz', numbers: ['040 66969111'] });
    expect(found(query)).toEqual(['Anna Müller']);
  });

  it('finds by company, city and e-mail', () => {
    desk.aCustomer({
      company: 'Malerbetrieb Weiß GmbH',
      city: 'Köln-Porz',
      emails: ['anna@strasse.example'],
    });
    for (const query of ['weiss', 'Koeln', 'porz', 'strasse', 'anna weiß köln'])
      expect(found(query)).toHaveLength(1);
    expect(found('anna hamburg')).toEqual([]);
  });

  it('puts a name that begins so before other matches, then the latest contact', () => {
    desk.aCustomer({ name: 'Petra Weber', company: 'Berg GmbH' });
    desk.aCustomer({ name: 'Jan Berger' });
    desk.aCustomer({ name: 'Berger, Ute' });
    const late = desk.aCustomer({ name: 'Berger, Ulf' });
    desk.aContact(late.id, desk.clock.now - DAY);
    expect(found('berg')).toEqual(['Berger, Ulf', 'Berger, Ute', 'Jan Berger', 'Petra Weber']);
  });

  it('finds nothing for nothing, and takes any text', () => {
    desk.aCustomer();
    expect(found('')).toEqual([]);
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (query) => void found(query)),
    );
  });
});

describe('changing a customer', () => {
  it('changes what is named and nothing else, and the search with it', () => {
    const { id } = desk.aCustomer({
      company: 'Weiß GmbH',
      city: 'Köln',
      numbers: ['030 23125042'],
      tags: ['neu'],
    });
    const after = desk.customers.handlers.update({
      customerId: id,
      changes: { name: 'Anna Schäfer' },
    });
    expect(after).toMatchObject({
      name: 'Anna Schäfer',
      company: 'Weiß GmbH',
      city: 'Köln',
      tags: ['neu'],
    });
    expect(after.numbers.map(({ raw }) => raw)).toEqual(['030 23125042']);
    expect(found('müller')).toEqual([]);
    expect(found('schaefer')).toEqual(['Anna Schäfer']);
    expect(found('23125042')).toHaveLength(1);
  });

  it('keeps the confirmation of numbers that stay, and their order', () => {
    const { id } = desk.aCustomer({ numbers: ['030 23125042', '0171 3920001'] });
    desk.customers.learnNumber({ number: '+493023125042', customerId: id, confirm: true });
    const { numbers } = desk.customers.handlers.update({
      customerId: id,
      changes: { numbers: ['040 66969111', '030 23125042'] },
    });
    expect(numbers.map(({ raw, confirmedAt }) => [raw, confirmedAt])).toEqual([
      ['040 66969111', null],
      ['030 23125042', desk.clock.now],
    ]);
    expect(found('3920001')).toEqual([]);
    expect(found('66969111')).toHaveLength(1);
  });

  it('refuses an unknown customer and changes nothing', () => {
    const customerId = desk.aCustomer().id.replace(/.$/, (digit) => (digit === '0' ? '1' : '0'));
    const before = desk.raw.serialize();
    const handlers = desk.customers.handlers;
    expect(refusalOf(() => handlers.update({ customerId, changes: { name: 'X' } }))).toBe(
      'NOT_FOUND',
    );
    expect(refusalOf(() => handlers.story({ customerId }))).toBe('NOT_FOUND');
    expect(refusalOf(() => handlers.timeline({ only: [], customerId, limit: 5 }))).toBe(
      'NOT_FOUND',
    );
    expect(
      refusalOf(() => desk.customers.learnNumber({ number: '030', customerId, confirm: true })),
    ).toBe('NOT_FOUND');
    expect(desk.raw.serialize().equals(before)).toBe(true);
  });
});

describe('pages', () => {
  it('give every customer once, in the order of folded names', () => {
    const names = [
      'Zoe',
      'Öztürk',
      'Ostermann',
      'Anna',
      'Ömer',
      'Anna',
      'Çelik',
      'Da Silva',
      'anna',
    ];
    for (const name of names) desk.aCustomer({ name });
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = desk.customers.handlers.list({ query: '', cursor, limit: 2 });
      expect(page.total).toBe(names.length);
      seen.push(...page.rows.map(({ name }) => name));
      cursor = page.next ?? undefined;
    } while (cursor);
    expect(seen).toEqual([
      'Anna',
      'Anna',
      'anna',
      'Çelik',
      'Da Silva',
      'Ömer',
      'Ostermann',
      'Öztürk',
      'Zoe',
    ]);
  });

  it('give every match of a query once', () => {
    for (let n = 0; n < 23; n += 1) {
      const { id } = desk.aCustomer({ name: n % 2 ? `Berger ${n}` : `Ute Berger ${n}` });
      if (n % 3 === 0) desk.aContact(id, desk.clock.now - n * DAY);
    }
    const whole = desk.customers.handlers.list({ query: 'berg', limit: 50 });
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = desk.customers.handlers.list({ query: 'berg', cursor, limit: 4 });
      seen.push(...page.rows.map(({ id }) => id));
      cursor = page.next ?? undefined;
    } while (cursor);
    expect(seen).toEqual(whole.rows.map(({ id }) => id));
    expect(whole.total).toBe(23);
  });

  it('give every contact once, newest first, even of one moment', () => {
    const { id } = desk.aCustomer();
    for (let n = 0; n < 11; n += 1) desk.aContact(id, desk.clock.now - Math.floor(n / 3) * DAY);
    const seen: { id: string; at: number }[] = [];
    let cursor: string | undefined;
    do {
      const page = desk.customers.handlers.timeline({ only: [], customerId: id, cursor, limit: 2 });
      seen.push(...page.entries);
      cursor = page.next ?? undefined;
    } while (cursor);
    expect(new Set(seen.map((entry) => entry.id)).size).toBe(11);
    expect(seen.map(({ at }) => at)).toEqual(
      seen.map(({ at }) => at).sort((one, other) => other - one),
    );
  });

  it('refuse a cursor that is malformed or belongs to another list', () => {
    const { id } = desk.aCustomer();
    desk.aCustomer();
    const { next } = desk.customers.handlers.list({ query: '', limit: 1 });
    expect(next).not.toBeNull();
    const handlers = desk.customers.handlers;
    expect(
      refusalOf(() =>
        handlers.timeline({ only: [], customerId: id, cursor: next ?? '', limit: 1 }),
      ),
    ).toBe('BAD_INPUT');
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (cursor) => {
        expect(refusalOf(() => handlers.list({ query: '', cursor, limit: 5 }))).toBe('BAD_INPUT');
      }),
    );
  });
});

describe('who is calling', () => {
  const context = (number: string | null) => desk.customers.callerContextFor({ number });

  it('knows one customer by number, and says whether it is confirmed', () => {
    const { id } = desk.aCustomer({ numbers: ['030 23125042'] });
    expect(context('+493023125042')).toMatchObject({
      match: { kind: 'known', reason: 'ownNumber' },
      country: 'DE',
    });
    desk.customers.learnNumber({ number: '+493023125042', customerId: id, confirm: true });
    const known = context('sip:03023125042@pbx.example');
    expect(known.match).toEqual({
      kind: 'known',
      learnt: true,
      reason: 'confirmedNumber',
      confirmedAt: desk.clock.now,
    });
    expect(known.story?.customer.id).toBe(id);
    expect(callerContext.parse(known)).toEqual(known);
  });

  it('offers several with reasons, and remembers the choice', () => {
    const first = desk.aCustomer({ numbers: ['030 23125042'] });
    const second = desk.aCustomer({ name: 'Bernd Müller', numbers: ['+49 30 23125042'] });
    desk.aContact(first.id, desk.clock.now - DAY);
    const order = () => {
      const { match, story } = context('+493023125042');
      expect(story).toBeNull();
      return match.kind === 'several' ? match.candidates.map(({ id, reason }) => [id, reason]) : [];
    };
    expect(order()).toEqual([
      [first.id, 'sharedNumber'],
      [second.id, 'sharedNumber'],
    ]);
    desk.customers.learnNumber({ number: '+493023125042', customerId: second.id, confirm: false });
    expect(order()).toEqual([
      [second.id, 'chosenByAgent'],
      [first.id, 'sharedNumber'],
    ]);
  });

  it('adds a confirmed number to the record, so that it is known the next time', () => {
    const { id } = desk.aCustomer();
    expect(context('+493023125042').match).toMatchObject({
      kind: 'unknown',
      earlierCalls: 0,
      lastCallAt: null,
    });
    desk.customers.learnNumber({ number: '+493023125042', customerId: id, confirm: true });
    expect(context('030 23125042').match).toMatchObject({
      kind: 'known',
      reason: 'confirmedNumber',
    });
    expect(found('23125042')).toEqual(['Anna Müller']);
  });

  it('creates nothing for an unknown or anonymous caller', () => {
    const before = desk.raw.serialize();
    expect(context('+493023125099').match.kind).toBe('unknown');
    expect(context(null).match.kind).toBe('anonymous');
    expect(context('anonymous').match.kind).toBe('anonymous');
    expect(desk.raw.serialize().equals(before)).toBe(true);
  });

  it('takes a customer who is already known from the card', () => {
    const { id } = desk.aCustomer();
    const known = desk.customers.callerContextFor({ number: '+493023125042', customerId: id });
    expect(known.match).toEqual({
      kind: 'known',
      reason: 'chosenByAgent',
      learnt: false,
      confirmedAt: null,
    });
  });
});

describe('the story', () => {
  it('holds contacts, feelings, promises, cues and a fact to start from, as the contract says', () => {
    const { id } = desk.aCustomer({ preferredTime: 'nach 17 Uhr' });
    desk.aContact(id, desk.clock.now - 3 * DAY, { end: 'joy' });
    const angry = desk.aContact(id, desk.clock.now - DAY, {
      end: 'anger',
      note: 'Niemand hat sich gemeldet.',
    });
    const promiseId = desk.aPromise(id, desk.clock.now - 2 * DAY);
    const story = desk.customers.handlers.story({ customerId: id });
    expect(customerStory.parse(story)).toEqual(story);
    expect(story).toMatchObject({ contactCount: 2, startWith: { kind: 'promise' } });
    expect(story.contacts[0]).toMatchObject({ id: angry, end: { emotion: 'anger' } });
    expect(story.feelings.last?.contactId).toBe(angry);
    expect(story.cues.map(({ rule, subject }) => [rule, subject])).toEqual([
      [1, promiseId],
      [2, angry],
    ]);
  });

  it('reads at most twenty contacts, and knows of more', () => {
    const { id } = desk.aCustomer();
    for (let n = 1; n <= 30; n += 1) desk.aContact(id, desk.clock.now - n * DAY, { end: 'joy' });
    const story = desk.customers.handlers.story({ customerId: id });
    expect(story.contacts).toHaveLength(20);
    expect(story.contactCount).toBe(30);
    expect(story.feelings.course).toHaveLength(30);
  });

  it('leaves out a feeling that the customer disputes', () => {
    const { id } = desk.aCustomer();
    const contact = desk.aContact(id, desk.clock.now - DAY, { end: 'anger' });
    desk.raw.prepare('UPDATE feelings SET disputed_at = 1 WHERE contact_id = ?').run(contact);
    const story = desk.customers.handlers.story({ customerId: id });
    expect(story.feelings.last).toBeNull();
    expect(story.cues).toEqual([]);
  });
});

describe('cues that are shown and dismissed', () => {
  it('count once for each call and each day’s card', () => {
    const { id } = desk.aCustomer({ numbers: ['030 23125042'] });
    desk.aPromise(id, desk.clock.now - 2 * DAY);
    for (let again = 0; again < 3; again += 1) {
      desk.customers.handlers.story({ customerId: id });
      desk.customers.callerContextFor({ number: '030 23125042', callId: 'call-1' });
    }
    expect(desk.cues.rules().find(({ rule }) => rule === 1)).toEqual({
      rule: 1,
      shown: 2,
      dismissed: 0,
      muted: 'no',
    });
    desk.clock.now += DAY;
    desk.customers.handlers.story({ customerId: id });
    expect(desk.cues.rules().find(({ rule }) => rule === 1)?.shown).toBe(3);
  });

  it('stay away when not true, and a rule that is mostly wrong mutes itself until it is unmuted', () => {
    const ids = Array.from({ length: 10 }, () => desk.aCustomer().id);
    const subjects = ids.map((id) => desk.aPromise(id, desk.clock.now - 2 * DAY));
    const cuesOf = (n: number) => desk.customers.handlers.story({ customerId: ids[n] ?? '' }).cues;
    for (let n = 0; n < 10; n += 1) expect(cuesOf(n)).toHaveLength(1);
    const dismiss = (n: number) =>
      desk.cues.dismiss({
        customerId: ids[n] ?? '',
        rule: 1,
        subject: subjects[n] ?? '',
        verdict: { kind: 'notTrue' },
      });
    for (let n = 0; n < 4; n += 1) dismiss(n);
    expect(cuesOf(0)).toEqual([]);
    expect(cuesOf(5)).toHaveLength(1);
    dismiss(4);
    expect(desk.cues.rules().find(({ rule }) => rule === 1)).toMatchObject({
      shown: 10,
      dismissed: 5,
      muted: 'itself',
    });
    expect(cuesOf(5)).toEqual([]);
    desk.clock.now += 1000;
    desk.cues.setMuted(1, false);
    expect(desk.cues.rules().find(({ rule }) => rule === 1)).toMatchObject({
      shown: 0,
      dismissed: 0,
      muted: 'no',
    });
    expect(cuesOf(5)).toHaveLength(1);
    expect(cuesOf(0)).toEqual([]);
  });

  it('come back when a snooze is over', () => {
    const { id } = desk.aCustomer();
    const subject = desk.aPromise(id, desk.clock.now - 5 * DAY);
    const until = desk.clock.now + DAY;
    desk.cues.dismiss({ customerId: id, rule: 1, subject, verdict: { kind: 'snooze', until } });
    expect(desk.customers.handlers.story({ customerId: id }).cues).toEqual([]);
    desk.clock.now = until;
    expect(desk.customers.handlers.story({ customerId: id }).cues).toHaveLength(1);
    expect(desk.cues.rules().find(({ rule }) => rule === 1)?.dismissed).toBe(0);
  });

  it('of an unknown customer are refused', () => {
    const customerId = '01a00000-0000-7000-8000-000000000000';
    const verdict = { kind: 'notTrue' } as const;
    expect(refusalOf(() => desk.cues.dismiss({ customerId, rule: 1, subject: 'x', verdict }))).toBe(
      'NOT_FOUND',
    );
  });
});
