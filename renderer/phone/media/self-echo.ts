// The agent's own voice, a moment later: the surest test of microphone and loudspeaker together.
import type { OpenedMicrophone } from './microphone.ts';
import { sourceOf } from './silent-context.ts';

/** Audio Output Devices API; TypeScript's DOM library does not know it on AudioContext. */
type RoutableContext = AudioContext & { setSinkId(deviceId: string): Promise<void> };

/** Late enough to be told from the voice itself. */
const DELAY_SECONDS = 1;

type Heard = Pick<OpenedMicrophone, 'raw' | 'onRawChange'>;

/** Plays the microphone on this loudspeaker until the returned function is called. */
export function echoOf(microphone: Heard, speaker: string | null): () => void {
  const context = new AudioContext();
  (context as RoutableContext).setSinkId(speaker ?? '').catch(() => undefined);
  context.resume().catch(() => undefined);
  const delay = new DelayNode(context, { delayTime: DELAY_SECONDS, maxDelayTime: DELAY_SECONDS });
  delay.connect(context.destination);
  let source: AudioNode | null = null;
  const wire = () => {
    source?.disconnect();
    source = sourceOf(context, microphone.raw);
    source?.connect(delay);
  };
  wire();
  const forget = microphone.onRawChange(wire);
  return () => {
    forget();
    source?.disconnect();
    delay.disconnect();
    context.close().catch(() => undefined);
  };
}
