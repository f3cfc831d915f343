// How loud a stream is, for the eye.

/** Quieter than this is shown as nothing. */
const FLOOR_DB = -60;
const FRAME_MS = 1000 / 60;

/** 0 at −60 dBFS and below, 1 at full scale, even steps in dB between. */
export function meterLevel(samples: Float32Array): number {
  if (samples.length === 0) return 0;
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  const decibel = 10 * Math.log10(sum / samples.length);
  return Math.min(1, Math.max(0, 1 - decibel / FLOOR_DB));
}

/** Calls the listener at most 60 times a second, not at all in a hidden window. Returns the way to stop. */
export function meterStream(stream: MediaStream, listener: (level: number) => void): () => void {
  const context = new AudioContext();
  // Opened by a click on the settings page; should it not be, the meter begins with the next one.
  context.resume().catch(() => undefined);
  const source = new MediaStreamAudioSourceNode(context, { mediaStream: stream });
  const analyser = new AnalyserNode(context, { fftSize: 1024 });
  source.connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  let lastFrame = 0;
  const onFrame = (now: number) => {
    frame = requestAnimationFrame(onFrame);
    if (now - lastFrame < FRAME_MS - 1) return;
    lastFrame = now;
    analyser.getFloatTimeDomainData(samples);
    listener(meterLevel(samples));
  };
  let frame = requestAnimationFrame(onFrame);
  return () => {
    cancelAnimationFrame(frame);
    source.disconnect();
    context.close().catch(() => undefined);
  };
}
