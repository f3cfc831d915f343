// Which microphones and loudspeakers there are, kept up to date.

export interface AudioDevice {
  deviceId: string;
  /** Empty until the page may use a microphone: the browser keeps names back before that. */
  label: string;
}

export interface DeviceList {
  microphones: readonly AudioDevice[];
  speakers: readonly AudioDevice[];
  /** False while the browser keeps names and ids back because no microphone was allowed yet. */
  named: boolean;
}

const NO_DEVICES: DeviceList = { microphones: [], speakers: [], named: false };

/**
 * The list to offer. Entries without an id cannot be chosen; `default` and `communications` are
 * aliases of real devices, and the system's choice is offered as null anyway.
 */
export function deviceListFrom(
  infos: readonly Pick<MediaDeviceInfo, 'deviceId' | 'kind' | 'label'>[],
): DeviceList {
  const ofKind = (kind: MediaDeviceKind): AudioDevice[] =>
    infos
      .filter(
        (info) => info.kind === kind && !['', 'default', 'communications'].includes(info.deviceId),
      )
      .map(({ deviceId, label }) => ({ deviceId, label }));
  return {
    microphones: ofKind('audioinput'),
    speakers: ofKind('audiooutput'),
    named: infos.some((info) => info.label !== ''),
  };
}

export interface DeviceWatch {
  list(): DeviceList;
  subscribe(listener: () => void): () => void;
  /** Reads the list again, for instance after the microphone was allowed. */
  refresh(): Promise<void>;
  close(): void;
}

export function watchDevices(): DeviceWatch {
  // Outside a secure context there are no devices at all.
  const devices: MediaDevices | undefined = navigator.mediaDevices;
  const listeners = new Set<() => void>();
  let current = NO_DEVICES;

  const refresh = async () => {
    if (!devices) return;
    const infos = await devices.enumerateDevices().catch(() => []);
    const next = deviceListFrom(infos);
    if (JSON.stringify(next) === JSON.stringify(current)) return;
    current = next;
    for (const listener of listeners) listener();
  };
  const onDeviceChange = () => void refresh();
  devices?.addEventListener('devicechange', onDeviceChange);
  void refresh();

  return {
    list: () => current,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    refresh,
    close() {
      devices?.removeEventListener('devicechange', onDeviceChange);
      listeners.clear();
    },
  };
}
