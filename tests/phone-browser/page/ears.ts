// An ear at every received track of the page, put there before anything else runs. It sits around the
// browser's own class, never in the product. `?deaf` leaves it out where resources are counted.

interface Ear {
  connection: RTCPeerConnection;
  analyser: AnalyserNode;
}

const SAMPLE_RATE = 16_000;
const ears: Ear[] = [];
const deaf = new URLSearchParams(location.search).has('deaf');

const Original = window.RTCPeerConnection;
window.RTCPeerConnection = class extends Original {
  constructor(configuration?: RTCConfiguration) {
    super(configuration);
    if (deaf) return;
    this.addEventListener('track', (event) =>
      ears.push({ connection: this, analyser: earAt(event.track) }),
    );
  }
};

let context: AudioContext | null = null;

function earAt(track: MediaStreamTrack): AnalyserNode {
  context ??= new AudioContext({ sampleRate: SAMPLE_RATE });
  const stream = new MediaStream([track]);
  const puller = new Audio();
  puller.muted = true;
  puller.srcObject = stream;
  puller.play().catch(() => undefined);
  const analyser = new AnalyserNode(context, { fftSize: 16_384 });
  new MediaStreamAudioSourceNode(context, { mediaStream: stream }).connect(analyser);
  track.addEventListener('ended', () => {
    puller.srcObject = null;
  });
  return analyser;
}

/** The last second that the connection received, at 16 kHz; empty before there is any. */
export function heardAt(belongs: (connection: RTCPeerConnection) => boolean): number[] {
  const ear = ears.findLast(
    ({ connection }) => connection.connectionState !== 'closed' && belongs(connection),
  );
  if (!ear) return [];
  const samples = new Float32Array(ear.analyser.fftSize);
  ear.analyser.getFloatTimeDomainData(samples);
  return Array.from(samples);
}

/** What breaks the silence, from its first sound to its last; empty if nothing does within 6 s. */
export async function heardNext(listen: () => number[]): Promise<number[]> {
  const limit = performance.now() + 6_000;
  const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
  const isSound = (sample: number) => Math.abs(sample) > 0.005;
  while (performance.now() < limit && !listen().some(isSound)) await wait(50);
  await wait(400);
  const samples = listen();
  const first = samples.findIndex(isSound);
  return first < 0 ? [] : samples.slice(first, samples.findLastIndex(isSound) + 1);
}
