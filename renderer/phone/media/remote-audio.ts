// What the other sides say, one audio element per call on the chosen speaker.
import type { SoundGate } from './sound-gate.ts';

export interface RemoteAudio {
  play(callId: string, stream: MediaStream): void;
  stop(callId: string): void;
  useDevice(deviceId: string | null): void;
  close(): void;
}

export function createRemoteAudio(gate: SoundGate): RemoteAudio {
  const elements = new Map<string, HTMLAudioElement>();
  let device: string | null = null;

  const begin = (element: HTMLAudioElement) => {
    element.play().catch((error: unknown) => {
      // AbortError: the element was given another stream before it began; that one has its own play().
      const forbidden = error instanceof DOMException && error.name === 'NotAllowedError';
      if (!forbidden) return;
      gate.waitForGesture(() => {
        if (element.srcObject) begin(element);
      });
    });
  };

  const stop = (callId: string) => {
    const element = elements.get(callId);
    if (!element) return;
    elements.delete(callId);
    element.pause();
    // Without this the element would keep the call's last stream alive.
    element.srcObject = null;
  };

  return {
    play(callId, stream) {
      let element = elements.get(callId);
      if (!element) {
        element = new Audio();
        elements.set(callId, element);
        if (device !== null) element.setSinkId(device).catch(() => undefined);
      }
      if (element.srcObject !== stream) element.srcObject = stream;
      begin(element);
    },
    stop,
    useDevice(deviceId) {
      if (deviceId === device) return;
      device = deviceId;
      for (const element of elements.values()) {
        // A device that is not there leaves the sound where it was.
        element.setSinkId(deviceId ?? '').catch(() => undefined);
      }
    },
    close() {
      for (const callId of elements.keys()) stop(callId);
    },
  };
}
