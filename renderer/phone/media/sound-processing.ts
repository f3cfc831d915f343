// What the browser does to the microphone's sound before it is sent.

export interface SoundProcessing {
  echoCancellation: boolean;
  autoGain: boolean;
  noiseSuppression: boolean;
}

export const ALL_PROCESSING: SoundProcessing = {
  echoCancellation: true,
  autoGain: true,
  noiseSuppression: true,
};

/** As getUserMedia takes it (Media Capture and Streams). */
export function processingConstraints(wanted: SoundProcessing): MediaTrackConstraints {
  return {
    echoCancellation: wanted.echoCancellation,
    noiseSuppression: wanted.noiseSuppression,
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
