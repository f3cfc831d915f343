// rtpengine 10.5 in userspace: plain RTP on the telephone's side, ICE and DTLS-SRTP on the browser's.
import { createSocket } from 'node:dgram';
import { type Peer, type PeerGroup, until } from './peers.ts';

export interface RtpengineOptions {
  port: number;
  /** First and last UDP port for media. */
  mediaPorts: readonly [number, number];
}

export async function startRtpengine(group: PeerGroup, options: RtpengineOptions): Promise<Peer> {
  const peer = group.start('rtpengine', 'rtpengine', [
    ...['--table=-1', '--interface=127.0.0.1', `--listen-ng=127.0.0.1:${options.port}`],
    ...[`--port-min=${options.mediaPorts[0]}`, `--port-max=${options.mediaPorts[1]}`],
    // Media go where a telephone says it hears, not where it speaks from: there its earpiece is.
    '--endpoint-learning=off',
    ...['--foreground', '--log-stderr', '--log-level=5', '--num-threads=2', '--config-file=none'],
  ]);
  await until('rtpengine answers', () => {
    if (!peer.running()) throw new Error(`rtpengine ended:\n${peer.log()}`);
    return answersPing(options.port);
  });
  return peer;
}

function answersPing(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    const finish = (answered: boolean) => {
      clearTimeout(timer);
      socket.close();
      resolve(answered);
    };
    const timer = setTimeout(finish, 200, false);
    socket.once('error', () => finish(false));
    socket.once('message', (message) => finish(message.includes('pong')));
    socket.send('0 d7:command4:pinge', port, '127.0.0.1');
  });
}
