// Chromium keeps a connection for as long as the page lives when it is closed between a change of its
// state and the event of it (the event that waits holds the connection and is never delivered). A call
// that is ended while its media connect, as by an agent who hangs up at once, would leave one behind.
import type { Clock } from '../clock.ts';

const CHANGES = [
  'connectionstatechange',
  'iceconnectionstatechange',
  'icegatheringstatechange',
] as const;
/** Longest wait for the changes that are on their way, ms. */
const SETTLES_WITHIN = 1_000;

/** Closes the connection at a moment in which no change of its state is on its way, within a second. */
export function closeConnection(connection: RTCPeerConnection, clock: Clock): void {
  if (isSettled(connection)) {
    connection.close();
    return;
  }
  const close = (): void => {
    stop();
    for (const change of CHANGES) connection.removeEventListener(change, look);
    connection.close();
  };
  const look = (): void => {
    if (isSettled(connection)) close();
  };
  const stop = clock.after(SETTLES_WITHIN, close);
  for (const change of CHANGES) connection.addEventListener(change, look);
}

/** Whether nothing changes any more by itself. */
function isSettled(connection: RTCPeerConnection): boolean {
  const { connectionState, iceConnectionState, iceGatheringState } = connection;
  const connected = connectionState === 'connected' && iceConnectionState === 'completed';
  return connectionState === 'closed' || (connected && iceGatheringState === 'complete');
}
