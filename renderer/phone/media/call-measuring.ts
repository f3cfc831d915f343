// Measures one call once a second.
import type { CallMeasurement } from '../media-port.ts';
import { mediaSampleFrom } from './media-sample.ts';
import { beginListening, nextListening, oneWayAudio } from './one-way-audio.ts';
import type { ListeningState } from './one-way-audio.ts';
import { beginTally, qualityOf, withSample } from './quality.ts';
import type { MediaSample, Tally } from './quality.ts';

const INTERVAL_MS = 1000;
/** What the screen shows is the quality over so many samples. */
const RECENT_SAMPLES = 6;

/** The part of RTCPeerConnection that is needed, so that tests can give a scripted one. */
export interface MeasuredConnection {
  getStats(): Promise<RTCStatsReport>;
  getSenders(): readonly { readonly track: { readonly enabled: boolean } | null }[];
}

/** Returns the way to stop. */
export function measureCall(
  connection: MeasuredConnection,
  held: () => boolean,
  listener: (measurement: CallMeasurement) => void,
): () => void {
  let tally: Tally | null = null;
  let listening: ListeningState | null = null;
  let recent: readonly MediaSample[] = [];
  let busy = false;
  let stopped = false;

  const take = (sample: MediaSample) => {
    const muted = connection.getSenders().every((sender) => sender.track?.enabled !== true);
    tally = tally ? withSample(tally, sample) : beginTally(sample);
    listening = listening
      ? nextListening(listening, sample, { held: held(), muted })
      : beginListening(sample);
    recent = [...recent, sample].slice(-RECENT_SAMPLES);
    const [first, ...rest] = recent;
    if (!first) return;
    const now = rest.reduce(withSample, beginTally(first));
    listener({ quality: qualityOf(tally), now: qualityOf(now), oneWay: oneWayAudio(listening) });
  };

  const timer = setInterval(() => {
    // A reading that takes longer than a second must not pile up.
    if (busy) return;
    busy = true;
    connection
      .getStats()
      .then(
        (report) => {
          if (!stopped) take(mediaSampleFrom(report, Date.now()));
        },
        // A connection that was closed in between has nothing more to say.
        () => undefined,
      )
      .finally(() => {
        busy = false;
      });
  }, INTERVAL_MS);

  return () => {
    stopped = true;
    clearInterval(timer);
  };
}
