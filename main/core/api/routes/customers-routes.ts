import type { Readable } from 'node:stream';
import { z } from 'zod';
import type {
  CallerContext,
  Customer,
  CustomerChanges,
  CustomerInput,
  TimelineEntry,
} from '../../../../preload/contract/customers.ts';
import { cursor, id } from '../../../../preload/contract/shapes.ts';
import type { MatchReason } from '../../../../preload/contract/vocabulary.ts';
import type { EntryWriter } from '../entries.ts';
import { ApiProblem } from '../problem.ts';
import * as shapes from '../public-shapes.ts';
import { route, type Route } from '../route.ts';

/** Customers as the API uses them. */
export interface ApiCustomers {
  /** Each of these refuses with NOT_FOUND what is not there. */
  find(customerId: string): Customer;
  create(input: CustomerInput): Customer;
  update(customerId: string, changes: CustomerChanges): Customer;
  list(
    query: string,
    cursor: string | undefined,
    limit: number,
  ): { rows: { id: string }[]; next: string | null; total: number };
  /** Who has this number; counts no cue as shown. */
  lookUp(number: string | null): CallerContext;
  timeline(
    customerId: string,
    cursor: string | undefined,
    limit: number,
  ): { entries: TimelineEntry[]; next: string | null };
}

/** Rights of customers; null where this desk has no such part. */
export interface ApiRights {
  /** Everything that the desk knows of the customer, as JSON. */
  accessReport(customerId: string): Readable;
  /** Removes the customer for good. */
  erase(customerId: string): unknown;
}

interface CustomerRoutesDependencies {
  customers: ApiCustomers;
  entries: EntryWriter;
  rights: ApiRights | null;
}

const none = z.object({});
const ofCustomer = z.object({ id });
const limit = z.coerce.number().int().min(1).max(100);

