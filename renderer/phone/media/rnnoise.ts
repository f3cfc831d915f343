// RNNoise in an audio worklet: one graph for each microphone that is cleaned. Loaded only when wanted.
import { loadRnnoise, RnnoiseWorkletNode } from '@sapphi-red/web-noise-suppressor';
import plainWasm from '@sapphi-red/web-noise-suppressor/rnnoise.wasm?url';
import simdWasm from '@sapphi-red/web-noise-suppressor/rnnoise_simd.wasm?url';
import type { CleanedSound } from './noise-suppressor.ts';
import { openSilentContext } from './silent-context.ts';
import type { SoundGate } from './sound-gate.ts';

/** What RNNoise was trained on; the browser fits other microphones to it. */
const SAMPLE_RATE = 48_000;
const READY_WITHIN_MS = 2_000;
const LOOK_EVERY_MS = 10;

/**
 * The stream without its noise, about 15 ms later. Rejects when this browser cannot do it.
 * `onFailure` hears when it stops working; nothing but silence comes out from then on.
 */
export async function cleanWithRnnoise(
  stream: MediaStream,
  gate: SoundGate,
  onFailure: () => void,
): Promise<CleanedSound> {
  const context = openSilentContext(gate, SAMPLE_RATE);
  let node: RnnoiseWorkletNode | null = null;
  const close = () => {
    node?.destroy();
    node?.disconnect();
    context.close().catch(() => undefined);
  };
  try {
    if (context.sampleRate !== SAMPLE_RATE) throw new Error('another sample rate');
    const [wasmBinary] = await Promise.all([
      loadRnnoise({ url: plainWasm, simdUrl: simdWasm }),
      import('@sapphi-red/web-noise-suppressor/rnnoiseWorklet.js?url').then((worklet) =>
        context.audioWorklet.addModule(worklet.default),
      ),
    ]);
    node = new RnnoiseWorkletNode(context, { wasmBinary, maxChannels: 1 });
    await speaksUp(context, node);
  } catch (error) {
    close();
    throw error;
  }
  node.addEventListener('processorerror', onFailure);
  const source = new MediaStreamAudioSourceNode(context, { mediaStream: stream });
  const destination = new MediaStreamAudioDestinationNode(context, {
    channelCount: 1,
    channelCountMode: 'explicit',
  });
  // Two channels would need two of them.
  const mono = new GainNode(context, { channelCount: 1, channelCountMode: 'explicit' });
  source.connect(mono).connect(node).connect(destination);
  return {
    stream: destination.stream,
    stop() {
      for (const part of [source, mono]) part.disconnect();
      for (const track of destination.stream.getTracks()) track.stop();
      close();
    },
  };
}

/**
 * Resolves when sound comes through. The worklet does not say when its program has been compiled, nor
 * when that was forbidden: until then it gives silence, which no caller may be left with.
 */
async function speaksUp(context: AudioContext, node: AudioNode): Promise<void> {
  const probe = new OscillatorNode(context, { type: 'sawtooth', frequency: 140 });
  // Some of it is still inside when the microphone takes its place.
  const quiet = new GainNode(context, { gain: 0.01 });
  const ear = new AnalyserNode(context, { fftSize: 2048 });
  const samples = new Float32Array(ear.fftSize);
  probe.connect(quiet).connect(node).connect(ear);
  probe.start();
  try {
    const until = performance.now() + READY_WITHIN_MS;
    do {
      if (performance.now() > until) throw new Error('no sound comes through');
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
      ear.getFloatTimeDomainData(samples);
    } while (samples.every((sample) => sample === 0));
  } finally {
    probe.stop();
    probe.disconnect();
    quiet.disconnect();
    node.disconnect();
  }
}
