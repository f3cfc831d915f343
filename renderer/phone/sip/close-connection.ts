// Chromium keeps a connection for as long as the page lives when it is closed between a change of its
// state and the event of it (the event that waits holds the connection and is never delivered). A call
// that is ended while its media connect, as by an agent who hangs up at once, would leave one behind.

/** Longest wait on a page that is never idle, ms. */
const AT_MOST = 15_000;

/** Closes the connection in a moment: as soon as the page is idle, no event waits to be delivered. */
export function closeConnection(connection: Pick<RTCPeerConnection, 'close'>): void {
  requestIdleCallback(() => connection.close(), { timeout: AT_MOST });
}
