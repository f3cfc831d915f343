// What another program does with customers over the API.
import { expect, test } from 'vitest';
import { anApiDesk } from './api-desk.ts';

const anna = {
  name: 'Anna Müller',
  company: 'Müller KG',
  numbers: ['030 1234567'],
  emails: ['anna@example.org'],
  tags: ['VIP'],
  city: 'Berlin',
  custom: { shoe_size: 39 },
};

test('a customer is entered, found in every way, changed, and has a timeline', async () => {
  const desk = await anApiDesk();
  const made = await desk.ask('/v1/customers', { body: anna });
  expect(made.status).toBe(201);
  const { id } = made.json as { id: string };
  expect(made.json).toMatchObject({
    ...anna,
    numbers: [{ raw: '030 1234567', e164: '+49301234567' }],
  });
  expect(made.headers['location']).toBe(`/v1/customers/${id}`);

  expect((await desk.ask(`/v1/customers/${id}`)).json).toEqual(made.json);
  const found = await desk.ask('/v1/customers?query=mueller&limit=5');
  expect(found.json).toMatchObject({ customers: [{ id }], next: null, total: 1 });
  const looked = await desk.ask(`/v1/lookup?number=${encodeURIComponent('+49 (0)30 / 123 45 67')}`);
  expect(looked.json).toMatchObject({
    e164: '+49301234567',
    match: 'known',
    customers: [{ id, name: 'Anna Müller', reason: 'ownNumber' }],
  });
  expect((await desk.ask('/v1/lookup?number=030999999')).json).toMatchObject({
    match: 'unknown',
    customers: [],
  });

  const changed = await desk.ask(`/v1/customers/${id}`, {
    method: 'PATCH',
    body: { city: 'Potsdam', custom: { shoe_size: null, hat: 'blue' } },
  });
  expect(changed.json).toMatchObject({ name: 'Anna Müller', city: 'Potsdam', tags: ['VIP'] });
  expect((changed.json as { custom: unknown }).custom).toEqual({ hat: 'blue' });

  for (const body of [
    { kind: 'note', note: 'Likes tea.' },
    { kind: 'order', subject: 'Teapot', amountCents: 4_900, externalId: 'A-1' },
    { kind: 'promise', text: 'Send the catalogue', dueAt: '2026-11-24T12:00:00+01:00' },
    { kind: 'deal', state: 'won', valueCents: 4_900, title: 'Teapot' },
  ]) {
    const stored = await desk.ask(`/v1/customers/${id}/entries`, { body });
    expect(stored.status, JSON.stringify(stored.json)).toBe(201);
    expect(stored.json).toMatchObject({ customerId: id, kind: body.kind });
  }
  const again = { kind: 'order', subject: 'Teapot, blue', amountCents: 5_100, externalId: 'A-1' };
  await desk.ask(`/v1/customers/${id}/entries`, { body: again });
  const timeline = await desk.ask(`/v1/customers/${id}/timeline`);
  const { entries } = timeline.json as { entries: { kind: string; subject: string | null }[] };
  expect(entries.filter(({ kind }) => kind === 'order').map(({ subject }) => subject)).toEqual([
    'Teapot, blue',
  ]);
  expect(entries.some(({ kind }) => kind === 'note')).toBe(true);

  const { client } = await desk.open();
  const story = await client.customers.story({ customerId: id });
  expect(story.promises).toMatchObject([
    { text: 'Send the catalogue', dueAt: Date.UTC(2026, 10, 24, 11) },
  ]);
  expect(story.deals).toMatchObject([{ state: 'won', valueCents: 4_900 }]);
});

test('several persons on one number are all named, with the reason for each', async () => {
  const desk = await anApiDesk();
  for (const name of ['Anna', 'Bert']) {
    await desk.ask('/v1/customers', { body: { name, numbers: ['030 1234567'] } });
  }
  const looked = await desk.ask('/v1/lookup?number=030%201234567');
  expect(looked.json).toMatchObject({ match: 'several' });
  expect((looked.json as { customers: unknown[] }).customers).toHaveLength(2);
});

test('a page of the book leads to the next', async () => {
  const desk = await anApiDesk();
  for (const name of ['Anna', 'Bert', 'Carla']) {
    await desk.ask('/v1/customers', { body: { name } });
  }
  const first = await desk.ask('/v1/customers?limit=2');
  const { customers, next } = first.json as { customers: { name: string }[]; next: string };
  expect(customers.map(({ name }) => name)).toEqual(['Anna', 'Bert']);
  const second = await desk.ask(`/v1/customers?limit=2&cursor=${encodeURIComponent(next)}`);
  expect(second.json).toMatchObject({ customers: [{ name: 'Carla' }], next: null, total: 3 });
});

test('what does not fit is refused with the fields, and nothing is stored', async () => {
  const desk = await anApiDesk();
  const cases: [unknown, string[]][] = [
    [{}, ['name']],
    [{ name: '  ' }, ['name']],
    [{ name: 'A', numbers: ['', 7] }, ['numbers[0]', 'numbers[1]']],
    [{ name: 'A', emails: ['nobody'] }, ['emails[0]']],
    [{ name: 'A', nickname: 'B' }, ['']],
    [{ name: 'A', custom: { 'x y': 1 } }, ['custom.x y']],
    [[], ['']],
    [null, ['']],
  ];
  for (const [body, paths] of cases) {
    const answer = await desk.ask('/v1/customers', { body });
    expect(answer.status, JSON.stringify(body)).toBe(400);
    expect(answer.headers['content-type']).toBe('application/problem+json');
    const { errors, type } = answer.json as { errors: { path: string }[]; type: string };
    expect(type).toBe('urn:anklang:problem:invalid-input');
    expect(errors.map(({ path }) => path)).toEqual(paths);
  }
  expect((await desk.ask('/v1/customers')).json).toMatchObject({ total: 0 });
  const nobody = '019ab2f0-0000-7000-8000-000000000000';
  expect((await desk.ask(`/v1/customers/${nobody}`)).status).toBe(404);
  expect((await desk.ask(`/v1/customers/${nobody}`, { method: 'PATCH', body: {} })).status).toBe(
    404,
  );
  const entry = { kind: 'note', note: 'x' };
  expect((await desk.ask(`/v1/customers/${nobody}/entries`, { body: entry })).status).toBe(404);
});