export function customerRoutes({
  customers,
  entries,
  rights,
}: CustomerRoutesDependencies): Route[] {
  return [
    route({
      ...{ method: 'GET', path: '/v1/customers', scope: 'customers:read', tag: 'Customers' },
      operationId: 'listCustomers',
      summary: 'The book, or what fits a search',
      params: none,
      query: z.object({
        query: z.string().max(200).default(''),
        limit: limit.default(50),
        cursor: cursor.optional(),
      }),
      answer: { status: 200, description: 'A page of customers', schema: shapes.customerList },
      handle({ query }) {
        const page = customers.list(query.query, query.cursor, query.limit);
        const found = page.rows.map((row) => publicCustomer(customers.find(row.id)));
        return { status: 200, body: { customers: found, next: page.next, total: page.total } };
      },
    }),
    route({
      ...{ method: 'POST', path: '/v1/customers', scope: 'customers:write', tag: 'Customers' },
      operationId: 'createCustomer',
      summary: 'Enters a customer',
      params: none,
      query: none,
      body: shapes.newCustomer,
      answer: { status: 201, description: 'The customer as stored', schema: shapes.customer },
      handle({ body }) {
        const made = customers.create({ ...body, organisationId: null, householdId: null });
        return {
          status: 201,
          body: publicCustomer(made),
          headers: { location: `/v1/customers/${made.id}` },
        };
      },
    }),
    route({
      ...{ method: 'GET', path: '/v1/customers/{id}', scope: 'customers:read', tag: 'Customers' },
      operationId: 'getCustomer',
      summary: 'One customer',
      params: ofCustomer,
      query: none,
      answer: { status: 200, description: 'The customer', schema: shapes.customer },
      handle: ({ params }) => ({ status: 200, body: publicCustomer(customers.find(params.id)) }),
    }),
    route({
      ...{ method: 'PATCH', path: '/v1/customers/{id}', scope: 'customers:write' },
      tag: 'Customers',
      operationId: 'changeCustomer',
      summary: 'Changes the named fields',
      description:
        'Fields that are left out stay as they are. In `custom` only the named fields are set; null takes one away.',
      params: ofCustomer,
      query: none,
      body: shapes.customerPatch,
      answer: { status: 200, description: 'The customer as stored', schema: shapes.customer },
      handle({ params, body }) {
        customers.find(params.id);
        return { status: 200, body: publicCustomer(customers.update(params.id, body)) };
      },
    }),
    route({
      ...{ method: 'DELETE', path: '/v1/customers/{id}', scope: 'rights', tag: 'Rights' },
      operationId: 'eraseCustomer',
      summary: 'Erases a customer for good',
      description:
        'With everything that names the person: contacts, recordings, search, deliveries of webhooks. It cannot be taken back.',
      params: ofCustomer,
      query: none,
      answer: { status: 204, description: 'Erased', schema: null },
      problems: ['not-available'],
      async handle({ params }) {
        if (rights === null) throw new ApiProblem('not-available');
        customers.find(params.id);
        await rights.erase(params.id);
        return { status: 204 };
      },
    }),
    route({
      ...{ method: 'GET', path: '/v1/customers/{id}/access-report', scope: 'rights' },
      tag: 'Rights',
      operationId: 'getAccessReport',
      summary: 'Everything that the desk knows of a customer',
      params: ofCustomer,
      query: none,
      answer: { status: 200, description: 'The report', schema: z.looseObject({}) },
      problems: ['not-available'],
      handle({ params }) {
        if (rights === null) throw new ApiProblem('not-available');
        customers.find(params.id);
        return { status: 200, json: rights.accessReport(params.id) };
      },
    }),
    route({
      ...{ method: 'GET', path: '/v1/lookup', scope: 'customers:read', tag: 'Customers' },
      operationId: 'lookUpNumber',
      summary: 'Who has this number',
      description:
        'The number may be written in any way: with or without country code, spaces, brackets.',
      params: none,
      query: z.object({ number: z.string().trim().min(1).max(100) }),
      answer: { status: 200, description: 'Whoever has it', schema: shapes.lookup },
      handle({ query }) {
        const context = customers.lookUp(query.number);
        const reasons = reasonsIn(context);
        return {
          status: 200,
          body: {
            ...{ number: context.number, e164: context.e164, country: context.country },
            match: context.match.kind,
            customers: [...reasons].map(([customerId, reason]) => ({
              ...publicCustomer(customers.find(customerId)),
              reason,
            })),
          },
        };
      },
    }),
    route({
      ...{ method: 'GET', path: '/v1/customers/{id}/timeline', scope: 'customers:read' },
      tag: 'Customers',
      operationId: 'getTimeline',
      summary: 'What happened with a customer, newest first',
      params: ofCustomer,
      query: z.object({ limit: limit.default(50), cursor: cursor.optional() }),
      answer: { status: 200, description: 'A page of entries', schema: shapes.timeline },
      handle({ params, query }) {
        customers.find(params.id);
        return { status: 200, body: customers.timeline(params.id, query.cursor, query.limit) };
      },
    }),
    route({
      ...{ method: 'POST', path: '/v1/customers/{id}/entries', scope: 'customers:write' },
      tag: 'Customers',
      operationId: 'addEntry',
      summary: 'Adds to the timeline: a note, an order, a deal, a promise, a callback …',
      description:
        'With `externalId` the same entry may be sent again: it is changed, not doubled. A deal decides the open one of the customer where there is one. A callback or voicemail waits in the list of what is to be called back, with its due time and owner; the sound of a voicemail goes to `/v1/voicemails`.',
      params: ofCustomer,
      query: none,
      body: shapes.newEntry,
      answer: { status: 201, description: 'What was stored', schema: shapes.storedEntry },
      handle({ params, body }) {
        customers.find(params.id);
        return { status: 201, body: entries.add(params.id, body) };
      },
    }),
  ];
}

export function publicCustomer(customer: Customer): shapes.PublicCustomer {
  const { organisationId: _organisation, householdId: _household, numbers, ...fields } = customer;
  return { ...fields, numbers: numbers.map(({ raw, e164, label }) => ({ raw, e164, label })) };
}

function reasonsIn({ match, story }: CallerContext): Map<string, MatchReason> {
  if (match.kind === 'several') {
    return new Map(match.candidates.map((candidate) => [candidate.id, candidate.reason]));
  }
  return match.kind === 'known' && story ? new Map([[story.customer.id, match.reason]]) : new Map();
}
