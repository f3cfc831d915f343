// The media of one call: sip.js' session description handler on one RTCPeerConnection. Unlike sip.js'
// own it can take an offer back, releases the offer at the first usable ICE candidate, keeps hold as
// two facts, and never stops a track that is not its own.
import type { SessionDescriptionHandler } from 'sip.js';
import type { MediaState } from '../call-state.ts';
import type { Clock } from '../clock.ts';
import type { Microphone } from '../media-port.ts';
import { closeConnection } from './close-connection.ts';
import {
  audioDirectionOf,
  directionToAnswer,
  directionToOffer,
  heldByAnswer,
  heldByOffer,
  type HoldState,
  type MediaDirection,
} from './sdp-direction.ts';

export interface LegMedia extends SessionDescriptionHandler {
  /** Makes the first offer before there is a microphone; resolves once it could be sent. */
  offerAhead(): Promise<void>;
  /** The first offer once it is made, else null; it is handed out once. */
  readyOffer(): string | null;
  /**
   * Makes the answer to this offer before the agent has answered. Nothing of it reaches the other side,
   * nor the sound of the other side us, before the call is answered.
   */
  answerAhead(sdp: string): void;
  /** What the agent says from now on; before that the call is silent. */
  useMicrophone(microphone: Microphone): void;
  /** As last agreed with the other side. */
  readonly hold: Readonly<HoldState>;
  /** What the next offer is to bring. */
  prepareOffer(wish: { hold: boolean; iceRestart: boolean }): void;
  openMicrophone(open: boolean): void;
  /** Plays what this answer of a provisional response lets hear; the final answer replaces it. */
  hearEarly(sdp: string): void;
}

export interface LegMediaListener {
  state(state: MediaState): void;
  remoteStream(stream: MediaStream): void;
  connection(connection: RTCPeerConnection): void;
}

export interface LegMediaOptions {
  iceServers: readonly RTCIceServer[];
  clock: Clock;
  listener: LegMediaListener;
}

export type MakeLegMedia = (options: LegMediaOptions) => LegMedia;

/** Longest wait for a server-reflexive or relayed candidate once a host one is there, ms. */
const REFLEXIVE_WAIT = 300;
const CANDIDATE_LIMIT = 1_000;
const TONE = { duration: 120, gap: 60 } as const;

const MEDIA_STATES: Readonly<Partial<Record<RTCPeerConnectionState, MediaState>>> = {
  connecting: 'checking',
  connected: 'connected',
  disconnected: 'disconnected',
  failed: 'failed',
};

