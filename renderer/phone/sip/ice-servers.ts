import type { IceServer } from '../../../preload/contract/settings.ts';

/** An account's STUN and TURN servers as WebRTC takes them. */
export function rtcIceServers(servers: readonly IceServer[]): RTCIceServer[] {
  return servers.map(({ url, user, password }) => ({
    urls: url,
    ...(user === null ? {} : { username: user }),
    ...(password === null ? {} : { credential: password }),
  }));
}
