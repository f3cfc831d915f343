// kamailio 5.6 as registrar and proxy. Its configuration is what a small telephone system would do,
// and nothing for the desk's sake.
import { readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { type Peer, type PeerGroup, until } from './peers.ts';

export interface KamailioOptions {
  domain: string;
  /** Users and their passwords. */
  users: Readonly<Record<string, string>>;
  udpPort: number;
  webSocketPort: number;
  rtpenginePort: number;
  /** How long a called telephone may ring before 408, ms. */
  ringTimeoutMs: number;
}

export async function startKamailio(group: PeerGroup, options: KamailioOptions): Promise<Peer> {
  const path = join(group.folder, 'kamailio.cfg');
  writeFileSync(path, configuration(options));
  const peer = group.start('kamailio', 'kamailio', [
    ...['-f', path, '-DD', '-E', '-m', '64', '-M', '8'],
    ...['-Y', group.folder, '-w', group.folder],
  ]);
  await until('kamailio listens', () => {
    if (!peer.running()) throw new Error(`kamailio ended:\n${peer.log()}`);
    return accepts(options.webSocketPort);
  });
  return peer;
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

function configuration(options: KamailioOptions): string {
  const values: Record<string, string> = {
    DEBUG: '1',
    DOMAIN: options.domain,
    UDP_PORT: String(options.udpPort),
    WEB_SOCKET_PORT: String(options.webSocketPort),
    RTPENGINE_PORT: String(options.rtpenginePort),
    RING_TIMEOUT_MS: String(options.ringTimeoutMs),
    USERS: Object.entries(options.users)
      .map(([user, password]) => `  $sht(password=>${user}) = "${password}";`)
      .join('\n'),
  };
  const template = readFileSync(new URL('./kamailio.cfg', import.meta.url), 'utf8');
  return template.replace(/@([A-Z_]+)@/g, (whole, name: string) => values[name] ?? whole);
}
