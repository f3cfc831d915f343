// Headsets by WebHID behind one interface: keys come in, lights go out.
import { type Clock, systemClock } from '../clock.ts';
import type { HidDevice, HidInput, HidLike } from './hid.ts';
import type { HeadsetLights } from './headset-reports.ts';
import {
  isHeadset,
  keepsItsPosition,
  KEYS,
  keysIn,
  lightReports,
  TELEPHONY_PAGE,
} from './headset-reports.ts';
import { hookReported, hookTold, ON_HOOK } from './hook-switch.ts';
import type { HookSwitch } from './hook-switch.ts';

export type HeadsetKey = 'answer' | 'hangUp' | 'mute' | 'unmute';

/** What the headset is to show. */
export interface HeadsetShown {
  ringing: boolean;
  inCall: boolean;
  muted: boolean;
  held: boolean;
}

export interface Headset {
  /** False where the browser has no WebHID. */
  available(): boolean;
  /** Names of the headsets in use. */
  connected(): readonly string[];
  subscribe(listener: () => void): () => void;
  /** By the setting: takes the headsets that were allowed before, or lets go of all. */
  use(on: boolean): void;
  /** Asks the agent for a headset, after a click or a key. False when none was chosen or it cannot be opened. */
  choose(): Promise<boolean>;
  show(shown: HeadsetShown): void;
  onKey(listener: (key: HeadsetKey) => void): () => void;
  close(): void;
}

interface Worn {
  device: HidDevice;
  hook: HookSwitch;
  /** The mute button was down in the last report. */
  muteDown: boolean;
  sent: Map<number, string>;
  sending: Promise<void>;
  onInput: (input: HidInput) => void;
}

/** A mute report that follows our own mute light so closely is its echo, ms. */
const MUTE_ECHO = 200;
/** What a key asked for has happened by then, or never will. */
const SETTLED_AFTER = 3_000;
const DARK: HeadsetShown = { ringing: false, inCall: false, muted: false, held: false };

