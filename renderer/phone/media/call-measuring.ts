// Measures one call: quality once a second, one-way audio as soon as it is noticed.
import type { CallMeasurement } from '../media-port.ts';
import { mediaSampleFrom } from './media-sample.ts';
import { beginListening, nextListening, oneWayAudio } from './one-way-audio.ts';
import type { ListeningState } from './one-way-audio.ts';
import { beginTally, qualityOf, withSample } from './quality.ts';
import type { MediaSample, Tally } from './quality.ts';

const INTERVAL_MS = 500;
/** Quality is told with every second sample. */
const TOLD_EVERY = 2;
/** What the screen shows is the quality over so many samples: five seconds. */
const RECENT_SAMPLES = 11;

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
  let taken = 0;
  let told: CallMeasurement['oneWay'] = null;

  const take = (sample: MediaSample) => {
    const muted = connection.getSenders().every((sender) => sender.track?.enabled !== true);
    tally = tally ? withSample(tally, sample) : beginTally(sample);
    listening = listening
      ? nextListening(listening, sample, { held: held(), muted })
      : beginListening(sample);
    recent = [...recent, sample].slice(-RECENT_SAMPLES);
    const [first, ...rest] = recent;
    if (!first) return;
    taken += 1;
    const oneWay = oneWayAudio(listening);
    if (taken % TOLD_EVERY !== 0 && oneWay === told) return;
    told = oneWay;
    const now = rest.reduce(withSample, beginTally(first));
    listener({ quality: qualityOf(tally), now: qualityOf(now), oneWay });
  };

  const timer = setInterval(() => {
    // A reading that takes longer than that must not pile up.
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
