// The OpenAPI 3.1 document, made from the routes and from zod's own JSON Schema (draft 2020-12, which
// is what OpenAPI 3.1 speaks). What is served is what is documented.
import { z } from 'zod';
import { WEBHOOK_EVENTS } from '../../../preload/contract/api.ts';
import { PROBLEMS, PROBLEM_TYPE, type ProblemName } from './problem.ts';
import { NAMED_SHAPES } from './public-shapes.ts';
import type { Route } from './route.ts';
import { EVENT_SHAPES, SIGNATURE_HEADER } from './webhooks/webhook-events.ts';

type Json = Record<string, unknown>;

interface Content {
  schema: Json;
}

export interface Operation {
  operationId: string;
  summary: string;
  description?: string;
  tags: string[];
  security: Record<string, string[]>[];
  parameters?: { name: string; in: string; required: boolean; schema: Json }[];
  requestBody?: { required: boolean; content: Record<string, Content> };
  responses: Record<string, { description: string; content?: Record<string, Content> }>;
}

export interface OpenApiDocument {
  openapi: '3.1.0';
  info: { title: string; version: string; description: string; license: Json };
  servers: { url: string }[];
  tags: { name: string }[];
  paths: Record<string, Record<string, Operation>>;
  webhooks: Record<string, Record<string, unknown>>;
  components: { schemas: Record<string, Json>; securitySchemes: Json };
}

/** Every address knows these; they are described once. */
const EVERYWHERE: readonly ProblemName[] = [
  'bad-request',
  'unauthorized',
  'forbidden',
  'too-many-requests',
  'internal',
];

const DESCRIPTION = `The desk of one agent, as other programs on the same machine may use it.
Every request carries \`Authorization: Bearer <token>\`; tokens are made in Settings, Connections, and each may do only what its scopes say.
Times are UTC epoch milliseconds, durations milliseconds, money integer cents. Errors are problem documents (RFC 9457).`;

/** @param address of the server, for example `http://127.0.0.1:41234` */
export function openApiDocument(
  routes: readonly Route[],
  { version, address }: { version: string; address: string },
): OpenApiDocument {
  const paths: OpenApiDocument['paths'] = {};
  for (const route of routes) {
    (paths[route.path] ??= {})[route.method.toLowerCase()] = operationOf(route);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Anklang desk',
      version,
      description: DESCRIPTION,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: address }],
    tags: [...new Set(routes.map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    webhooks: Object.fromEntries(WEBHOOK_EVENTS.map((type) => [type, webhookOf(type)])),
    components: {
      schemas: namedSchemas(),
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'Made in Settings, Connections.' },
      },
    },
  };
}

function operationOf(route: Route): Operation {
  const { status, description, schema } = route.answer;
  const parameters = [
    ...parametersOf(route.params, 'path', namesIn(route.path)),
    ...parametersOf(route.query, 'query', Object.keys(route.query.shape)),
  ];
  const problems = [...EVERYWHERE, ...bodyProblems(route), ...(route.problems ?? [])];
  const mediaTypes = ['application/json', ...(route.alsoAs ?? [])];
  const needed = route.scope === null ? [] : [`Needs the scope \`${route.scope}\`.`];
  const words = [route.description, ...needed].filter((text) => text !== undefined).join(' ');
  return {
    operationId: route.operationId,
    summary: route.summary,
    ...(words === '' ? {} : { description: words }),
    tags: [route.tag],
    security: route.scope === null ? [] : [{ token: [] }],
    ...(parameters.length > 0 ? { parameters } : {}),
    ...bodyOf(route),
    responses: {
      [String(status)]: {
        description,
        ...(schema === null
          ? {}
          : {
              content: Object.fromEntries(
                mediaTypes.map((type, index) => [
                  type,
                  { schema: index === 0 ? schemaOf(schema, 'output') : { type: 'string' } },
                ]),
              ),
            }),
      },
      ...problemResponses(problems, route),
    },
  };
}

function bodyProblems(route: Route): ProblemName[] {
  if (route.body === undefined && route.stream === undefined) {
    return namesIn(route.path).length > 0 ? ['not-found'] : [];
  }
  return ['not-found', 'body-too-large', 'unsupported-media-type', 'too-slow'];
}

