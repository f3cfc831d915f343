// A bare sip.js telephone in a page, as its own documentation shows it: the rig proves itself with
// it, and the bench sets the desk beside it.
import { Web } from 'sip.js';

export interface BareAccount {
  server: string;
  user: string;
  domain: string;
  password: string;
}

export interface BareAgent {
  register(account: BareAccount): Promise<void>;
  call(target: string): Promise<void>;
  answer(): Promise<void>;
  hangUp(): Promise<void>;
  /** What happened so far, oldest first. */
  events(): string[];
}

declare global {
  interface Window {
    bareAgent: BareAgent;
    /** Whom the button calls. */
    bareTarget: string;
  }
}

const events: string[] = [];
let user: Web.SimpleUser | null = null;

function current(): Web.SimpleUser {
  if (!user) throw new Error('register first');
  return user;
}

window.bareAgent = {
  async register(account) {
    const audio = document.createElement('audio');
    document.body.append(audio);
    user = new Web.SimpleUser(account.server, {
      aor: `sip:${account.user}@${account.domain}`,
      media: { constraints: { audio: true, video: false }, remote: { audio } },
      userAgentOptions: {
        authorizationUsername: account.user,
        authorizationPassword: account.password,
        logLevel: 'error',
      },
      delegate: {
        onRegistered: () => void events.push('registered'),
        onUnregistered: () => void events.push('unregistered'),
        onCallReceived: () => void events.push('received'),
        onCallAnswered: () => void events.push('answered'),
        onCallHangup: () => void events.push('hangup'),
      },
    });
    await user.connect();
    await user.register();
  },
  call: (target) => current().call(target),
  answer: () => current().answer(),
  hangUp: () => current().hangup(),
  events: () => [...events],
};

// For the bench: clicks as a person's.
const [callButton, answerButton] = document.querySelectorAll('button');
callButton?.addEventListener('click', () => void current().call(window.bareTarget));
answerButton?.addEventListener('click', () => void current().answer());
window.bareTarget = 'sip:agent2@rig.test';
