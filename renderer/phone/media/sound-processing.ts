// What is done to the microphone's sound before it is sent.

export interface SoundProcessing {
  echoCancellation: boolean;
  autoGain: boolean;
  /** `strong` is our own, in place of the browser's. */
  noiseSuppression: 'off' | 'browser' | 'strong';
}

export const ALL_PROCESSING: SoundProcessing = {
  echoCancellation: true,
  autoGain: true,
  noiseSuppression: 'browser',
};

/** The browser's part, as getUserMedia takes it (Media Capture and Streams). */
export function processingConstraints(wanted: SoundProcessing): MediaTrackConstraints {
  return {
    echoCancellation: wanted.echoCancellation,
    noiseSuppression: wanted.noiseSuppression === 'browser',
    autoGainControl: wanted.autoGain,
  };
}

export function sameProcessing(one: SoundProcessing, other: SoundProcessing): boolean {
  return (
    one.echoCancellation === other.echoCancellation &&
    one.autoGain === other.autoGain &&
    one.noiseSuppression === other.noiseSuppression
  );
}
