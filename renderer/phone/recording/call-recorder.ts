// Records one call in two channels, left the agent and right the customer, and hands over a chunk of
// WebM/Opus a second.
import type { CallRecorder, RecordingSink } from '../media-port.ts';
import type { OpenedMicrophone } from '../media/microphone.ts';
import type { RemoteStreams } from '../media/remote-streams.ts';
import { openSilentContext, sourceOf } from '../media/silent-context.ts';
import type { SoundGate } from '../media/sound-gate.ts';

const TYPE = 'audio/webm;codecs=opus';
/** At this rate the two channels stay 85 dB apart. */
const BITS_PER_SECOND = 64_000;
const CHUNK_MS = 1000;
/** What one message to core may carry; a window that was asleep brings more at once. */
const PIECE = 256 * 1024;
const AGENT = 0;
const CUSTOMER = 1;

interface Recorded {
  callId: string;
  microphone: OpenedMicrophone;
}

export function recordCall(
  { callId, microphone }: Recorded,
  sink: RecordingSink,
  remotes: RemoteStreams,
  gate: SoundGate,
): CallRecorder {
  const context = openSilentContext(gate);
  const merger = new ChannelMergerNode(context, { numberOfInputs: 2 });
  const destination = new MediaStreamAudioDestinationNode(context, { channelCount: 2 });
  merger.connect(destination);
  let sources: AudioNode[] = [];
  let paused = false;
  let stopping: Promise<void> | null = null;

  const unwire = () => {
    for (const source of sources) source.disconnect();
    sources = [];
  };
  const wire = () => {
    unwire();
    if (paused || stopping) return;
    const connect = (stream: MediaStream | undefined, channel: number) => {
      const source = sourceOf(context, stream);
      if (!source) return;
      sources.push(source);
      source.connect(merger, 0, channel);
    };
    connect(microphone.raw, AGENT);
    connect(remotes.get(callId), CUSTOMER);
  };
  const forget = [microphone.onRawChange(wire), remotes.subscribe(wire)];
  wire();

  const recorder = new MediaRecorder(destination.stream, {
    mimeType: TYPE,
    audioBitsPerSecond: BITS_PER_SECOND,
  });
  // Reading a blob takes a moment; chunks must not overtake each other.
  let handedOver: Promise<void> = Promise.resolve();
  let index = 0;
  recorder.addEventListener('dataavailable', ({ data }) => {
    if (data.size === 0) return;
    handedOver = handedOver
      .then(async () => {
        const chunk = new Uint8Array(await data.arrayBuffer());
        for (let at = 0; at < chunk.length; at += PIECE, index += 1) {
          sink.append(index, chunk.subarray(at, at + PIECE));
        }
      })
      .catch(() => {
        // A hole in the file would spoil all that follows.
        void stop();
        sink.failed();
      });
  });
  recorder.addEventListener('error', () => {
    void stop();
    sink.failed();
  });
  recorder.start(CHUNK_MS);

  const finish = async () => {
    for (const each of forget) each();
    unwire();
    if (recorder.state !== 'inactive') {
      const stopped = new Promise((resolve) => recorder.addEventListener('stop', resolve));
      recorder.stop();
      await stopped;
    }
    await handedOver;
    for (const track of destination.stream.getTracks()) track.stop();
    await context.close().catch(() => undefined);
  };
  const stop = () => (stopping ??= finish());

  return {
    setPaused(next) {
      if (next === paused || stopping) return;
      paused = next;
      // The recorder is stopped from hearing, and besides from writing.
      wire();
      if (recorder.state === 'inactive') return;
      if (paused) recorder.pause();
      else recorder.resume();
    },
    stop,
  };
}
