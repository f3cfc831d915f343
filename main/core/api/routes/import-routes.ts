import { z } from 'zod';
import { ApiProblem } from '../problem.ts';
import * as shapes from '../public-shapes.ts';
import { bodyParts, mediaTypeOf } from '../request-body.ts';
import { route, type Route } from '../route.ts';

/** The import, as the API starts and watches it; null where this desk has no such part. */
export interface ApiImports {
  /**
   * Takes the file in while it arrives and answers once it is there. `mapping` names a stored one;
   * refused with NOT_FOUND or BAD_INPUT.
   */
  start(file: {
    kind: 'csv' | 'vcard';
    parts: AsyncIterable<Uint8Array>;
    dryRun: boolean;
    mapping: string | null;
  }): Promise<shapes.ImportState>;
  /** null when there is no such import. */
  status(importId: string): shapes.ImportState | null;
}

/** More than a million rows of 1 KiB. */
const LARGEST_FILE_BYTES = 2 * 1024 * 1024 * 1024;
const IDLE_MS = 30_000;
const VCARD = ['text/vcard', 'text/x-vcard', 'text/directory'];

const yes = z
  .enum(['true', 'false', '1', '0', ''])
  .transform((text) => text !== 'false' && text !== '0')
  .meta({ type: 'boolean' });

export function importRoutes(imports: ApiImports | null): Route[] {
  const none = z.object({});
  return [
    route({
      ...{ method: 'POST', path: '/v1/imports', scope: 'imports', tag: 'Imports' },
      operationId: 'startImport',
      summary: 'Brings in a file of customers',
      description:
        'The body is the file itself. With `dryRun` nothing is stored. `mapping` names a mapping that the desk keeps; without one the columns are recognised by their headers.',
      params: none,
      query: z.object({ dryRun: yes.optional(), mapping: z.string().min(1).max(200).optional() }),
      stream: ['text/csv', ...VCARD],
      largestBytes: LARGEST_FILE_BYTES,
      answer: { status: 202, description: 'The import goes on', schema: shapes.importState },
      problems: ['not-available'],
      async handle({ query, request }) {
        if (imports === null) throw new ApiProblem('not-available');
        const state = await imports.start({
          kind: mediaTypeOf(request) === 'text/csv' ? 'csv' : 'vcard',
          parts: bodyParts(request, { largestBytes: LARGEST_FILE_BYTES, idleMs: IDLE_MS }),
          dryRun: query.dryRun ?? false,
          mapping: query.mapping ?? null,
        });
        return {
          status: 202,
          body: state,
          headers: { location: `/v1/imports/${state.id}` },
        };
      },
    }),
    route({
      ...{ method: 'GET', path: '/v1/imports/{id}', scope: 'imports', tag: 'Imports' },
      operationId: 'getImport',
      summary: 'How far an import is',
      params: z.object({ id: z.string().max(100) }),
      query: none,
      answer: { status: 200, description: 'Its state', schema: shapes.importState },
      problems: ['not-available'],
      handle({ params }) {
        if (imports === null) throw new ApiProblem('not-available');
        const state = imports.status(params.id);
        if (!state) throw new ApiProblem('not-found');
        return { status: 200, body: state };
      },
    }),
  ];
}
