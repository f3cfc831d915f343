import { afterEach, beforeEach, expect, it } from 'vitest';
import { endOfZonedDay } from '../../../main/core/desk/day-edge.ts';
import { aMemoryDesk, type MemoryDesk } from '../support/memory-desk.ts';

const DAY = 86_400_000;
let desk: MemoryDesk;
beforeEach(() => {
  desk = aMemoryDesk();
});
afterEach(() => desk.close());

const waiting = () => desk.desk.handlers.waiting();

it('lists the agent’s promises that are overdue or due today, the oldest first', () => {
  const { id } = desk.aCustomer();
  const tonight = Date.UTC(2026, 10, 23, 22, 59);
  const today = desk.aPromise(id, tonight);
  const overdue = desk.aPromise(id, desk.clock.now - 3 * DAY);
  desk.aPromise(id, tonight + 2 * 60_000);
  desk.aPromise(id, desk.clock.now, { ownerId: 'another agent' });
  expect(waiting()).toMatchObject({
    due: [{ id: overdue, customerName: 'Anna Müller' }, { id: today }],
    dueCount: 2,
  });
});

it('lists who is to be made good with, until the customer is content again', () => {
  const { id } = desk.aCustomer();
  const bad = desk.clock.now - 9 * DAY;
  desk.aContact(id, bad, { end: 'anger', note: 'Niemand hat sich gemeldet.' });
  expect(waiting()).toMatchObject({
    makeGood: [
      {
        customerId: id,
        name: 'Anna Müller',
        at: bad,
        emotion: 'anger',
        quote: 'Niemand hat sich gemeldet.',
      },
    ],
    makeGoodCount: 1,
  });
  desk.aContact(id, desk.clock.now - DAY, { end: 'relief' });
  expect(waiting()).toMatchObject({ makeGood: [], makeGoodCount: 0 });
});

it('lists who was pleased and has been silent for 180 days', () => {
  const quiet = desk.aCustomer({ name: 'Still' });
  const recent = desk.aCustomer({ name: 'Neulich' });
  const sour = desk.aCustomer({ name: 'Sauer' });
  desk.aContact(quiet.id, desk.clock.now - 180 * DAY, { end: 'joy' });
  desk.aContact(recent.id, desk.clock.now - 180 * DAY + 1, { end: 'joy' });
  desk.aContact(sour.id, desk.clock.now - 200 * DAY, { end: 'worry' });
  expect(waiting()).toMatchObject({
    quiet: [{ customerId: quiet.id, emotion: 'joy' }],
    quietCount: 1,
  });
});

it('does not let an unanswered attempt break the silence', () => {
  const { id } = desk.aCustomer();
  desk.aContact(id, desk.clock.now - 200 * DAY, { end: 'joy' });
  const attempt = desk.aContact(id, desk.clock.now - DAY);
  expect(waiting().quietCount).toBe(0);
  desk.raw.prepare("UPDATE contacts SET outcome = 'noAnswer' WHERE id = ?").run(attempt);
  desk.customers.refreshSummary(id);
  desk.desk.forgetCounts();
  expect(waiting()).toMatchObject({
    quietCount: 1,
    quiet: [{ lastContactAt: desk.clock.now - 200 * DAY }],
  });
});

it('knows days of 23 and 25 hours', () => {
  const springBegins = Date.UTC(2026, 2, 28, 23);
  expect(endOfZonedDay(springBegins, 'Europe/Berlin') - springBegins).toBe(23 * 3_600_000);
  const autumnBegins = Date.UTC(2026, 9, 24, 22);
  expect(endOfZonedDay(autumnBegins, 'Europe/Berlin') - autumnBegins).toBe(25 * 3_600_000);
});
