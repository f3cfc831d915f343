// Takes the network away under a call: a firewall drops everything to and from these ports, or, where
// there is none to be had, the programs behind them stand still.
import { spawnSync } from 'node:child_process';
import type { Peer, PeerGroup } from './peers.ts';

export interface NetworkCut {
  how: 'firewall' | 'stopped programs';
  restore(): void;
}

/** Ports, or ranges as `first:last`. */
export interface CutPorts {
  tcp: readonly (number | string)[];
  udp: readonly (number | string)[];
}

export function cutNetwork(
  group: PeerGroup,
  ports: CutPorts,
  programs: readonly Peer[],
): NetworkCut {
  return cutByFirewall(group, ports) ?? cutByStopping(programs);
}

function cutByStopping(programs: readonly Peer[]): NetworkCut {
  for (const program of programs) program.freeze(true);
  return {
    how: 'stopped programs',
    restore: () => {
      for (const program of programs) program.freeze(false);
    },
  };
}

/** A chain of its own, so that one command takes effect and one ends it; null without the right to. */
function cutByFirewall(group: PeerGroup, ports: CutPorts): NetworkCut | null {
  const chain = `anklang-rig-${process.pid}`;
  const entry = ['INPUT', '-i', 'lo', '-j', chain];
  const undo = [
    ['iptables', '-w', '-D', ...entry],
    ['iptables', '-w', '-F', chain],
    ['iptables', '-w', '-X', chain],
  ];
  const restore = () => {
    for (const command of undo) run(command);
    group.undoIfOrphaned([]);
  };
  group.undoIfOrphaned(undo);
  const rules = (['tcp', 'udp'] as const).flatMap((protocol) =>
    ports[protocol].flatMap((port) =>
      ['--dport', '--sport'].map((end) => ['-A', chain, '-p', protocol, end, `${port}`]),
    ),
  );
  const done =
    run(['iptables', '-w', '-N', chain]) &&
    rules.every((rule) => run(['iptables', '-w', ...rule, '-j', 'DROP'])) &&
    run(['iptables', '-w', '-I', ...entry]);
  if (done) return { how: 'firewall', restore };
  restore();
  return null;
}

function run([command = '', ...args]: readonly string[]): boolean {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}
