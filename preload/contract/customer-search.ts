// What a search answers, and searches that are kept as lists.
import { oc } from '@orpc/contract';
import { z } from 'zod';
import { customerHit } from './customers.ts';
import { ERRORS } from './errors.ts';
import { id, instant, name } from './shapes.ts';

const procedure = oc.errors(ERRORS);
const nothing = z.object({});

/** What to mark in a text: [start, end) in UTF-16 units, in rising order, apart from each other. */
export const marks = z.array(z.tuple([z.int().min(0), z.int().min(0)])).max(100);
export type Marks = z.output<typeof marks>;

export const FOUND_FIELDS = ['number', 'email', 'tag', 'note'] as const;

/** A customer as a search finds it, with what fits in the original spelling. */
export const foundCustomer = customerHit.extend({
  marks: z.object({ name: marks, company: marks, city: marks }),
  /** What fits outside of these: a number or an address as stored, a tag, a piece of a note. */
  found: z.object({ field: z.enum(FOUND_FIELDS), text: z.string(), marks }).nullable(),
});
export type FoundCustomer = z.output<typeof foundCustomer>;

/** Something typed that could not be meant as it stands; the rest was searched for all the same. */
export const searchHint = z.object({
  code: z.enum(['unknownOperator', 'unknownValue', 'missingValue']),
  /** As typed, and which of the operators it is. */
  operator: z.string(),
  means: z.enum(['tag', 'city', 'promise', 'feeling']).nullable(),
  value: z.string(),
});
export type SearchHint = z.output<typeof searchHint>;

/** How many rows of the book the search knows already; null when it knows all. */
export const indexing = z.object({ done: z.int().min(0), total: z.int().min(0) }).nullable();

const query = z.string().trim().min(1).max(200);

/** A saved search: its members are who fits now. */
export const customerList = z.object({
  id,
  name: z.string(),
  query: z.string(),
  createdAt: instant,
});
export type CustomerList = z.output<typeof customerList>;

export const customerLists = {
  /** By name. */
  all: procedure.input(nothing.default({})).output(z.array(customerList).max(100)),
  /** Refused with BUSY (with: lists) when there are a hundred. */
  save: procedure.input(z.object({ name, query })).output(customerList),
  rename: procedure.input(z.object({ listId: id, name })).output(customerList),
  remove: procedure.input(z.object({ listId: id })).output(nothing),
  /** How many fit now, of which at most 2,000 are counted. */
  count: procedure.input(z.object({ listId: id })).output(z.object({ count: z.int().min(0) })),
};
