// The agent's own voice, a moment later: the surest test of microphone and loudspeaker together.

/** Audio Output Devices API; TypeScript's DOM library does not know it on AudioContext. */
type RoutableContext = AudioContext & { setSinkId(deviceId: string): Promise<void> };

/** Late enough to be told from the voice itself. */
const DELAY_SECONDS = 1;

/** Plays the stream on this loudspeaker until the returned function is called. */
export function echoOf(stream: MediaStream, speaker: string | null): () => void {
  const context = new AudioContext();
  (context as RoutableContext).setSinkId(speaker ?? '').catch(() => undefined);
  context.resume().catch(() => undefined);
  const source = new MediaStreamAudioSourceNode(context, { mediaStream: stream });
  const delay = new DelayNode(context, { delayTime: DELAY_SECONDS, maxDelayTime: DELAY_SECONDS });
  source.connect(delay).connect(context.destination);
  return () => {
    source.disconnect();
    delay.disconnect();
    context.close().catch(() => undefined);
  };
}