export const makeWebRtcMedia: MakeLegMedia = ({ iceServers, clock, listener }) => {
  // No `max-bundle`: media relays such as rtpengine answer a lone audio stream without a BUNDLE group,
  // which Chromium would then refuse.
  // A pool of one finds addresses before there is a description to put them into.
  const connection = new RTCPeerConnection({
    iceServers: [...iceServers],
    iceCandidatePoolSize: 1,
  });
  let hold: HoldState = { local: false, remote: false };
  let wish = { hold: false, iceRestart: false };
  let offered: MediaDirection = 'sendrecv';
  let open = false;
  let closed = false;

  let microphone: Microphone | null = null;
  let sender: RTCRtpSender | null = null;
  let firstOffer: Promise<string> | null = null;
  let firstOfferMade = false;
  let ahead: { sdp: string; answer: Promise<RTCSessionDescriptionInit> } | null = null;
  /** What will be heard once the call is answered. */
  let unheard: MediaStream | null = null;
  let stopFollowing: () => void = () => undefined;

  const speak = (stream: MediaStream): void => {
    const [next] = stream.getAudioTracks();
    if (!next || closed) return;
    if (sender) sender.replaceTrack(next).catch(() => undefined);
    // With an answer in the making it speaks once that has its place for it.
    else if (!ahead) sender = connection.addTrack(next, stream);
  };

  connection.addEventListener('connectionstatechange', () => {
    const state = MEDIA_STATES[connection.connectionState];
    if (state && !closed) listener.state(state);
  });
  connection.addEventListener('track', (event) => {
    if (closed) return;
    const stream = event.streams[0] ?? new MediaStream([event.track]);
    if (ahead) unheard = stream;
    else listener.remoteStream(stream);
  });
  listener.connection(connection);

  const setDirection = (direction: MediaDirection): void => {
    for (const transceiver of connection.getTransceivers()) {
      if (transceiver.currentDirection !== 'stopped') transceiver.direction = direction;
    }
  };

  const rollback = async (): Promise<void> => {
    wish = { hold: hold.local, iceRestart: false };
    if (['have-local-offer', 'have-remote-pranswer'].includes(connection.signalingState)) {
      await connection.setLocalDescription({ type: 'rollback' });
    } else if (connection.signalingState === 'have-remote-offer') {
      await connection.setRemoteDescription({ type: 'rollback' });
    }
  };

  const localSdp = (): string => {
    const sdp = connection.localDescription?.sdp;
    if (!sdp) throw new Error('There is no local description.');
    return sdp;
  };

  const offeredTo = (): MediaDirection => audioDirectionOf(connection.remoteDescription?.sdp ?? '');

  const offer = async (): Promise<string> => {
    offered = directionToOffer({ local: wish.hold, remote: hold.remote });
    setDirection(offered);
    const candidates = usableCandidate(connection, iceServers.length > 0, clock);
    try {
      await connection.setLocalDescription(
        await connection.createOffer({ iceRestart: wish.iceRestart }),
      );
      await candidates.usable(wish.iceRestart);
      return localSdp();
    } catch (error) {
      await rollback().catch(() => undefined);
      throw error;
    } finally {
      candidates.stop();
    }
  };

  const makeAnswer = (): Promise<RTCSessionDescriptionInit> => {
    // Answered before there is a microphone: it speaks here later.
    sender ??= connection.getTransceivers()[0]?.sender ?? null;
    if (microphone) speak(microphone.stream);
    setDirection(directionToAnswer(offeredTo(), hold.local));
    return connection.createAnswer();
  };

  const answer = async (): Promise<string> => {
    const direction = offeredTo();
    const made = ahead;
    ahead = null;
    if (unheard) listener.remoteStream(unheard);
    unheard = null;
    const candidates = usableCandidate(connection, iceServers.length > 0, clock);
    try {
      await connection.setLocalDescription(await (made?.answer ?? makeAnswer()));
      await candidates.usable(false);
      hold = { local: hold.local, remote: heldByOffer(direction) };
      return localSdp();
    } finally {
      candidates.stop();
    }
  };

  return {
    offerAhead: async () => {
      if (!sender) {
        sender = connection.addTransceiver('audio', { streams: [new MediaStream()] }).sender;
        firstOffer = offer();
      }
      await firstOffer;
      firstOfferMade = true;
    },
    readyOffer: () => {
      if (!firstOffer || !firstOfferMade || closed) return null;
      firstOffer = null;
      // By now it may name more addresses than when it was made.
      return localSdp();
    },
    answerAhead: (sdp) => {
      if (ahead || sender || connection.signalingState !== 'stable') return;
      const made = connection.setRemoteDescription({ type: 'offer', sdp }).then(makeAnswer);
      // Whoever answers hears of a failure.
      made.catch(() => undefined);
      ahead = { sdp, answer: made };
    },
    useMicrophone: (next) => {
      stopFollowing();
      microphone = next;
      microphone.setOpen(open);
      stopFollowing = microphone.onChange(speak);
      speak(microphone.stream);
    },
    get hold() {
      return hold;
    },
    prepareOffer: (next) => {
      wish = next;
    },
    openMicrophone: (next) => {
      open = next;
      if (!closed) microphone?.setOpen(next);
    },
    hearEarly: (sdp) => {
      if (closed || connection.signalingState === 'stable') return;
      // What cannot be heard early is heard once the call is answered.
      connection.setRemoteDescription({ type: 'pranswer', sdp }).catch(() => undefined);
    },
    hasDescription: (contentType) => contentType.toLowerCase().startsWith('application/sdp'),
    getDescription: async () => {
      if (firstOffer) {
        const made = firstOffer;
        firstOffer = null;
        return { body: await made, contentType: 'application/sdp' };
      }
      const answers = connection.signalingState === 'have-remote-offer';
      return { body: await (answers ? answer() : offer()), contentType: 'application/sdp' };
    },
    setDescription: async (sdp) => {
      if (ahead && ahead.sdp === sdp) {
        await ahead.answer;
        return;
      }
      if (!['have-local-offer', 'have-remote-pranswer'].includes(connection.signalingState)) {
        await connection.setRemoteDescription({ type: 'offer', sdp });
        return;
      }
      await connection.setRemoteDescription({ type: 'answer', sdp });
      hold = {
        local: wish.hold,
        remote: heldByAnswer(offered, audioDirectionOf(sdp), hold.remote),
      };
      wish = { hold: hold.local, iceRestart: false };
    },
    rollbackDescription: rollback,
    sendDtmf: (tones) => {
      if (!sender?.dtmf?.canInsertDTMF) return false;
      sender.dtmf.insertDTMF(sender.dtmf.toneBuffer + tones, TONE.duration, TONE.gap);
      return true;
    },
    close: () => {
      if (closed) return;
      closed = true;
      stopFollowing();
      microphone?.setOpen(false);
      closeConnection(connection);
    },
  };
};

/**
 * Watches for the first candidate that is good enough to send: a host one where no ICE servers are
 * set, else a reflexive or relayed one, or 300 ms after the first. Later ones reach the other side as
 * peer-reflexive candidates.
 */
function usableCandidate(
  connection: RTCPeerConnection,
  withServers: boolean,
  clock: Clock,
): { usable(restart: boolean): Promise<void>; stop(): void } {
  let settle: () => void = () => undefined;
  const found = new Promise<void>((resolve) => {
    settle = resolve;
  });
  const stops: (() => void)[] = [];
  const onCandidate = (event: RTCPeerConnectionIceEvent): void => {
    const type = event.candidate?.type;
    if (!event.candidate || !withServers || type === 'srflx' || type === 'relay') settle();
    else stops.push(clock.after(REFLEXIVE_WAIT, settle));
  };
  connection.addEventListener('icecandidate', onCandidate);
  stops.push(() => connection.removeEventListener('icecandidate', onCandidate));
  return {
    usable: (restart) => {
      if (!restart && connection.iceGatheringState === 'complete') return Promise.resolve();
      stops.push(clock.after(CANDIDATE_LIMIT, settle));
      return found;
    },
    stop: () => {
      for (const stop of stops) stop();
    },
  };
}
