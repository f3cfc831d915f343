// The product's SIP media against plain peer connections: early sound, an answer before there is a
// microphone, and the network's echo.
import { systemClock } from '../../../renderer/phone/clock.ts';
import type { Microphone } from '../../../renderer/phone/media-port.ts';
import { type LegMedia, makeWebRtcMedia } from '../../../renderer/phone/sip/leg-media.ts';
import { networkTest } from '../../../renderer/phone/sip/network-test.ts';

const outside = new AudioContext({ sampleRate: 16_000 });

function voice(hertz: number): MediaStream {
  const oscillator = new OscillatorNode(outside, { frequency: hertz });
  const destination = outside.createMediaStreamDestination();
  oscillator.connect(destination);
  oscillator.start();
  return destination.stream;
}

/** The loudest frequency in this stream after a while, Hz; null when it is silent. */
async function heardIn(stream: () => MediaStream | null): Promise<number | null> {
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  const heard = stream();
  if (!heard) return null;
  // Chromium feeds remote audio only where an element plays it.
  const player = new Audio();
  player.muted = true;
  player.srcObject = heard;
  await player.play().catch(() => undefined);
  const analyser = new AnalyserNode(outside, { fftSize: 4_096, smoothingTimeConstant: 0 });
  const source = new MediaStreamAudioSourceNode(outside, { mediaStream: heard });
  source.connect(analyser);
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  const levels = new Float32Array(analyser.frequencyBinCount);
  analyser.getFloatFrequencyData(levels);
  source.disconnect();
  player.srcObject = null;
  const loudest = levels.indexOf(Math.max(...levels));
  return (levels[loudest] ?? -200) < -60 ? null : (loudest * 16_000) / 4_096;
}

/** Somebody who is called, or who calls, and speaks one tone. */
function otherSide(hertz: number) {
  const connection = new RTCPeerConnection();
  for (const track of voice(hertz).getTracks()) connection.addTrack(track);
  let heard: MediaStream | null = null;
  connection.addEventListener('track', ({ track }) => {
    heard = new MediaStream([track]);
  });
  const gathered = async (): Promise<string> => {
    while (connection.iceGatheringState !== 'complete') {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    return connection.localDescription?.sdp ?? '';
  };
  return {
    connection,
    heard: () => heard,
    offer: async (): Promise<string> => {
      await connection.setLocalDescription();
      return gathered();
    },
    answer: async (offer: string): Promise<string> => {
      await connection.setRemoteDescription({ type: 'offer', sdp: offer });
      await connection.setLocalDescription();
      return gathered();
    },
  };
}

function desk(): {
  media: LegMedia;
  heard: () => MediaStream | null;
  connection: WeakRef<RTCPeerConnection> | null;
} {
  let heard: MediaStream | null = null;
  let connection: WeakRef<RTCPeerConnection> | null = null;
  const media = makeWebRtcMedia({
    iceServers: [],
    clock: systemClock,
    listener: {
      state: () => undefined,
      remoteStream: (stream) => {
        heard = stream;
      },
      connection: (made) => {
        connection = new WeakRef(made);
      },
    },
  });
  return { media, heard: () => heard, connection };
}

function microphone(hertz: number): Microphone {
  const stream = voice(hertz);
  return {
    stream,
    onChange: () => () => undefined,
    setOpen: (open) => {
      for (const track of stream.getTracks()) track.enabled = open;
    },
    release: () => undefined,
  };
}

/**
 * Resolves when this transport's end of the work is known and the connection's is not: the browser
 * tells of the transport first, then of the connection, then comes what the page has asked for
 * meanwhile, and then the event of the connection's change.
 */
function stateOnItsWay(transport: RTCDtlsTransport | null): Promise<unknown> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port2.addEventListener('message', resolve);
    port2.start();
    const look = (): void => {
      if (!transport || transport.state === 'connected') port1.postMessage(null);
    };
    transport?.addEventListener('statechange', look);
    look();
    // Not each of them lets it know.
    setTimeout(resolve, 300);
  });
}

const connections: WeakRef<RTCPeerConnection>[] = [];

const sipMedia = {
  /** A fork plays 523 Hz early; then another answers, who speaks 700 Hz. The agent speaks 950 Hz. */
  async earlyThenAnsweredByAnother() {
    await outside.resume();
    const { media, heard } = desk();
    const [early, callee] = [otherSide(523), otherSide(700)];
    media.useMicrophone(microphone(950));
    const { body } = await media.getDescription();
    media.hearEarly(await early.answer(body));
    const [earlyHeard, earlyHears] = await Promise.all([heardIn(heard), heardIn(early.heard)]);
    await media.setDescription(await callee.answer(body));
    media.openMicrophone(true);
    const [heardThen, calleeHears] = await Promise.all([heardIn(heard), heardIn(callee.heard)]);
    media.close();
    return { earlyHeard, earlyHears, heardThen, calleeHears };
  },
  /** A reliable 180 carries the answer; the agent answers later and speaks 950 Hz. */
  async answeredBeforeMicrophone() {
    await outside.resume();
    const { media, heard } = desk();
    const caller = otherSide(700);
    await media.setDescription(await caller.offer());
    const { body } = await media.getDescription();
    await caller.connection.setRemoteDescription({ type: 'answer', sdp: body });
    const before = await heardIn(caller.heard);
    media.useMicrophone(microphone(950));
    media.openMicrophone(true);
    const [callerHears, deskHears] = await Promise.all([heardIn(caller.heard), heardIn(heard)]);
    media.close();
    return { before, callerHears, deskHears };
  },
  /** So many calls, each ended while it connects; answers how many connections have not been closed. */
  async endedWhileConnecting(calls: number): Promise<number> {
    await outside.resume();
    const speaks = microphone(950);
    for (let call = 0; call < calls; call += 1) {
      const { media, connection } = desk();
      if (connection) connections.push(connection);
      const callee = otherSide(700);
      media.useMicrophone(speaks);
      const { body } = await media.getDescription();
      await media.setDescription(await callee.answer(body));
      await stateOnItsWay(connection?.deref()?.getSenders()[0]?.transport ?? null);
      media.close();
      callee.connection.close();
    }
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    return connections.filter((each) => (each.deref()?.connectionState ?? 'closed') !== 'closed')
      .length;
  },
  /** How many of those connections the browser still holds. */
  held: () => connections.filter((each) => each.deref()).length,
  network: () =>
    networkTest({
      account: {
        server: 'ws://127.0.0.1:9',
        user: 'agent',
        domain: 'example.test',
        authUser: null,
        displayName: null,
      },
      password: 'secret',
      iceServers: [],
    }),
};

declare global {
  interface Window {
    sipMedia: typeof sipMedia;
  }
}
window.sipMedia = sipMedia;
