// A large export written straight to the disk, when the disk refuses it.
import { afterEach, expect, test, vi } from 'vitest';
import { FileTrouble, pieceTarget } from '../../../renderer/screens/import/save-pieces.ts';

afterEach(() => vi.unstubAllGlobals());

/** A browser whose disk refuses a step with what browsers then say. */
function aBrowser(refused: { step: 'open' | 'write' | 'close' | 'none'; name?: string }) {
  const steps: string[] = [];
  const step = (name: string) => {
    steps.push(name);
    return refused.step === name
      ? Promise.reject(new DOMException('refused', refused.name))
      : Promise.resolve();
  };
  const writable = {
    write: () => step('write'),
    close: () => step('close'),
    abort: () => step('abort'),
  };
  vi.stubGlobal('window', {
    showSaveFilePicker: () =>
      Promise.resolve({ createWritable: () => step('open').then(() => writable) }),
  });
  return steps;
}

async function saved(): Promise<void> {
  const target = await pieceTarget('anklang-book.json', 'application/json', true);
  await target?.write('{');
  await target?.write('}');
  await target?.close();
}

test.each([
  { step: 'open', name: 'NoModificationAllowedError', problem: 'notAllowed', left: ['open'] },
  { step: 'open', name: 'NotAllowedError', problem: 'notAllowed', left: ['open'] },
  { step: 'write', name: 'QuotaExceededError', problem: 'full', left: ['open', 'write', 'abort'] },
  {
    step: 'close',
    name: 'QuotaExceededError',
    problem: 'full',
    left: ['open', 'write', 'write', 'close', 'abort'],
  },
  { step: 'write', name: 'InvalidStateError', problem: 'other', left: ['open', 'write', 'abort'] },
] as const)('$name at $step: $problem, and nothing half written stays', async (given) => {
  const steps = aBrowser(given);
  const thrown: unknown = await saved().catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(FileTrouble);
  expect((thrown as FileTrouble).problem).toBe(given.problem);
  expect(steps).toEqual(given.left);
});

test('a sound disk: every piece, then the file is there', async () => {
  const steps = aBrowser({ step: 'none' });
  await saved();
  expect(steps).toEqual(['open', 'write', 'write', 'close']);
});
