// Callbacks and voicemails: work that other programs give to the agents of this desk.
import { z } from 'zod';
import type { Agent } from '../../../../preload/contract/contract.ts';
import { id } from '../../../../preload/contract/shapes.ts';
import type { WorkItem } from '../../../../preload/contract/work.ts';
import { ApiProblem, pathInWords } from '../problem.ts';
import { route, type Route } from '../route.ts';
import {
  FORM,
  FORM_OVERHEAD_BYTES,
  SOUND_FIELD,
  SOUND_TYPES,
  soundReader,
} from '../sound-upload.ts';
import * as shapes from '../work-shapes.ts';

interface AskedWork {
  customerId: string | null;
  number: string | null;
  note: string | null;
  dueAt: number | null;
  ownerId: string | null;
  externalId: string | null;
}

/** Work as the API gives and reads it. Each refuses what is not there with NOT_FOUND. */
export interface ApiWork {
  addCallback(asked: AskedWork & { at?: number }): WorkItem;
  addVoicemail(
    left: AskedWork & { at: number; audio: { type: string; bytes: Uint8Array } },
  ): Promise<WorkItem>;
  find(workId: string): WorkItem;
  agents(): Agent[];
}

interface WorkRoutesDependencies {
  work: ApiWork;
  now: () => number;
  /** Bytes of a voicemail that is taken. */
  largestSound: number;
}

const none = z.object({});

export function workRoutes({ work, now, largestSound }: WorkRoutesDependencies): Route[] {
  const readSound = soundReader(largestSound);
  const stored = (item: WorkItem) => ({
    status: 201 as const,
    body: publicWorkItem(item),
    headers: { location: `/v1/work/${item.workId ?? ''}` },
  });
  return [
    route({
      ...{ method: 'POST', path: '/v1/callbacks', scope: 'customers:write', tag: 'Work' },
      operationId: 'addCallback',
      summary: 'Asks for a callback',
      description:
        'It stands in the list of what is to be called back. A number that belongs to one customer makes it theirs; a number that nobody has is taken as well.',
      params: none,
      query: none,
      body: shapes.newCallback,
      answer: { status: 201, description: 'The work as stored', schema: shapes.workItem },
      handle: ({ body: { at, ...asked } }) =>
        stored(work.addCallback({ ...asked, ...(at === undefined ? {} : { at }) })),
    }),
    route({
      ...{ method: 'POST', path: '/v1/voicemails', scope: 'customers:write', tag: 'Work' },
      operationId: 'addVoicemail',
      summary: 'Hands over a voicemail',
      description: `The body is the sound itself, with what is known of it in the query; or a form with the file as \`${SOUND_FIELD}\` and the same names as fields. WAV (PCM, A-law, µ-law), MP3, Ogg (Opus, Vorbis) and WebM of at most ${largestSound / 1024 / 1024} MiB are taken; what a file is, its first bytes say. It is kept encrypted.`,
      params: none,
      query: shapes.voicemailWords,
      stream: [FORM, ...SOUND_TYPES],
      form: { words: shapes.voicemailWords, file: SOUND_FIELD },
      largestBytes: largestSound + FORM_OVERHEAD_BYTES,
      answer: { status: 201, description: 'The work as stored', schema: shapes.workItem },
      problems: ['too-many-requests'],
      async handle({ query, request }) {
        const { sound, fields } = await readSound(request);
        const { at = now(), ...words } = { ...query, ...wordsIn(fields, query) };
        const { customerId = null, number = null, note = null } = words;
        const { dueAt = null, ownerId = null, externalId = null } = words;
        const asked = { customerId, number, note, dueAt, ownerId, externalId };
        return stored(await work.addVoicemail({ ...asked, at, audio: sound }));
      },
    }),
    route({
      ...{ method: 'GET', path: '/v1/work/{id}', scope: 'customers:read', tag: 'Work' },
      operationId: 'getWork',
      summary: 'What became of a callback or voicemail',
      params: z.object({ id }),
      query: none,
      answer: { status: 200, description: 'The work', schema: shapes.workItem },
      handle: ({ params }) => ({ status: 200, body: publicWorkItem(work.find(params.id)) }),
    }),
    route({
      ...{ method: 'GET', path: '/v1/agents', scope: 'customers:read', tag: 'Work' },
      operationId: 'listAgents',
      summary: 'Who may care for work',
      params: none,
      query: none,
      answer: { status: 200, description: 'All agents', schema: shapes.agents },
      handle: () => ({
        status: 200,
        body: work.agents().map(({ id: agentId, name, me }) => ({ id: agentId, name, me })),
      }),
    }),
  ];
}

/** The form's words; none of them may stand in the query too. */
function wordsIn(fields: Record<string, string>, query: object): shapes.VoicemailWords {
  const result = shapes.voicemailWords.safeParse(fields);
  const twice = Object.keys(fields).filter((name) => Object.hasOwn(query, name));
  if (result.success && twice.length === 0) return result.data;
  throw new ApiProblem('invalid-input', {
    errors: result.success
      ? twice.map((path) => ({ path, code: 'repeated' }))
      : result.error.issues
          .slice(0, 50)
          .map(({ path, code }) => ({ path: pathInWords(path), code })),
  });
}

export function publicWorkItem(item: WorkItem): shapes.PublicWorkItem {
  const { workId, kind, customerId, remote, e164, note, at, dueAt, ownerId } = item;
  const { state, result, settledAt, audio } = item;
  return {
    id: workId ?? '',
    ...{ kind, customerId, number: remote?.number ?? null, e164, note, at, dueAt, ownerId },
    ...{ state, result, settledAt, audio },
  };
}
