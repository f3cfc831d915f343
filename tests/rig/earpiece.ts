// Stands between a telephone and the telephone system, as a NAT would, and hears what the telephone is
// sent. baresip's own recorder stops for good at the first re-INVITE; what it wrote before would be taken
// for what is heard now.
import { createSocket, type Socket } from 'node:dgram';
import { setTimeout as wait } from 'node:timers/promises';
import type { Recording } from '../support/goertzel.ts';
import { freePort } from './peers.ts';

export interface Earpiece {
  /** The telephone takes this for the telephone system's UDP port. */
  proxyPort: number;
  /** Of the newest stream what came so far; nothing once it has stopped. */
  heard(): Recording;
  /** Only what arrives within the next `ms`: nothing at all when the other side stops sending. */
  heardFromNowOn(ms: number): Promise<Recording>;
  close(): void;
}

const RATE = 8000;
/** A stream of which nothing came for this long has stopped, ms. */
const STOPPED_MS = 1000;
/** Longer than anybody listens back, s. */
const KEPT_SECONDS = 30;
const DECODERS: Readonly<Record<number, (byte: number) => number>> = { 0: fromMuLaw, 8: fromALaw };

interface Stream {
  ssrc: number;
  samples: number[];
  lastSequence: number;
  lastAt: number;
}

/** All ports have five digits, so that replacing one changes no length. */
export async function openEarpiece(ports: {
  telephone: number;
  system: number;
}): Promise<Earpiece> {
  const towardsTelephone = await openSocket();
  const towardsSystem = await openSocket();
  const media = new Map<number, Socket>();
  const streams: Stream[] = [];
  let closed = false;
  const outbound = [
    [ports.telephone, towardsSystem.port],
    [towardsTelephone.port, ports.system],
  ] as const;
  const inbound = outbound.map(([there, here]) => [here, there] as const);

  const hear = (packet: Buffer) => {
    const decode = DECODERS[(packet[1] ?? 0) & 0x7f];
    if (packet.length < 13 || !decode) return;
    const ssrc = packet.readUInt32BE(8);
    const sequence = packet.readUInt16BE(2);
    let stream = streams.find((known) => known.ssrc === ssrc);
    if (!stream) {
      stream = { ssrc, samples: [], lastSequence: sequence - 1, lastAt: 0 };
      streams.push(stream);
    }
    const ahead = (sequence - stream.lastSequence) & 0xffff;
    if (ahead === 0 || ahead > 0x8000) return;
    stream.lastSequence = sequence;
    stream.lastAt = performance.now();
    for (const byte of packet.subarray(payloadAt(packet))) {
      stream.samples.push(decode(byte));
    }
    const tooMany = stream.samples.length - KEPT_SECONDS * RATE;
    if (tooMany > RATE) stream.samples.splice(0, tooMany);
  };

  /** Another port is told for the telephone's media; what comes there is heard and passed on. */
  const mediaPort = async (real: number): Promise<number> => {
    let socket = media.get(real);
    if (!socket) {
      const opened = await openSocket();
      socket = opened.socket;
      media.set(real, socket);
      socket.on('message', (packet) => {
        hear(packet);
        opened.socket.send(packet, real, '127.0.0.1');
      });
    }
    return socket.address().port;
  };

  towardsTelephone.socket.on('message', (message) => {
    void (async () => {
      const text = replacePorts(message.toString('latin1'), outbound);
      const real = /^m=audio (\d{5}) /m.exec(text)?.[1];
      const told =
        real === undefined
          ? text
          : text.replace(`m=audio ${real} `, `m=audio ${await mediaPort(Number(real))} `);
      towardsSystem.socket.send(Buffer.from(told, 'latin1'), ports.system, '127.0.0.1');
    })();
  });
  towardsSystem.socket.on('message', (message) => {
    const text = replacePorts(message.toString('latin1'), inbound);
    towardsTelephone.socket.send(Buffer.from(text, 'latin1'), ports.telephone, '127.0.0.1');
  });

  const heard = (): Recording => {
    const newest = streams.at(-1);
    const going = newest !== undefined && performance.now() - newest.lastAt < STOPPED_MS;
    return { sampleRate: RATE, samples: going ? newest.samples.slice() : [] };
  };
  return {
    proxyPort: towardsTelephone.port,
    heard,
    heardFromNowOn: async (ms) => {
      streams.length = 0;
      await wait(ms);
      return { sampleRate: RATE, samples: streams.at(-1)?.samples.slice() ?? [] };
    },
    close: () => {
      if (closed) return;
      closed = true;
      for (const socket of [towardsTelephone.socket, towardsSystem.socket, ...media.values()]) {
        socket.close();
      }
      media.clear();
    },
  };
}

async function openSocket(): Promise<{ socket: Socket; port: number }> {
  const port = await freePort();
  const socket = createSocket('udp4');
  socket.on('error', () => {});
  await new Promise<void>((resolve) => socket.bind(port, '127.0.0.1', resolve));
  return { socket, port };
}

/** Credentials stay as they are: what was signed is signed. */
function replacePorts(text: string, pairs: readonly (readonly [number, number])[]): string {
  const found = new Map(pairs.map(([from, to]) => [`127.0.0.1:${from}`, `127.0.0.1:${to}`]));
  return text
    .split('\r\n')
    .map((line) =>
      /^(?:Proxy-)?Authorization:/i.test(line)
        ? line
        : line.replace(/127\.0\.0\.1:\d{5}/g, (address) => found.get(address) ?? address),
    )
    .join('\r\n');
}

/** Behind the RTP header, its contributing sources and its extension (RFC 3550 section 5). */
function payloadAt(packet: Buffer): number {
  const [first = 0] = packet;
  const fixed = 12 + 4 * (first & 0x0f);
  const extended = (first & 0x10) !== 0 && packet.length >= fixed + 4;
  return extended ? fixed + 4 + 4 * packet.readUInt16BE(fixed + 2) : fixed;
}

/** ITU-T G.711, as samples in −1…+1. */
function fromMuLaw(byte: number): number {
  const value = ~byte & 0xff;
  const magnitude = ((((value & 0x0f) << 3) + 0x84) << ((value & 0x70) >> 4)) - 0x84;
  return (value & 0x80 ? -magnitude : magnitude) / 32_768;
}

function fromALaw(byte: number): number {
  const value = byte ^ 0x55;
  const exponent = (value & 0x70) >> 4;
  const mantissa = ((value & 0x0f) << 4) + 8;
  const magnitude = exponent === 0 ? mantissa : (mantissa + 0x100) << (exponent - 1);
  return (value & 0x80 ? magnitude : -magnitude) / 32_768;
}
