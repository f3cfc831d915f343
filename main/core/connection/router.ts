// Binds the subjects' functions to the contract: input checked before, answers after, errors typed.
import type { AnyContractProcedure } from '@orpc/contract';
import { implement, ORPCError } from '@orpc/server';
import { RPCHandler } from '@orpc/server/ws';
import { contract } from '../../../preload/contract/contract.ts';
import { isDamage } from '../database/storage-problem.ts';
import type { CoreLog } from '../log/core-log.ts';
import type { Handlers, Link } from './handlers.ts';
import { typedErrorFrom, unreadableInput } from './typed-errors.ts';

type LinkContext = { link: Link };
type AnyHandler = (input: unknown, link: Link) => unknown;

export interface RouterOptions {
  handlers: Handlers;
  /** Throws when this link may not use the desk. */
  admit: (link: Link, path: readonly string[]) => void;
  log: CoreLog;
  /** What a question has to wait for that names this; null when nothing. */
  settled?: (named: unknown) => Promise<void> | null;
  /** Something in the database could not be read as it was written. */
  onDamage: () => void;
}

/** One handler serves every transport: a port is given the two methods it needs of a WebSocket. */
export function createRouter({
  handlers,
  admit,
  log,
  settled = () => null,
  onDamage,
}: RouterOptions): RPCHandler<LinkContext> {
  const router = Object.fromEntries(
    Object.entries(contract).map(([subject, methods]) => [
      subject,
      Object.fromEntries(
        Object.entries(methods).map(([method, procedure]) => {
          const handle = handlerOf(handlers, subject, method);
          const implemented = implement(procedure as AnyContractProcedure)
            .$context<LinkContext>()
            .handler(async ({ input, context }) => {
              // What happens in a call is never kept waiting.
              if (subject !== 'calls') await settled(input);
              return handle(input, context.link);
            });
          return [method, implemented];
        }),
      ),
    ]),
  );
  return new RPCHandler<LinkContext>(router, {
    interceptors: [
      async ({ next }) => {
        try {
          return await next();
        } catch (error) {
          // What is not typed by now failed while the frame's contents were read.
          throw error instanceof ORPCError ? error : unreadableInput();
        }
      },
    ],
    clientInterceptors: [
      async ({ next, context, path }) => {
        try {
          admit(context.link, path);
          return await next();
        } catch (error) {
          if (isDamage(error)) onDamage();
          throw typedErrorFrom(error, path.join('.'), log);
        }
      },
    ],
  });
}

function handlerOf(handlers: Handlers, subject: string, method: string): AnyHandler {
  const methods = handlers[subject as keyof Handlers] as Readonly<
    Record<string, AnyHandler | undefined>
  >;
  const handler = methods[method];
  if (!handler) throw new Error(`no handler for ${subject}.${method}`);
  return handler;
}
