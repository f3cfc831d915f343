// The one registrar for what the window may ask of the shell. Each call checks who asks, then what is
// asked; a bare ipcMain.handle elsewhere fails a test.
import type { IpcMain, IpcMainInvokeEvent } from 'electron';
import { z } from 'zod';
import { isOwnPage } from './origin.ts';

const LARGEST = 16_384;
const accelerator = z.string().max(50).nullable();

/** Whether the sender is the main frame of one of our own pages. */
export function isTrustedSender(event: Pick<IpcMainInvokeEvent, 'senderFrame'>): boolean {
  const frame = event.senderFrame;
  return frame !== null && frame.parent === null && isOwnPage(frame.url);
}

/** Every call with the schema of its argument; the preload offers exactly these. */
export const WINDOW_CALLS = {
  /** Asks for a new port to core. */
  'anklang.requestLink': z.null(),
  /** A call rings, or no longer: each new one brings the desk before the agent. `caller` is what the notification says. */
  'anklang.ringing': z
    .object({ callId: z.string().max(100), caller: z.string().max(200) })
    .nullable(),
  /** A call is up: the machine must not fall asleep. */
  'anklang.inCall': z.boolean(),
  'anklang.openOutside': z.string().max(2_000),
  /** The language of the shell's own words. */
  'anklang.language': z.enum(['de', 'en']),
  /** Links received before the page was ready. */
  'anklang.takeDialTarget': z.null(),
  'anklang.takeConnectionLink': z.null(),
  /** Keys that work in every program; answers which of them the system gave. */
  'anklang.globalKeys': z.object({
    answer: accelerator,
    hangUp: accelerator,
    mute: accelerator,
    dialClipboard: accelerator,
  }),
  /** How a ring shows itself, and whether headsets may be asked for. */
  'anklang.preferences': z.object({
    ringInFront: z.boolean(),
    ringOverFullScreen: z.boolean(),
    headset: z.boolean(),
  }),
} as const;
export type WindowCall = keyof typeof WINDOW_CALLS;

type Handlers = {
  [Name in WindowCall]: (
    argument: z.output<(typeof WINDOW_CALLS)[Name]>,
    event: IpcMainInvokeEvent,
  ) => unknown;
};

export function setUpWindowCalls(ipcMain: Pick<IpcMain, 'handle'>, handlers: Handlers): void {
  for (const name of Object.keys(WINDOW_CALLS) as WindowCall[]) {
    ipcMain.handle(name, (event, argument: unknown) => answerTo(name, handlers, event, argument));
  }
}

function answerTo<Name extends WindowCall>(
  name: Name,
  handlers: Handlers,
  event: IpcMainInvokeEvent,
  argument: unknown,
): unknown {
  if (!isTrustedSender(event)) throw new Error(`${name}: refused`);
  const given = argument ?? null;
  if (JSON.stringify(given).length > LARGEST) throw new Error(`${name}: too large`);
  const parsed = WINDOW_CALLS[name].safeParse(given);
  if (!parsed.success) throw new Error(`${name}: malformed`);
  return handlers[name](parsed.data as z.output<(typeof WINDOW_CALLS)[Name]>, event);
}
