// What a window sends over its link, before anything of it is understood: a frame that is no request
// must not reach the code that takes requests apart.

/** Kinds of messages of the wire (@orpc/standard-server-peer): left out it is a request. */
const REQUEST = 1;
const EVENT = 3;
const ABORT = 4;

/** Whether the frame can be taken apart. Our contract carries no files, so frames are text. */
export function isMessageFrame(frame: unknown): frame is string {
  if (typeof frame !== 'string') return false;
  let message: unknown;
  try {
    message = JSON.parse(frame);
  } catch {
    return false;
  }
  if (!isRecord(message) || typeof message['i'] !== 'string') return false;
  const { t: type = REQUEST, p: payload } = message;
  if (type === ABORT) return true;
  if (!isRecord(payload)) return false;
  if (type === EVENT) return typeof payload['e'] === 'string';
  return type === REQUEST && isRequest(payload);
}

function isRequest({ u: path, h: headers, m: method }: Record<string, unknown>): boolean {
  return (
    typeof path === 'string' &&
    path.startsWith('/') &&
    (headers === undefined || isRecord(headers)) &&
    (method === undefined || typeof method === 'string')
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
