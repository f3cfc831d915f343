// baresip 1.0 as the customer's ordinary telephone: UDP, G.711, a sine as its voice, and an earpiece that
// hears what it is sent. It is driven over its control port (JSON in netstrings).
import { EventEmitter, once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import type { Recording } from '../support/goertzel.ts';
import { type Earpiece, openEarpiece } from './earpiece.ts';
import { freePort, type Peer, type PeerGroup, until } from './peers.ts';

export interface TelephoneOptions {
  user: string;
  password: string;
  domain: string;
  /** UDP port of the proxy on 127.0.0.1. */
  proxyPort: number;
  displayName?: string | undefined;
  /** Its voice, Hz. */
  tone: number;
  /** First of 200 UDP ports for its media. */
  mediaPort: number;
}

/** What baresip says about a call; `type` as baresip names it, for example CALL_INCOMING. */
export interface TelephoneEvent {
  type: string;
  class?: string;
  peeruri?: string;
  id?: string;
  param?: string;
}

/** What the telephone does when it rings: nothing, answers, or refuses as busy (486), after `delayMs`. */
export type WhenRung = 'ring' | 'answer' | 'busy';

export interface Telephone {
  user: string;
  events: readonly TelephoneEvent[];
  whenRung(does: WhenRung, delayMs?: number): void;
  dial(target: string): Promise<void>;
  answer(): Promise<void>;
  hangUp(): Promise<void>;
  register(): Promise<void>;
  /** Waits for the next event of that type that nobody has waited for yet. */
  next(type: string, ms?: number): Promise<TelephoneEvent>;
  /** Everything heard in the newest call while it is sent sound. */
  heard(): Recording;
  /** Only what arrives within the next `ms`: nothing at all when the other side stops sending. */
  heardFromNowOn(ms: number): Promise<Recording>;
  command(command: string, params?: string): Promise<string>;
  peer: Peer;
}

export async function startTelephone(
  group: PeerGroup,
  options: TelephoneOptions,
): Promise<Telephone> {
  const controlPort = await freePort();
  const folder = join(group.folder, `telephone-${options.user.replace(/\W/g, '')}`);
  mkdirSync(folder, { recursive: true });
  const sipPort = await freePort();
  const earpiece = await openEarpiece({ telephone: sipPort, system: options.proxyPort });
  writeFileSync(join(folder, 'config'), configuration(options, sipPort, controlPort));
  writeFileSync(join(folder, 'accounts'), account(options, earpiece.proxyPort));
  writeFileSync(join(folder, 'contacts'), '');
  const peer = group.start(`baresip-${options.user}`, 'baresip', ['-s', '-f', folder]);
  const line = await openControlLine(peer, controlPort);
  const telephone = telephoneOn(line, endingWith(peer, earpiece), options, earpiece);
  await until(`telephone ${options.user} is registered`, () => {
    if (!peer.running()) throw new Error(`baresip ended:\n${peer.log()}`);
    return line.events.some((event) => event.type === 'REGISTER_OK') || /200 OK/.test(peer.log());
  });
  return telephone;
}

function endingWith(peer: Peer, earpiece: Earpiece): Peer {
  return {
    ...peer,
    kill: async (signal) => {
      await peer.kill(signal);
      earpiece.close();
    },
  };
}

function telephoneOn(
  line: ControlLine,
  peer: Peer,
  options: TelephoneOptions,
  earpiece: Earpiece,
): Telephone {
  let reaction: { does: WhenRung; delayMs: number } = { does: 'ring', delayMs: 0 };
  line.emitter.on('event', (event: TelephoneEvent) => {
    if (event.type !== 'CALL_INCOMING' || reaction.does === 'ring') return;
    const command = reaction.does === 'answer' ? 'accept' : 'hangup';
    setTimeout(() => void line.send(command).catch(() => {}), reaction.delayMs);
  });
  const waitedFor = new Set<TelephoneEvent>();
  return {
    user: options.user,
    peer,
    events: line.events,
    whenRung(does, delayMs = 0) {
      reaction = { does, delayMs };
    },
    async dial(target) {
      const uri = target.includes('@') ? target : `sip:${target}@${options.domain}`;
      await line.send('dial', uri);
    },
    async answer() {
      await line.send('accept');
    },
    async hangUp() {
      await line.send('hangup');
    },
    async register() {
      await line.send('uareg', '600');
    },
    async next(type, ms = 10_000) {
      const find = () => line.events.find((event) => event.type === type && !waitedFor.has(event));
      await until(`${type} at ${options.user}`, () => find() !== undefined, ms);
      const event = find();
      if (!event) throw new Error(`${type} went missing`);
      waitedFor.add(event);
      return event;
    },
    heard: earpiece.heard,
    heardFromNowOn: earpiece.heardFromNowOn,
    command: (command, params) => line.send(command, params),
  };
}

interface ControlLine {
  emitter: EventEmitter;
  events: TelephoneEvent[];
  send(command: string, params?: string): Promise<string>;
}

async function openControlLine(peer: Peer, port: number): Promise<ControlLine> {
  let socket: Socket | null = null;
  await until('baresip takes commands', async () => {
    if (!peer.running()) throw new Error(`baresip ended:\n${peer.log()}`);
    socket = await connected(port);
    return socket !== null;
  });
  if (!socket) throw new Error('no control line');
  return controlLineOver(socket);
}

function connected(port: number): Promise<Socket | null> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(socket));
    socket.once('error', () => resolve(null));
  });
}

