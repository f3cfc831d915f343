// The customers' part of core over a database in memory.
import Sqlite from 'better-sqlite3';
import { cueStore } from '../../../main/core/cues/cue-store.ts';
import { createCleanBook } from '../../../main/core/customers/clean-book/clean-book.ts';
import { createCustomers } from '../../../main/core/customers/customers.ts';
import { deskDatabaseOver } from '../../../main/core/database/desk-database.ts';
import { MIGRATIONS } from '../../../main/core/database/migrate.ts';
import { createDesk } from '../../../main/core/desk/waiting.ts';
import { newId } from '../../../main/core/ids.ts';
import { createMeasureStore } from '../../../main/core/kpi/measure-store.ts';
import { createSample } from '../../../main/core/sample/sample.ts';
import type { CoreEvent } from '../../../preload/contract/contract.ts';
import type { CustomerInput } from '../../../preload/contract/customers.ts';
import type { Emotion, Origin } from '../../../preload/contract/vocabulary.ts';

export type MemoryDesk = ReturnType<typeof aMemoryDesk>;

interface MemoryDeskOptions {
  now?: number;
  language?: 'de' | 'en';
  /** Begins with all that another one holds. */
  copyOf?: { raw: Sqlite.Database; agentId: string };
}

export function aMemoryDesk(options: MemoryDeskOptions = {}) {
  const raw = options.copyOf ? new Sqlite(options.copyOf.raw.serialize()) : new Sqlite(':memory:');
  raw.pragma('foreign_keys = ON');
  if (!options.copyOf) for (const { sql } of MIGRATIONS) raw.exec(sql);
  const database = deskDatabaseOver(raw);
  const clock = { now: options.now ?? Date.UTC(2026, 10, 23, 9) };
  const now = () => clock.now;
  const settings = () => ({
    country: 'DE',
    zone: 'Europe/Berlin',
    currency: 'EUR',
    language: options.language ?? 'de',
  });
  const agentId = options.copyOf?.agentId ?? newId();
  const events: CoreEvent[] = [];
  const publish = (event: CoreEvent) => void events.push(event);
  raw
    .prepare(
      "INSERT INTO agents (id, name, me, created_at, origin) VALUES (?, 'Ich', 1, 0, 'real') ON CONFLICT DO NOTHING",
    )
    .run(agentId);
  const common = { database, now, newId: () => newId(), agentId: () => agentId };
  const cues = cueStore({ ...common, changed: () => undefined });
  const customers = createCustomers({
    ...{ ...common, settings, publish, cues },
    ignored: () => null,
  });
  const book = createCleanBook({
    ...common,
    ...{ customers, publish },
    country: () => settings().country,
  });
  const desk = createDesk({
    database,
    settings,
    agentId: () => agentId,
    now,
    missedCalls: () => [],
  });
  const measures = createMeasureStore(database);
  const aSample = () =>
    createSample({
      ...{ database, settings, agentId, now, publish },
      insertCustomer: customers.insert,
      refreshSummary: customers.refreshSummary,
      addMeasures: measures.add,
      forgetCounts() {
        customers.forgetCount();
        desk.forgetCounts();
      },
    });
  const sample = aSample();

  return {
    ...{ raw, database, clock, agentId, events, cues, customers, book, desk, sample },
    /** The sample book's service as it is after a new start on the same data. */
    again: () => ({ sample: aSample() }),
    close() {
      cues.flush();
      raw.close();
    },

    aCustomer: (input: Partial<CustomerInput> = {}) =>
      customers.handlers.create({
        ...{
          name: 'Anna Müller',
          company: null,
          city: null,
          emails: [],
          numbers: [],
          tags: [],
          preferredTime: null,
          street: null,
          postalCode: null,
          country: null,
          externalId: null,
          organisationId: null,
          householdId: null,
          custom: {},
        },
        ...input,
      }),

    /** A contact of the past, felt or not. */
    aContact(
      customerId: string,
      at: number,
      more: { end?: Emotion; agentId?: string; origin?: Origin; note?: string } = {},
    ) {
      const id = newId();
      const by = more.agentId ?? agentId;
      const origin = more.origin ?? 'real';
      raw
        .prepare(
          `INSERT INTO contacts (id, customer_id, kind, direction, at, zone, note, outcome, agent_id, origin)
           VALUES (?, ?, 'call', 'inbound', ?, 'Europe/Berlin', ?, 'reached', ?, ?)`,
        )
        .run(id, customerId, at, more.note ?? null, by, origin);
      if (more.end) {
        raw
          .prepare(
            `INSERT INTO feelings (id, contact_id, customer_id, part, emotion, intensity, at, agent_id, origin)
             VALUES (?, ?, ?, 'end', ?, 1, ?, ?, ?)`,
          )
          .run(newId(), id, customerId, more.end, at, by, origin);
      }
      customers.refreshSummary(customerId);
      return id;
    },

    aPromise(
      customerId: string,
      dueAt: number,
      more: { contactId?: string; ownerId?: string; origin?: Origin } = {},
    ) {
      const id = newId();
      raw
        .prepare(
          `INSERT INTO promises (id, customer_id, contact_id, agent_id, owner_id, text, made_at, due_at, first_due_at,
             state, origin) VALUES (?, ?, ?, ?, ?, 'Angebot schicken', ?, ?, ?, 'open', ?)`,
        )
        .run(
          ...[
            id,
            customerId,
            more.contactId ?? null,
            agentId,
            more.ownerId ?? agentId,
            clock.now - 1000,
            dueAt,
            dueAt,
          ],
          more.origin ?? 'real',
        );
      return id;
    },
  };
}
