import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { CoreError, type CoreProblem } from '../../../renderer/core-client/core-error.ts';
import type { Core } from '../../../renderer/core-client/core.ts';
import { keepRecordings } from '../../../renderer/desk-state/recordings.ts';
import type { RecordingStore } from '../../../renderer/phone/call-recording.ts';
import type { PhoneProblem } from '../../../renderer/phone/phone.ts';
import { recordedSound } from '../../../renderer/desk-state/recorded-sound.ts';

const request = {
  recordingId: 'r1',
  callId: 'c1',
  agentAnnouncedAt: 1,
  customerAgreedAt: 2,
};

function core() {
  const heard: unknown[] = [];
  const linked = new Set<(event: { type: 'linked' }) => void>();
  const recordings = {
    begin: vi.fn(async (input: unknown) => void heard.push(['begin', input])),
    append: vi.fn(async (input: unknown) => void heard.push(['append', input])),
    finish: vi.fn(async (input: unknown) => void heard.push(['finish', input])),
  };
  const client = {
    core: { recordings } as unknown as Pick<Core, 'recordings'>,
    onEvent: (listener: (event: { type: 'linked' }) => void) => {
      linked.add(listener);
      return () => void linked.delete(listener);
    },
  };
  return {
    client: client as unknown as Parameters<typeof keepRecordings>[0],
    recordings,
    heard,
    link: () => linked.forEach((listener) => listener({ type: 'linked' })),
  };
}

async function begun(store: RecordingStore) {
  const kept = await store.begin(request);
  if ('problem' in kept) throw new Error(kept.problem);
  return kept;
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

test('chunks reach core in order as base64, then the end', async () => {
  const { client, heard } = core();
  const { store } = keepRecordings(client, () => undefined);
  const kept = await begun(store);
  kept.append(0, new Uint8Array([1, 2]));
  kept.append(1, new Uint8Array([3]));
  kept.finished();
  await settled();
  expect(heard).toEqual([
    ['begin', request],
    ['append', { recordingId: 'r1', index: 0, chunk: 'AQI=' }],
    ['append', { recordingId: 'r1', index: 1, chunk: 'Aw==' }],
    ['finish', { recordingId: 'r1' }],
  ]);
});

test('what core did not take while it was gone is sent again with the next link', async () => {
  const { client, recordings, heard, link } = core();
  const { store, trouble } = keepRecordings(client, () => undefined);
  const kept = await begun(store);
  recordings.append.mockRejectedValueOnce(new CoreError({ kind: 'unreachable' }));
  kept.append(0, new Uint8Array([1]));
  kept.finished();
  await settled();
  expect(heard).toEqual([['begin', request]]);
  link();
  await settled();
  expect(heard.slice(1).map((entry) => (entry as unknown[])[0])).toEqual(['append', 'finish']);
  expect(trouble.incomplete()).toBeNull();
});

describe('core refuses the begin, and the agent hears why', () => {
  const refused = (reason: 'notAllowed' | 'consentMissing' | 'callOver' | 'closed' | 'gap') =>
    ({ kind: 'refused', code: 'RECORDING_REFUSED', data: { reason } }) as const;
  const storage = (reason: 'diskFull' | 'readOnly' | 'keyUnavailable' | 'damaged' | 'other') =>
    ({ kind: 'refused', code: 'STORAGE', data: { reason } }) as const;
  const CASES: [CoreProblem, PhoneProblem][] = [
    [refused('notAllowed'), 'recordingNotAllowed'],
    [refused('consentMissing'), 'consentMissing'],
    [refused('callOver'), 'noSuchCall'],
    [refused('closed'), 'storageFailed'],
    [refused('gap'), 'storageFailed'],
    [storage('diskFull'), 'diskFull'],
    [storage('readOnly'), 'folderReadOnly'],
    [storage('keyUnavailable'), 'storageFailed'],
    [storage('damaged'), 'storageFailed'],
    [storage('other'), 'storageFailed'],
    [{ kind: 'unreachable' }, 'coreAway'],
    [{ kind: 'timedOut' }, 'coreAway'],
    [{ kind: 'failed', detail: 'x' }, 'storageFailed'],
    [{ kind: 'refused', code: 'BUSY', data: { with: 'x' } }, 'notPossibleNow'],
    [{ kind: 'refused', code: 'NOT_FOUND', data: { what: 'call', id: 'c1' } }, 'notPossibleNow'],
    [{ kind: 'refused', code: 'BAD_INPUT', data: { issues: [] } }, 'storageFailed'],
  ];
  test.each(CASES)('%o: %s', async (problem, told) => {
    const { client, recordings } = core();
    const { store, trouble } = keepRecordings(client, () => undefined);
    recordings.begin.mockRejectedValueOnce(new CoreError(problem));
    expect(await store.begin(request)).toEqual({ problem: told });
    expect(trouble.incomplete()).toBeNull();
  });
});

test('a recorder that fails is told as such, and the recording ends', async () => {
  const { client, heard } = core();
  const { store, trouble } = keepRecordings(client, () => undefined);
  const kept = await begun(store);
  kept.failed('recorderFailed');
  kept.finished();
  await settled();
  expect(trouble.incomplete()).toBe('recorderFailed');
  expect(heard.at(-1)).toEqual(['finish', { recordingId: 'r1' }]);
});

test('a full disk ends the recording and says so until the agent has taken note', async () => {
  const { client, recordings } = core();
  const stop = vi.fn();
  const { store, trouble } = keepRecordings(client, stop);
  const heard = vi.fn();
  trouble.subscribe(heard);
  const kept = await begun(store);
  recordings.append.mockRejectedValueOnce(
    new CoreError({ kind: 'refused', code: 'STORAGE', data: { reason: 'diskFull' } }),
  );
  kept.append(0, new Uint8Array([1]));
  await settled();
  expect(stop).toHaveBeenCalledExactlyOnceWith('c1');
  expect(trouble.incomplete()).toBe('diskFull');
  expect(heard).toHaveBeenCalledTimes(1);
  trouble.takeNote();
  expect(trouble.incomplete()).toBeNull();
});

test('a recording comes back as it was stored, in however many pieces', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ maxLength: 200 }),
      fc.integer({ min: 1, max: 50 }),
      async (bytes, size) => {
        const sound = await recordedSound(async (offset) => {
          const piece = bytes.subarray(offset, offset + size);
          const next = offset + size < bytes.length ? offset + size : null;
          return { chunk: Buffer.from(piece).toString('base64'), next };
        });
        expect(new Uint8Array(await sound.arrayBuffer())).toEqual(new Uint8Array(bytes));
      },
    ),
  );
});

test('pieces that lead nowhere are not read for ever', async () => {
  await expect(recordedSound(async () => ({ chunk: '', next: 0 }))).rejects.toThrow();
});
