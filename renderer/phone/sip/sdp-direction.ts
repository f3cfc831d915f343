// Hold as SDP says it (RFC 3264 sections 5.1, 6.1 and 8.4), derived from two facts: whether we hold
// the call and whether the other side does.

export type MediaDirection = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';

export interface HoldState {
  local: boolean;
  remote: boolean;
}

/** What an audio description says its sender will do; the session's attribute counts where the media has none. */
export function audioDirectionOf(sdp: string): MediaDirection {
  const [session = '', ...media] = sdp.split(/^m=/m);
  const audio = media.find((section) => section.startsWith('audio')) ?? '';
  const said = directionIn(audio) ?? directionIn(session) ?? 'sendrecv';
  return nullAddress(session, audio) ? withoutReceiving(said) : said;
}

/** What we offer: our own wish. The other side's hold is its own to say, in its answer. */
export function directionToOffer(hold: HoldState): MediaDirection {
  if (!hold.local) return 'sendrecv';
  return hold.remote ? 'inactive' : 'sendonly';
}

/** What we answer to their offer. */
export function directionToAnswer(offered: MediaDirection, localHold: boolean): MediaDirection {
  const send = offered === 'sendrecv' || offered === 'recvonly';
  const receive = (offered === 'sendrecv' || offered === 'sendonly') && !localHold;
  if (send) return receive ? 'sendrecv' : 'sendonly';
  return receive ? 'recvonly' : 'inactive';
}

/** Whether the other side holds us, after its offer. */
export function heldByOffer(offered: MediaDirection): boolean {
  return offered === 'sendonly' || offered === 'inactive';
}

/** Whether the other side holds us, after its answer; an inactive offer can tell nothing new. */
export function heldByAnswer(
  offered: MediaDirection,
  answered: MediaDirection,
  before: boolean,
): boolean {
  if (offered === 'inactive') return before;
  return answered === 'sendonly' || answered === 'inactive';
}

function directionIn(section: string): MediaDirection | null {
  return (/^a=(sendrecv|sendonly|recvonly|inactive)\s*$/m.exec(section)?.[1] ??
    null) as MediaDirection | null;
}

/** The old way to hold, c=0.0.0.0; with ICE it only means that no address has been chosen (port 9). */
function nullAddress(session: string, audio: string): boolean {
  const address = /^c=IN IP4 (\S+)/m.exec(audio)?.[1] ?? /^c=IN IP4 (\S+)/m.exec(session)?.[1];
  const port = /^audio (\d+)/.exec(audio)?.[1];
  return address === '0.0.0.0' && port !== '9';
}

function withoutReceiving(direction: MediaDirection): MediaDirection {
  if (direction === 'sendrecv') return 'sendonly';
  return direction === 'recvonly' ? 'inactive' : direction;
}
