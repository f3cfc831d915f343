// Chromium keeps a connection for as long as the page lives when it is closed between a change of its
// state and the event of it (the event that waits holds the connection and is never delivered). So does
// a call that ends while its media connect, or at whose end the other side closes a moment earlier, as
// on the practice line, where both sides are in one page.

/** By then the changes that the end of a call brings have been told, ms. */
const SETTLED_AFTER = 1_000;
/** Between two closings, so that the first one's effect on the other is over, ms. */
const APART = 200;
/** Longest wait on a page that is never idle, ms. */
const IDLE_WITHIN = 15_000;

let nextAt = 0;

/** Closes the connection in a moment, when none of its events waits to be delivered. */
export function closeConnection(connection: RTCPeerConnection): void {
  const now = performance.now();
  const at = Math.max(now + SETTLED_AFTER, nextAt);
  nextAt = at + APART;
  setTimeout(() => {
    requestIdleCallback(() => connection.close(), { timeout: IDLE_WITHIN });
  }, at - now);
}
