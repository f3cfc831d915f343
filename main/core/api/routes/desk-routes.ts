import { z } from 'zod';
import { docsPage, STYLE_HASH } from '../docs-page.ts';
import type { OpenApiDocument } from '../openapi.ts';
import * as shapes from '../public-shapes.ts';
import { route, type Route } from '../route.ts';

const none = z.object({});

/** What the API says of itself; no token is needed, and nothing of the book is in it. */
export function deskRoutes({
  version,
  document,
}: {
  version: string;
  document: () => OpenApiDocument;
}): Route[] {
  const head = { method: 'GET', scope: null, tag: 'Desk', params: none, query: none } as const;
  return [
    route({
      ...head,
      ...{ path: '/v1/health', operationId: 'getHealth', summary: 'Whether the desk is there' },
      answer: { status: 200, description: 'It is', schema: shapes.health },
      handle: () => ({ status: 200, body: { status: 'ok', version, api: 'v1' } }),
    }),
    route({
      ...head,
      ...{ path: '/v1/openapi.json', operationId: 'getOpenApi', summary: 'This document' },
      answer: { status: 200, description: 'OpenAPI 3.1', schema: z.looseObject({}) },
      handle: () => ({ status: 200, body: document() }),
    }),
    route({
      ...head,
      ...{ path: '/v1/docs', operationId: 'getDocs', summary: 'This document as a page' },
      answer: { status: 200, description: 'HTML', schema: null },
      handle: () => ({
        status: 200,
        text: docsPage(document()),
        mediaType: 'text/html; charset=utf-8',
        styleHash: STYLE_HASH,
      }),
    }),
  ];
}
