// What a page holds on to: by the browser's own counters after a garbage collection, and by counters
// around the constructors whose work the product must end itself. They are in the browser, never in
// the product.
import type { CDPSession, Page } from '@playwright/test';

/** How many of each there are now. */
export interface OpenThings {
  /**
   * Bytes of JavaScript's objects, strings and numbers after a full collection; without the machine
   * code that the engine makes of whatever runs often, which grows for hundreds of calls.
   */
  heap: number;
  /** The browser's counters: what no script can reach any more but the browser still holds counts too. */
  listeners: number;
  nodes: number;
  documents: number;
  peers: number;
  audioNodes: number;
  /** Made by the page and not yet closed, stopped or cleared. */
  openPeers: number;
  openContexts: number;
  liveTracks: number;
  timeouts: number;
  intervals: number;
}

interface Counted {
  peers: WeakRef<RTCPeerConnection>[];
  contexts: WeakRef<AudioContext>[];
  tracks: WeakRef<MediaStreamTrack>[];
  timeouts: Map<number, { ms: number; run: () => void }>;
  intervals: Set<number>;
}

declare global {
  interface Window {
    counted: Counted;
  }
}

/**
 * Delays, in ms, that are let pass at once before counting, as if the desk had been left alone for so
 * long: a SIP transaction is kept for 64·T1 after its end (RFC 3261, timers B, F, H, J and L), an
 * answer of core's that nothing shows any more for five minutes.
 */
const LET_PASS = [32_000, 300_000];

/** To be called before the page is opened. */
export async function countOpenings(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const counted: Counted = {
      peers: [],
      contexts: [],
      tracks: [],
      timeouts: new Map(),
      intervals: new Set(),
    };
    window.counted = counted;
    const Peer = window.RTCPeerConnection;
    window.RTCPeerConnection = class extends Peer {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        counted.peers.push(new WeakRef(this));
      }
    };
    const Context = window.AudioContext;
    window.AudioContext = class extends Context {
      constructor(options?: AudioContextOptions) {
        super(options);
        counted.contexts.push(new WeakRef(this));
      }
    };
    const { mediaDevices } = navigator;
    const getUserMedia = mediaDevices.getUserMedia.bind(mediaDevices);
    mediaDevices.getUserMedia = async (constraints) => {
      const stream = await getUserMedia(constraints);
      for (const track of stream.getTracks()) counted.tracks.push(new WeakRef(track));
      return stream;
    };
    const {
      setTimeout: setOnce,
      clearTimeout: clearOnce,
      setInterval: setEvery,
      clearInterval: clearEvery,
    } = window as unknown as {
      setTimeout: (run: () => void, ms: number) => number;
      clearTimeout: (id?: number) => void;
      setInterval: (run: () => void, ms: number) => number;
      clearInterval: (id?: number) => void;
    };
    // Either way of clearing clears either kind of timer.
    const clear = (id?: number) => {
      if (id === undefined) return;
      counted.timeouts.delete(id);
      counted.intervals.delete(id);
      clearOnce(id);
      clearEvery(id);
    };
    Object.assign(window, {
      setTimeout: (run: (...given: unknown[]) => void, ms = 0, ...given: unknown[]) => {
        const once = () => {
          counted.timeouts.delete(id);
          run(...given);
        };
        const id = setOnce(once, ms);
        counted.timeouts.set(id, { ms, run: once });
        return id;
      },
      setInterval: (run: (...given: unknown[]) => void, ms = 0, ...given: unknown[]) => {
        const id = setEvery(() => run(...given), ms);
        counted.intervals.add(id);
        return id;
      },
      clearTimeout: clear,
      clearInterval: clear,
    });
  });
}

/** Counts what the page holds, with the times of `LET_PASS` over; the page has to be idle. */
export async function openThingsOf(page: Page, session: CDPSession): Promise<OpenThings> {
  await page.evaluate(async (delays) => {
    const { timeouts } = window.counted;
    const due = [...timeouts].filter(([, { ms }]) => delays.includes(ms));
    for (const [id, { run }] of due) {
      clearTimeout(id);
      run();
    }
    // What came of that, and the last tone, have a moment to come to an end.
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }, LET_PASS);
  // What one collection sets free, only the next one may take.
  for (let turn = 0; turn < 3; turn += 1) await session.send('HeapProfiler.collectGarbage');
  const { metrics } = await session.send('Performance.getMetrics');
  const of = (wanted: string) => {
    const metric = metrics.find(({ name }) => name === wanted);
    if (!metric) throw new Error(`This browser does not count ${wanted}.`);
    return metric.value;
  };
  const made = await page.evaluate(() => {
    const { peers, contexts, tracks, timeouts, intervals } = window.counted;
    const standing = <Some extends object>(all: WeakRef<Some>[]) =>
      all.flatMap((ref) => ref.deref() ?? []);
    return {
      openPeers: standing(peers).filter((peer) => peer.signalingState !== 'closed').length,
      openContexts: standing(contexts).filter((context) => context.state !== 'closed').length,
      liveTracks: standing(tracks).filter((track) => track.readyState === 'live').length,
      timeouts: timeouts.size,
      intervals: intervals.size,
    };
  });
  return {
    heap: await heapOf(session),
    listeners: of('JSEventListeners'),
    nodes: of('Nodes'),
    documents: of('Documents'),
    peers: of('RTCPeerConnections'),
    audioNodes: of('AudioHandlers'),
    ...made,
  };
}

interface HeapSnapshot {
  snapshot: { meta: { node_fields: string[]; node_types: [string[], ...unknown[]] } };
  /** One node after another, each with the fields that `node_fields` names. */
  nodes: number[];
}

/** Neither code nor what the browser keeps outside of JavaScript, which its own counters show. */
const NOT_COUNTED = ['code', 'native', 'hidden', 'synthetic', 'object shape'];

async function heapOf(session: CDPSession): Promise<number> {
  const parts: string[] = [];
  const take = ({ chunk }: { chunk: string }) => void parts.push(chunk);
  session.on('HeapProfiler.addHeapSnapshotChunk', take);
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  session.off('HeapProfiler.addHeapSnapshotChunk', take);
  const { snapshot, nodes } = JSON.parse(parts.join('')) as HeapSnapshot;
  const { node_fields: fields, node_types: types } = snapshot.meta;
  const [type, size] = [fields.indexOf('type'), fields.indexOf('self_size')];
  const counted = types[0].map((name) => !NOT_COUNTED.includes(name));
  let bytes = 0;
  for (let at = 0; at < nodes.length; at += fields.length) {
    if (counted[nodes[at + type] ?? -1] === true) bytes += nodes[at + size] ?? 0;
  }
  return bytes;
}

/** What `openThingsOf` needs of the page's browser. */
export async function countingSession(page: Page): Promise<CDPSession> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  await session.send('HeapProfiler.enable');
  return session;
}
