// The rig: a telephone system and a customer's telephone on 127.0.0.1, started by the test that
// needs them and gone when it ends.
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { startTelephone, type Telephone } from './baresip.ts';
import { type KamailioOptions, startKamailio } from './kamailio.ts';
import { cutNetwork } from './network-cut.ts';
import { freePort, openPeerGroup, type Peer, type PeerGroup } from './peers.ts';
import { startRtpengine } from './rtpengine.ts';

const PROGRAMS = ['kamailio', 'rtpengine', 'baresip'] as const;

/** Of these programs, those of the rig unless told, what this machine lacks. */
export function missingPrograms(programs: readonly string[] = PROGRAMS): string[] {
  const folders = (process.env['PATH'] ?? '').split(delimiter).concat('/usr/sbin', '/usr/bin');
  return programs.filter(
    (program) => !folders.some((folder) => isExecutable(join(folder, program))),
  );
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

export interface RigOptions {
  /** More users and their passwords; those below are always there. */
  users?: Readonly<Record<string, string>>;
  /** How long a called telephone may ring before 408, ms. */
  ringTimeoutMs?: number;
}

export interface TelephoneChoice {
  user?: string;
  displayName?: string;
  /** Its voice, Hz; 440 unless told. */
  tone?: number;
}

export interface Rig {
  /** ws:// address of the telephone system. */
  server: string;
  domain: string;
  udpPort: number;
  passwordOf(user: string): string;
  startTelephone(choice?: TelephoneChoice): Promise<Telephone>;
  /** kill -9 of the telephone system; registrations are lost, media goes on. */
  killServer(): Promise<void>;
  restartServer(): Promise<void>;
  /** Nothing passes the telephone system and its media any more, until the answer is called. */
  cutNetwork(): () => void;
  /** Another program beside the rig, which ends with it. */
  group: PeerGroup;
  logs(): string;
  stop(keep?: boolean): Promise<void>;
}

/** The customer's number, as the telephone system knows it. */
export const CUSTOMER_NUMBER = '+4930901820';
/** The user at another telephone of the house. */
export const COLLEAGUE = 'colleague';

/** Telephones that may be there at a time, each with its own ports for media. */
const TELEPHONES = 8;

export async function startRig(options: RigOptions = {}): Promise<Rig> {
  const missing = missingPrograms();
  if (missing.length > 0) throw new Error(`the rig needs ${missing.join(', ')}`);
  const users: Record<string, string> = {
    agent1: 'first-secret-17',
    agent2: 'second-secret-17',
    [CUSTOMER_NUMBER]: 'customer-secret-17',
    [COLLEAGUE]: 'colleague-secret-17',
    ...options.users,
  };
  const group = openPeerGroup();
  const mediaPorts = mediaPortBlock();
  const kamailio: KamailioOptions = {
    domain: 'rig.test',
    users,
    udpPort: await freePort(),
    webSocketPort: await freePort(),
    rtpenginePort: await freePort(),
    ringTimeoutMs: options.ringTimeoutMs ?? 20_000,
  };
  let server: Peer;
  const peers: Peer[] = [];
  const relayPorts = [mediaPorts, mediaPorts + 399] as const;
  try {
    const rtpengine = await startRtpengine(group, {
      port: kamailio.rtpenginePort,
      mediaPorts: relayPorts,
    });
    peers.push(rtpengine);
    server = await startKamailio(group, kamailio);
  } catch (error) {
    await group.stop();
    throw error;
  }
  let telephones = 0;
  const passwordOf = (user: string): string => {
    const password = users[user];
    if (password === undefined) throw new Error(`the rig has no user ${user}`);
    return password;
  };
  return {
    server: `ws://127.0.0.1:${kamailio.webSocketPort}`,
    domain: kamailio.domain,
    udpPort: kamailio.udpPort,
    passwordOf,
    async startTelephone(choice = {}) {
      const user = choice.user ?? CUSTOMER_NUMBER;
      telephones += 1;
      const telephone = await startTelephone(group, {
        user,
        password: passwordOf(user),
        domain: kamailio.domain,
        proxyPort: kamailio.udpPort,
        displayName: choice.displayName,
        tone: choice.tone ?? 440,
        mediaPort: mediaPorts + 400 + (telephones % TELEPHONES) * 200,
      });
      peers.push(telephone.peer);
      return telephone;
    },
    killServer: () => server.kill('SIGKILL'),
    async restartServer() {
      await server.kill('SIGKILL');
      server = await startKamailio(group, kamailio);
    },
    cutNetwork: () =>
      cutNetwork(group, {
        tcp: [kamailio.webSocketPort],
        udp: [kamailio.udpPort, `${relayPorts[0]}:${relayPorts[1]}`],
      }),
    group,
    logs: () => [server, ...peers].map((peer) => `--- ${peer.name}\n${peer.log()}`).join('\n'),
    stop: async (keep) => {
      // A telephone's earpiece is this process's own: left open it would keep it alive.
      await Promise.all(peers.map((peer) => peer.kill('SIGTERM')));
      await group.stop(keep);
    },
  };
}

/** First of 2,000 UDP ports below the system's ephemeral range; two rigs rarely choose the same. */
function mediaPortBlock(): number {
  return 12_000 + 2 * Math.floor(Math.random() * 9_000);
}
