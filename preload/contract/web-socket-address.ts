// Which addresses may be telephoned through. No schema here, so that the window can use it alone.

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

export type WebSocketAddressProblem = 'notAnAddress' | 'plainOnlyToLoopback';

/** Why an address cannot be used, or null. */
export function webSocketAddressProblem(text: string): WebSocketAddressProblem | null {
  const match = /^(wss?):\/\/(\[[0-9a-f:]+\]|[a-z0-9._-]+)(:\d{1,5})?(\/[^\s#@]*)?$/i.exec(
    text.trim(),
  );
  const host = match?.[2];
  if (!match || !host) return 'notAnAddress';
  if (match[1]?.toLowerCase() === 'ws' && !LOOPBACK.test(host.toLowerCase()))
    return 'plainOnlyToLoopback';
  return null;
}
