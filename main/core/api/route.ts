// One address of the API: what it takes, what it answers, who may ask. The server, the OpenAPI document
// and the readable page are made from the same list.
import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import type { z } from 'zod';
import type { ApiScope } from '../../../preload/contract/api.ts';
import type { Bearer } from './api-tokens.ts';
import type { ProblemName } from './problem.ts';

export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

export interface JsonAnswer {
  status: 200 | 201 | 202 | 204;
  body?: unknown;
  headers?: Readonly<Record<string, string>>;
}
/** Something else than JSON, such as a page. */
export interface TextAnswer {
  status: 200;
  text: string;
  mediaType: string;
  /** The only style element that the answer may carry. */
  styleHash?: string;
}
/** A large JSON text that comes piece by piece. */
export interface StreamAnswer {
  status: 200;
  json: Readable;
}
export type Answer = JsonAnswer | TextAnswer | StreamAnswer;

interface Asked<Params, Query, Body> {
  params: Params;
  query: Query;
  body: Body;
  /** null on addresses that need no token. */
  bearer: Bearer;
  /** Aborts when the other program has gone. */
  gone: AbortSignal;
  request: IncomingMessage;
}

interface Description {
  method: Method;
  /** With places such as `{id}`. */
  path: string;
  /** null: no token is needed. */
  scope: ApiScope | null;
  tag: 'Desk' | 'Customers' | 'Calls' | 'Imports' | 'Rights' | 'Work';
  operationId: string;
  summary: string;
  description?: string;
  /** The good answer and its schema; null when it has no JSON body. */
  answer: { status: 200 | 201 | 202 | 204; description: string; schema: z.ZodType | null };
  /** Other media types of the good answer. */
  alsoAs?: readonly string[];
  /** Problems beside those that every address knows. */
  problems?: readonly ProblemName[];
}

interface Bodies<Body extends z.ZodType> {
  /** A body in JSON. */
  body?: Body;
  /** Media types of a body that the handler reads itself as a stream. */
  stream?: readonly string[];
  /** Where one of them is a form: its fields, and the name of the file among them. */
  form?: { words: z.ZodObject; file: string };
  largestBytes?: number;
}

export interface Route extends Description {
  params: z.ZodType;
  query: z.ZodObject;
  body?: z.ZodType;
  stream?: readonly string[];
  form?: { words: z.ZodObject; file: string };
  largestBytes?: number;
  handle: (asked: Asked<never, never, never>) => Answer | Promise<Answer>;
}

/** Keeps the types of one route together: the handler gets what its schemas let through. */
export function route<
  Params extends z.ZodType,
  Query extends z.ZodObject,
  Body extends z.ZodType = z.ZodUndefined,
>(
  one: Description &
    Bodies<Body> & {
      params: Params;
      query: Query;
      handle: (
        asked: Asked<z.output<Params>, z.output<Query>, z.output<Body>>,
      ) => Answer | Promise<Answer>;
    },
): Route {
  return one;
}

export interface Found {
  route: Route;
  params: Record<string, string>;
}

/** Finds the route of a path; `allowed` are the methods that the path knows. */
export function findRoute(
  routes: readonly Route[],
  method: string,
  path: string,
): { found: Found | null; allowed: Method[] } {
  const steps = path.split('/');
  const allowed: Method[] = [];
  let found: Found | null = null;
  for (const each of routes) {
    const params = paramsOf(each.path.split('/'), steps);
    if (params === null) continue;
    allowed.push(each.method);
    // A fixed step is meant before a place: /calls/current before /calls/{id}.
    if (each.method === method) found ??= { route: each, params };
  }
  return { found, allowed };
}

function paramsOf(
  pattern: readonly string[],
  steps: readonly string[],
): Record<string, string> | null {
  if (pattern.length !== steps.length) return null;
  const params: Record<string, string> = {};
  for (const [index, wanted] of pattern.entries()) {
    const step = steps[index] ?? '';
    const place = /^\{(\w+)\}$/u.exec(wanted)?.[1];
    if (place === undefined ? wanted !== step : step === '') return null;
    if (place !== undefined) params[place] = step;
  }
  return params;
}
