// linphonec 5.1 as a second, independent SIP telephone: driven by the commands that a person types, its
// voice from a file. Unlike baresip it knows Replaces.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Recording } from '../support/goertzel.ts';
import { sine, wavFile } from '../support/wav.ts';
import { openEarpiece } from './earpiece.ts';
import { freePort, type Peer, until } from './peers.ts';
import type { Rig } from './rig.ts';

/** Longer than any test. */
const VOICE_SECONDS = 180;
const RATE = 8000;

export interface Linphone {
  user: string;
  /** Types a command. */
  type(command: string): void;
  /** Waits until it says this once more. */
  says(words: RegExp, ms?: number): Promise<void>;
  /** Everything heard in the newest call while it is sent sound. */
  heard(): Recording;
  stop(): Promise<void>;
  peer: Peer;
}

/** Starts it as `user` of the rig and waits for its registration. */
export async function startLinphone(rig: Rig, user: string, tone: number): Promise<Linphone> {
  const { group } = rig;
  const folder = join(group.folder, `linphone-${user}-${await freePort()}`);
  // Without this folder it cannot keep its database, and then does nothing at all.
  mkdirSync(join(folder, '.local/share/linphone'), { recursive: true });
  const inFolder = (name: string) => join(folder, name);
  writeFileSync(inFolder('voice.wav'), wavFile(sine(tone, VOICE_SECONDS, RATE)));
  const sipPort = await freePort();
  const earpiece = await openEarpiece({ telephone: sipPort, system: rig.udpPort });
  const configured = await configuration(rig, user, sipPort, earpiece.proxyPort);
  writeFileSync(inFolder('linphonerc'), configured);
  const peer = group.start(`linphone-${user}`, 'linphonec', ['-c', inFolder('linphonerc')], {
    env: { HOME: folder },
    takesInput: true,
  });
  let read = peer.log().length;
  const type = (command: string) => peer.write(`${command}\n`);
  const says = async (words: RegExp, ms = 15_000) => {
    await until(
      `${user} says ${words.source}`,
      () => {
        if (!peer.running()) throw new Error(`linphonec ended:\n${peer.log()}`);
        const found = words.exec(peer.log().slice(read));
        if (found) read += found.index + found[0].length;
        return found !== null;
      },
      ms,
    );
  };
  await says(/linphonec> /);
  type('soundcard use files');
  type(`play ${inFolder('voice.wav')}`);
  type(`record ${inFolder('played.wav')}`);
  await until(`${user} is registered`, async () => {
    type('status register');
    return await says(/registered, identity=/, 400).then(
      () => true,
      () => false,
    );
  });
  return {
    user,
    peer,
    type,
    says,
    heard: earpiece.heard,
    async stop() {
      type('quit');
      await peer.kill('SIGTERM');
      earpiece.close();
    },
  };
}

async function configuration(
  rig: Rig,
  user: string,
  sipPort: number,
  proxyPort: number,
): Promise<string> {
  const withoutThese = [
    ['opus', 48_000],
    ['speex', 16_000],
    ['speex', 8000],
    ['G729', 8000],
  ].map(
    ([mime, rate], index) => `[audio_codec_${index}]
mime=${mime}
rate=${rate}
channels=${mime === 'opus' ? 2 : 1}
enabled=0
`,
  );
  return `[sip]
sip_port=${sipPort}
sip_tcp_port=0
sip_tls_port=0
bind_address=127.0.0.1
use_ipv6=0
ipv6_migration_done=1
guess_hostname=0
register_only_when_network_is_up=0
auto_net_state_mon=0
default_proxy=0
inc_timeout=30
[rtp]
audio_rtp_port=${await freePort()}
symmetric=0
[video]
enabled=0
capture=0
display=0
[proxy_0]
reg_proxy=<sip:127.0.0.1:${proxyPort};transport=udp>
reg_route=<sip:127.0.0.1:${proxyPort};transport=udp;lr>
reg_identity=sip:${user}@${rig.domain}
reg_expires=600
reg_sendregister=1
publish=0
dial_escape_plus=0
[auth_info_0]
username=${user}
passwd=${rig.passwordOf(user)}
realm=${rig.domain}
${withoutThese.join('')}`;
}