interface ControlMessage extends Partial<TelephoneEvent> {
  event?: boolean;
  response?: boolean;
  ok?: boolean;
  data?: string;
  token?: string;
}

function controlLineOver(socket: Socket): ControlLine {
  const emitter = new EventEmitter();
  emitter.setMaxListeners(0);
  const events: TelephoneEvent[] = [];
  let rest = Buffer.alloc(0);
  let sent = 0;
  socket.on('error', () => {});
  socket.on('data', (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    for (;;) {
      const colon = rest.indexOf(':');
      if (colon < 0) return;
      const length = Number(rest.toString('latin1', 0, colon));
      if (rest.length < colon + 1 + length + 1) return;
      const message = JSON.parse(
        rest.toString('utf8', colon + 1, colon + 1 + length),
      ) as ControlMessage;
      rest = rest.subarray(colon + 1 + length + 1);
      if (message.event && message.type) {
        events.push(message as TelephoneEvent);
        emitter.emit('event', message);
      } else if (message.response) {
        emitter.emit(`answer ${message.token ?? ''}`, message);
      }
    }
  });
  return {
    emitter,
    events,
    async send(command, params = '') {
      sent += 1;
      const token = `t${sent}`;
      const body = JSON.stringify({ command, params, token });
      const answer = once(emitter, `answer ${token}`, { signal: AbortSignal.timeout(5000) });
      socket.write(`${Buffer.byteLength(body)}:${body},`);
      const [message] = (await answer) as [ControlMessage];
      if (!message.ok) throw new Error(`baresip refused ${command}: ${message.data ?? ''}`);
      return message.data ?? '';
    },
  };
}

function account(options: TelephoneOptions, proxyPort: number): string {
  const display = options.displayName ? `"${options.displayName}" ` : '';
  return (
    `${display}<sip:${options.user}@${options.domain}>;auth_user=${options.user}` +
    `;auth_pass=${options.password};answermode=manual;regint=600` +
    `;outbound="sip:127.0.0.1:${proxyPort}";audio_codecs=pcmu,pcma\n`
  );
}

function configuration(options: TelephoneOptions, sipPort: number, controlPort: number): string {
  return `poll_method epoll
sip_listen 127.0.0.1:${sipPort}
net_interface 127.0.0.1
call_local_timeout 120
call_max_calls 4
audio_source ausine,${options.tone}
audio_player none
audio_alert none
ausrc_srate 48000
ausrc_channels 2
audio_level no
rtp_ports ${options.mediaPort}-${options.mediaPort + 199}
rtp_timeout 0
jitter_buffer_delay 1-5
module_path ${MODULE_PATH}
${MODULES.map((module) => `module ${module}.so`).join('\n')}
module_app account.so
module_app menu.so
module_app ctrl_tcp.so
ctrl_tcp_listen 127.0.0.1:${controlPort}
ringback_disabled yes
menu_bell no
`;
}

const MODULE_PATH = '/usr/lib/baresip/modules';
const MODULES = ['uuid', 'g711', 'ausine'];