function problemResponses(problems: readonly ProblemName[], route: Route): Operation['responses'] {
  const byStatus = new Map<number, ProblemName[]>();
  for (const name of problems) {
    if (route.scope === null && (name === 'unauthorized' || name === 'forbidden')) continue;
    const { status } = PROBLEMS[name];
    byStatus.set(status, [...(byStatus.get(status) ?? []), name]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, names]) => [
      String(status),
      {
        description: names.map((name) => PROBLEMS[name].title).join(' '),
        content: { [PROBLEM_TYPE]: { schema: schemaOf(NAMED_SHAPES.Problem, 'output') } },
      },
    ]),
  );
}

function bodyOf(route: Route): Pick<Operation, 'requestBody'> {
  if (route.stream !== undefined) {
    const content = route.stream.map((type) => [type, { schema: streamedSchema(route, type) }]);
    return { requestBody: { required: true, content: Object.fromEntries(content) } };
  }
  if (route.body === undefined) return {};
  const schema = schemaOf(route.body, 'input');
  return { requestBody: { required: true, content: { 'application/json': { schema } } } };
}

const BINARY = { type: 'string', format: 'binary' };

function streamedSchema({ form }: Route, type: string): Json {
  if (type.startsWith('text/')) return { type: 'string' };
  if (form === undefined || type !== 'multipart/form-data') return BINARY;
  const words = plainSchema(form.words, 'input');
  const properties = { ...(words['properties'] as Json), [form.file]: BINARY };
  return { ...words, properties, required: [form.file] };
}

function parametersOf(schema: z.ZodType, place: 'path' | 'query', names: readonly string[]) {
  if (names.length === 0) return [];
  const json = plainSchema(schema, 'input');
  const properties = (json['properties'] ?? {}) as Record<string, Json>;
  const required = (json['required'] ?? []) as string[];
  return names.map((name) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: properties[name] ?? { type: 'string' },
  }));
}

const namesIn = (path: string): string[] =>
  [...path.matchAll(/\{(\w+)\}/gu)].map(([, name = '']) => name);

/** A reference where the schema has a name. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const name = nameOf(schema);
  return name === null ? plainSchema(schema, io) : { $ref: `#/components/schemas/${name}` };
}

function nameOf(schema: z.core.$ZodType): string | null {
  const entry = Object.entries<z.core.$ZodType>(NAMED_SHAPES).find(([, known]) => known === schema);
  return entry?.[0] ?? null;
}

/** What comes in is described as input, what goes out as output. */
const INCOMING = new Set(['NewCustomer', 'CustomerPatch', 'NewEntry', 'NewCallback', 'Dial']);

function namedSchemas(): Record<string, Json> {
  return Object.fromEntries([
    ...Object.entries(NAMED_SHAPES).map(([name, schema]): [string, Json] => [
      name,
      plainSchema(schema, INCOMING.has(name) ? 'input' : 'output'),
    ]),
    ...Object.entries(EVENT_SHAPES).map(([type, schema]): [string, Json] => [
      eventName(type),
      plainSchema(schema, 'output'),
    ]),
  ]);
}

/** Schemas with names become references, also within others. */
function plainSchema(schema: z.ZodType, io: 'input' | 'output'): Json {
  const made = z.toJSONSchema(schema, {
    io,
    target: 'draft-2020-12',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema, path }) => {
      const name = path.length === 0 ? null : nameOf(zodSchema);
      if (name === null) return;
      for (const key of Object.keys(jsonSchema)) delete jsonSchema[key as keyof typeof jsonSchema];
      jsonSchema.$ref = `#/components/schemas/${name}`;
    },
  }) as Json;
  const { $schema: _, ...json } = made;
  return json;
}

/** `call.ended` → `CallEndedEvent`. */
function eventName(type: string): string {
  const words = type.split('.').map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return `${words.join('')}Event`;
}

function webhookOf(type: string): Record<string, unknown> {
  return {
    post: {
      operationId: `on${eventName(type)}`,
      summary: `${type} happened`,
      description: `Signed: \`${SIGNATURE_HEADER}: t=<unix seconds>,v1=<hex of HMAC-SHA256 over "t.body" with the webhook's secret>\`. Answer 2xx within 10 seconds; other answers are tried again for 24 hours. The same id may come twice.`,
      security: [],
      parameters: [
        { name: SIGNATURE_HEADER, in: 'header', required: true, schema: { type: 'string' } },
      ],
      requestBody: {
        required: true,
        content: {
          'application/json': { schema: { $ref: `#/components/schemas/${eventName(type)}` } },
        },
      },
      responses: { '2XX': { description: 'Taken' } },
    },
  };
}
