// An audio graph that feeds a stream instead of a loudspeaker.
import type { SoundGate } from './sound-gate.ts';

/** Audio Output Devices API; TypeScript's DOM library does not know it on AudioContext. */
type UnheardOptions = AudioContextOptions & { sinkId: { type: 'none' } };

/**
 * Runs without any output device, so that unplugging one stops neither conference nor recording.
 * `sampleRate` in Hz; the system's own unless said otherwise.
 */
export function openSilentContext(gate: SoundGate, sampleRate?: number): AudioContext {
  const options: UnheardOptions = {
    sinkId: { type: 'none' },
    ...(sampleRate === undefined ? {} : { sampleRate }),
  };
  const context = new AudioContext(options);
  const resume = () => {
    // resume() stays pending, without failing, for as long as the browser forbids sound.
    if (context.state !== 'closed') context.resume().catch(() => undefined);
  };
  resume();
  if (!navigator.userActivation.hasBeenActive && context.state === 'suspended') {
    gate.waitForGesture(resume);
  }
  return context;
}

/** The stream as a source, or null while it has no audio track. */
export function sourceOf(
  context: AudioContext,
  stream: MediaStream | undefined,
): MediaStreamAudioSourceNode | null {
  if (!stream || stream.getAudioTracks().length === 0) return null;
  return new MediaStreamAudioSourceNode(context, { mediaStream: stream });
}
