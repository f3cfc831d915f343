// Hands a WebSocket's upgrade on to core's own socket, byte for byte: the host neither reads nor
// understands what page and core say to each other.
import type { IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';

/** Headers that core has no use for; the token is in the address and stays out as well. */
const KEPT_BACK = new Set(['cookie', 'authorization', 'referer']);

export function relayToCore(
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  coreSocket: string,
): void {
  const core = connect(coreSocket);
  let joined = false;
  core.on('connect', () => {
    joined = true;
    core.write(`GET /core HTTP/1.1\r\n${headerLines(request.rawHeaders)}\r\n`);
    if (head.length > 0) core.write(head);
    core.pipe(socket);
    socket.pipe(core);
  });
  core.on('error', () => {
    if (joined) socket.destroy();
    else refuseUpgrade(socket, 503);
  });
  core.on('close', () => {
    if (joined) socket.destroy();
  });
  socket.on('error', () => core.destroy());
  socket.on('close', () => core.destroy());
}

const REASONS = { 403: 'Forbidden', 404: 'Not Found', 503: 'Service Unavailable' } as const;

/** Answers an upgrade with a plain refusal and closes. */
export function refuseUpgrade(socket: Duplex, status: keyof typeof REASONS): void {
  const retry = status === 503 ? 'Retry-After: 1\r\n' : '';
  socket.on('error', () => undefined);
  socket.end(
    `HTTP/1.1 ${status} ${REASONS[status]}\r\n${retry}Connection: close\r\nContent-Length: 0\r\n\r\n`,
  );
}

function headerLines(raw: readonly string[]): string {
  let lines = '';
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = raw[index] ?? '';
    if (!KEPT_BACK.has(name.toLowerCase())) lines += `${name}: ${raw[index + 1] ?? ''}\r\n`;
  }
  return lines;
}
