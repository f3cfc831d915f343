// Takes the network away under a call: a firewall drops everything to and from these ports. Programs
// that stand still for as long are no substitute: rtpengine answers no ICE check after them.
import { spawnSync } from 'node:child_process';
import type { PeerGroup } from './peers.ts';

/** Ports, or ranges as `first:last`. */
export interface CutPorts {
  tcp: readonly (number | string)[];
  udp: readonly (number | string)[];
}

/** Whether this machine lets us. */
export function mayCutNetwork(): boolean {
  return run(['iptables', '-w', '-L', 'INPUT', '-n']);
}

/** Nothing passes these ports until the answer is called. A chain of its own: one command ends it. */
export function cutNetwork(group: PeerGroup, ports: CutPorts): () => void {
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
  if (done) return restore;
  restore();
  throw new Error('The firewall takes no rules.');
}

function run([command = '', ...args]: readonly string[]): boolean {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}
