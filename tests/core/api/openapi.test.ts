// The document that the API serves of itself.
import { Validator } from '@seriousme/openapi-schema-validator';
import { expect, test } from 'vitest';
import { WEBHOOK_EVENTS } from '../../../preload/contract/api.ts';
import { anApiDesk } from './api-desk.ts';

interface Document {
  openapi: string;
  servers: { url: string }[];
  paths: Record<string, Record<string, { operationId: string; security: unknown[] }>>;
  webhooks: object;
  components: { schemas: Record<string, object> };
}

const FLOOR = {
  '/v1/health': ['get'],
  '/v1/openapi.json': ['get'],
  '/v1/customers': ['get', 'post'],
  '/v1/customers/{id}': ['delete', 'get', 'patch'],
  '/v1/lookup': ['get'],
  '/v1/customers/{id}/timeline': ['get'],
  '/v1/customers/{id}/entries': ['post'],
  '/v1/imports': ['post'],
  '/v1/imports/{id}': ['get'],
  '/v1/customers/{id}/access-report': ['get'],
  '/v1/calls': ['get', 'post'],
  '/v1/calls/current': ['get'],
};

test('it is valid OpenAPI 3.1 and holds every address of the floor', async () => {
  const desk = await anApiDesk();
  const answer = await desk.ask('/v1/openapi.json', { token: null });
  const document = answer.json as Document;
  expect(document.openapi).toBe('3.1.0');
  expect(document.servers).toEqual([{ url: desk.url }]);
  const validator = new Validator();
  const result = await validator.validate(
    JSON.parse(answer.text) as Parameters<Validator['validate']>[0],
  );
  expect(result).toEqual({ valid: true });
  for (const [path, methods] of Object.entries(FLOOR)) {
    expect(Object.keys(document.paths[path] ?? {}).sort(), path).toEqual(methods);
  }
  expect(Object.keys(document.webhooks).sort()).toEqual([...WEBHOOK_EVENTS].sort());
  const ids = Object.values(document.paths).flatMap((methods) =>
    Object.values(methods).map(({ operationId }) => operationId),
  );
  expect(new Set(ids).size).toBe(ids.length);
  // Every reference leads somewhere.
  const names = [...answer.text.matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(
    ([, name]) => name,
  );
  expect(names.length).toBeGreaterThan(20);
  for (const name of names) expect(document.components.schemas).toHaveProperty(name ?? '');
});

test('the readable page carries no script and nothing from elsewhere', async () => {
  const desk = await anApiDesk();
  const page = await desk.ask('/v1/docs', { token: null });
  expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
  expect(page.headers['content-security-policy']).toMatch(
    /^default-src 'none'; style-src 'sha256-[^']+'; frame-ancestors 'none'/,
  );
  expect(page.text).toContain('GET /v1/lookup');
  expect(page.text).not.toMatch(/<script|src=|https?:\/\/(?!127\.0\.0\.1)/i);
});
