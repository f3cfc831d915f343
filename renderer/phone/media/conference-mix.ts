// A conference on this machine: each member is sent the agent and all other members, never itself.
import type { OpenedMicrophone } from './microphone.ts';
import type { RemoteStreams } from './remote-streams.ts';
import { openSilentContext, sourceOf } from './silent-context.ts';
import type { SoundGate } from './sound-gate.ts';

interface MemberOfMix {
  callId: string;
  microphone: OpenedMicrophone;
}

interface Outlet {
  microphone: OpenedMicrophone;
  destination: MediaStreamAudioDestinationNode;
  forget: () => void;
}

export interface ConferenceMix {
  /** These and no others; fewer than two are no conference. */
  use(members: readonly MemberOfMix[]): void;
  close(): void;
}

/**
 * Who is heard by whom: for each member all the others, in order. A pure rule, so that nobody ever
 * hears their own voice back.
 */
export function hearersOf(callIds: readonly string[]): ReadonlyMap<string, readonly string[]> {
  return new Map(callIds.map((mine) => [mine, callIds.filter((other) => other !== mine)]));
}

export function createConferenceMix(remotes: RemoteStreams, gate: SoundGate): ConferenceMix {
  const outlets = new Map<string, Outlet>();
  let context: AudioContext | null = null;
  let sources: AudioNode[] = [];
  let forgetRemotes: (() => void) | null = null;

  const unwire = () => {
    for (const source of sources) source.disconnect();
    sources = [];
  };

  // Outlets stay, so that no call needs another track when somebody else comes or goes.
  const wire = () => {
    unwire();
    if (!context) return;
    const others = hearersOf([...outlets.keys()]);
    for (const [callId, { microphone, destination }] of outlets) {
      const agent = sourceOf(context, microphone.raw);
      if (agent) sources.push(agent);
      agent?.connect(destination);
      const member = sourceOf(context, remotes.get(callId));
      if (!member) continue;
      sources.push(member);
      for (const other of others.get(callId) ?? []) {
        const outlet = outlets.get(other);
        if (outlet) member.connect(outlet.destination);
      }
    }
  };

  const remove = (callId: string) => {
    const outlet = outlets.get(callId);
    if (!outlet) return;
    outlets.delete(callId);
    outlet.forget();
    outlet.microphone.sendInstead(null);
    for (const track of outlet.destination.stream.getTracks()) track.stop();
  };

  const add = ({ callId, microphone }: MemberOfMix, into: AudioContext) => {
    const destination = new MediaStreamAudioDestinationNode(into, {
      channelCount: 1,
      channelCountMode: 'explicit',
    });
    outlets.set(callId, { microphone, destination, forget: microphone.onRawChange(wire) });
  };

  const end = () => {
    unwire();
    for (const callId of [...outlets.keys()]) remove(callId);
    forgetRemotes?.();
    forgetRemotes = null;
    context?.close().catch(() => undefined);
    context = null;
  };

  return {
    use(members) {
      if (members.length < 2) {
        end();
        return;
      }
      const same =
        members.length === outlets.size &&
        members.every(({ callId, microphone }) => outlets.get(callId)?.microphone === microphone);
      if (same) return;
      context ??= openSilentContext(gate);
      forgetRemotes ??= remotes.subscribe(wire);
      for (const [callId, { microphone }] of outlets) {
        const stays = members.some(
          (member) => member.callId === callId && member.microphone === microphone,
        );
        if (!stays) remove(callId);
      }
      const into = context;
      const joining = members.filter(({ callId }) => !outlets.has(callId));
      for (const member of joining) add(member, into);
      wire();
      // Only now that there is something to hear.
      for (const { callId, microphone } of joining) {
        const outlet = outlets.get(callId);
        if (outlet) microphone.sendInstead(outlet.destination.stream);
      }
    },
    close: end,
  };
}
