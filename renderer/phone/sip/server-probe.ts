// Whether a server takes a connection; nothing is said over it.
import type { Clock } from '../clock.ts';

/** Resolves once the socket is open, has failed, or `limit` ms are over. */
export function takesConnections(server: string, clock: Clock, limit: number): Promise<boolean> {
  return new Promise((resolve) => {
    let socket: WebSocket;
    try {
      socket = new WebSocket(server, 'sip');
    } catch {
      resolve(false);
      return;
    }
    const settle = (open: boolean): void => {
      stop();
      resolve(open);
      try {
        socket.close(1000);
      } catch {
        // It is of no further interest.
      }
    };
    const stop = clock.after(limit, () => settle(false));
    socket.addEventListener('open', () => settle(true));
    socket.addEventListener('close', () => settle(false));
  });
}
