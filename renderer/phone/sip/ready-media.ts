// One call's media made in advance: its certificate, its candidates and its offer cost more than all
// else between the agent's hand and the INVITE. It has no microphone, and nothing of it is sent.
import type { Clock } from '../clock.ts';
import type { LegMedia, LegMediaListener, MakeLegMedia } from './leg-media.ts';

export interface ReadyMedia {
  /** Whether the next call's media is to be kept ready; `false` drops it. */
  keep(on: boolean): void;
  /** The network changed: addresses that were found before are of no use. */
  renew(): void;
  /** For an outbound call: what is ready, or else something new. */
  make: MakeLegMedia;
}

export interface ReadyMediaOptions {
  make: MakeLegMedia;
  iceServers: readonly RTCIceServer[];
  clock: Clock;
}

/** After registration or after a call took the last one, ms: neither may wait for this. */
const SETTLE = 500;
/** Networks change without a word, and relays let unused addresses go, ms. */
const RENEW = 120_000;

interface Prepared {
  media: LegMedia;
  adopt(listener: LegMediaListener): void;
}

export function createReadyMedia({ make, iceServers, clock }: ReadyMediaOptions): ReadyMedia {
  let ready: Prepared | null = null;
  let wanted = false;
  let stopTimer: (() => void) | null = null;
  /** What is being made for an older one is not used. */
  let generation = 0;

  const drop = (): void => {
    generation += 1;
    stopTimer?.();
    stopTimer = null;
    ready?.media.close();
    ready = null;
  };
  const buildIn = (ms: number): void => {
    stopTimer?.();
    stopTimer = wanted ? clock.after(ms, () => void build()) : null;
  };
  const build = async (): Promise<void> => {
    generation += 1;
    const mine = generation;
    let next: Prepared | null = null;
    try {
      next = prepare(make, iceServers, clock);
      await next.media.offerAhead();
    } catch {
      // The call itself will try again, and say so when that fails too.
      next?.media.close();
      next = null;
    }
    if (mine !== generation) {
      next?.media.close();
      return;
    }
    ready?.media.close();
    ready = next;
    buildIn(RENEW);
  };

  return {
    keep: (on) => {
      if (on === wanted) return;
      wanted = on;
      if (on) buildIn(SETTLE);
      else drop();
    },
    renew: () => {
      drop();
      buildIn(SETTLE);
    },
    make: (options) => {
      const taken = ready;
      if (!taken) return make(options);
      ready = null;
      generation += 1;
      buildIn(SETTLE);
      taken.adopt(options.listener);
      return taken.media;
    },
  };
}

function prepare(make: MakeLegMedia, iceServers: readonly RTCIceServer[], clock: Clock): Prepared {
  let listener: LegMediaListener | null = null;
  let connection: RTCPeerConnection | null = null;
  const media = make({
    iceServers,
    clock,
    listener: {
      state: (state) => listener?.state(state),
      remoteStream: (stream) => listener?.remoteStream(stream),
      connection: (made) => {
        connection = made;
      },
    },
  });
  return {
    media,
    adopt: (next) => {
      listener = next;
      if (connection) next.connection(connection);
    },
  };
}
