// Messages waiting (RFC 3842): the body application/simple-message-summary.
import type { MessagesWaiting } from '../phone.ts';

/** Null when the body says nothing about voice messages. */
export function messagesWaitingIn(body: string): MessagesWaiting | null {
  const waiting = /^Messages-Waiting[ \t]*:[ \t]*(yes|no)[ \t]*\r?$/im.exec(body)?.[1];
  const counts = /^Voice-Message[ \t]*:[ \t]*(\d{1,6})[ \t]*\/[ \t]*(\d{1,6})/im.exec(body);
  if (counts) return { fresh: Number(counts[1]), old: Number(counts[2]) };
  if (waiting === undefined) return null;
  // Some servers only say that there is something.
  return { fresh: waiting.toLowerCase() === 'yes' ? 1 : 0, old: 0 };
}