export function createHeadset(hid: HidLike | undefined, clock: Clock = systemClock): Headset {
  const worn = new Map<HidDevice, Worn>();
  const listeners = new Set<() => void>();
  const keyListeners = new Set<(key: HeadsetKey) => void>();
  let shown = DARK;
  let muteToldAt = Number.NEGATIVE_INFINITY;
  let inUse = false;
  let names: readonly string[] = [];
  let stopSettling: () => void = () => undefined;

  const tell = () => {
    names = [...worn.values()].map(({ device }) => device.productName);
    for (const listener of [...listeners]) listener();
  };

  const light = (each: Worn, again = false) => {
    const lights: HeadsetLights = {
      offHook: shown.inCall,
      ring: shown.ringing,
      mute: shown.muted,
      hold: shown.held,
    };
    for (const { reportId, data } of lightReports(each.device.collections, lights)) {
      const key = data.join();
      if (!again && each.sent.get(reportId) === key) continue;
      each.sent.set(reportId, key);
      each.sending = each.sending
        .then(() => each.device.sendReport(reportId, data))
        // A headset that has just been pulled out has no lights.
        .catch(() => undefined);
    }
  };

  const tellHook = (each: Worn) => {
    if (!keepsItsPosition(each.device.collections, KEYS.hook)) return;
    each.hook = hookTold(each.hook, shown.inCall, clock.now());
  };

  const press = (key: HeadsetKey) => {
    for (const listener of [...keyListeners]) listener(key);
    // A key that led to nothing must not leave the headset believing that it did.
    stopSettling();
    stopSettling = clock.after(SETTLED_AFTER, () => {
      for (const each of worn.values()) {
        const isSwitch = keepsItsPosition(each.device.collections, KEYS.hook);
        if (isSwitch && each.hook.reported !== shown.inCall) light(each, true);
      }
    });
  };

  const onMute = (each: Worn, down: boolean) => {
    const before = each.muteDown;
    each.muteDown = down;
    if (clock.now() - muteToldAt < MUTE_ECHO || !shown.inCall) return;
    if (keepsItsPosition(each.device.collections, KEYS.mute)) {
      if (down !== before && down !== shown.muted) press(down ? 'mute' : 'unmute');
    } else if (down && !before) press(shown.muted ? 'unmute' : 'mute');
  };

  const onHook = (each: Worn, on: boolean, alone: boolean) => {
    if (!keepsItsPosition(each.device.collections, KEYS.hook)) {
      // A button: each press is the other way round, its release says nothing.
      const down = on && !each.hook.reported;
      each.hook = { ...each.hook, reported: on };
      if (down) press(shown.inCall ? 'hangUp' : 'answer');
      return;
    }
    const { hook, key } = hookReported(each.hook, { offHook: on, alone }, clock.now());
    each.hook = hook;
    if (key) press(key);
  };

  const wear = async (device: HidDevice): Promise<boolean> => {
    if (worn.has(device)) return true;
    if (!isHeadset(device.collections)) return false;
    try {
      if (!device.opened) await device.open();
    } catch {
      return false;
    }
    if (!inUse || worn.has(device)) return worn.has(device);
    const each: Worn = {
      device,
      hook: ON_HOOK,
      muteDown: false,
      sent: new Map(),
      sending: Promise.resolve(),
      onInput: ({ reportId, data }) => {
        const keys = keysIn(device.collections, reportId, data);
        if (!keys) return;
        const others = [...keys.on].some((usage) => usage !== KEYS.hook);
        if (keys.known.has(KEYS.mute)) onMute(each, keys.on.has(KEYS.mute));
        if (keys.known.has(KEYS.hook)) onHook(each, keys.on.has(KEYS.hook), !others);
      },
    };
    worn.set(device, each);
    device.addEventListener('inputreport', each.onInput);
    tellHook(each);
    light(each);
    tell();
    return true;
  };

  const takeOff = (device: HidDevice, closing: boolean) => {
    const each = worn.get(device);
    if (!each) return;
    worn.delete(device);
    device.removeEventListener('inputreport', each.onInput);
    if (closing) each.sending.then(() => device.close()).catch(() => undefined);
    tell();
  };

  const onConnect = ({ device }: { device: HidDevice }) => {
    if (inUse) void wear(device);
  };
  const onDisconnect = ({ device }: { device: HidDevice }) => takeOff(device, false);
  hid?.addEventListener('connect', onConnect);
  hid?.addEventListener('disconnect', onDisconnect);

  const show = (next: HeadsetShown) => {
    if (next.muted !== shown.muted) muteToldAt = clock.now();
    shown = next;
    for (const each of worn.values()) {
      tellHook(each);
      light(each);
    }
  };

  const letGo = () => {
    inUse = false;
    stopSettling();
    show(DARK);
    for (const device of [...worn.keys()]) takeOff(device, true);
  };

  return {
    available: () => hid !== undefined,
    connected: () => names,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    use(on) {
      if (on === inUse) return;
      if (!on) {
        letGo();
        return;
      }
      inUse = true;
      hid?.getDevices().then(
        (devices) => {
          for (const device of devices) if (inUse) void wear(device);
        },
        () => undefined,
      );
    },
    async choose() {
      if (!hid) return false;
      inUse = true;
      const chosen = await hid
        .requestDevice({ filters: [{ usagePage: TELEPHONY_PAGE }] })
        .catch(() => []);
      const taken = await Promise.all(chosen.map(wear));
      return taken.includes(true);
    },
    show,
    onKey(listener) {
      keyListeners.add(listener);
      return () => keyListeners.delete(listener);
    },
    close() {
      letGo();
      hid?.removeEventListener('connect', onConnect);
      hid?.removeEventListener('disconnect', onDisconnect);
      listeners.clear();
      keyListeners.clear();
    },
  };
}
