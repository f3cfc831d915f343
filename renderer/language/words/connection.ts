import type { I18n, MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { ConnectionProblem, ConnectionSnapshot } from '../../phone/phone.ts';
import type { Formats } from '../formats.ts';

export interface ConnectionWords {
  /** `up`: calls can be made; `trying`: wait; `down`: the agent may have to do something. */
  tone: 'up' | 'trying' | 'down';
  /** A word or two, always visible. */
  short: string;
  /** What is true and what to do, in a sentence. */
  long: string;
}

const PROBLEM_WORDS: Record<
  ConnectionProblem,
  { short: MessageDescriptor; long: MessageDescriptor }
> = {
  serverUnreachable: {
    short: msg`Server not reachable`,
    long: msg`The telephone server cannot be reached. Check the network and the server address in the settings.`,
  },
  tlsOrRefused: {
    short: msg`Server refused`,
    long: msg`The server refused the connection, or its certificate is not trusted. Check the address; your IT can install the certificate.`,
  },
  wrongPassword: {
    short: msg`Wrong password`,
    long: msg`The server does not accept user and password. Correct them in the settings.`,
  },
  forbidden: {
    short: msg`Not allowed`,
    long: msg`The server knows this user but does not allow it to register. Ask whoever runs the telephone system.`,
  },
  unknownUser: {
    short: msg`Unknown user`,
    long: msg`The server does not know this user. Check user and domain in the settings.`,
  },
  serverError: {
    short: msg`Server error`,
    long: msg`The telephone server reported an error. The desk keeps trying.`,
  },
  timeout: {
    short: msg`No reply`,
    long: msg`The telephone server did not reply in time. The desk keeps trying.`,
  },
  blockedByPolicy: {
    short: msg`Address not released`,
    long: msg`This window may not connect to that address yet. Save the account in the settings; the window then reloads by itself.`,
  },
};

/** What went wrong with the connection, as a sentence with what to do. */
export function connectionProblemInWords(i18n: I18n, problem: ConnectionProblem): string {
  return i18n._(PROBLEM_WORDS[problem].long);
}

/** The state of the telephone's connection. */
export function connectionInWords(
  i18n: I18n,
  formats: Pick<Formats, 'time'>,
  connection: ConnectionSnapshot,
): ConnectionWords {
  const registered =
    connection.registration === 'registered' || connection.registration === 'refreshing';
  if (connection.mode === 'none') {
    return {
      tone: 'trying',
      short: i18n._(msg`Starting`),
      long: i18n._(msg`The telephone is starting.`),
    };
  }
  if (registered && connection.transport === 'up') {
    return connection.mode === 'practice'
      ? {
          tone: 'up',
          short: i18n._(msg`Practice line`),
          long: i18n._(msg`Practice line: calls stay in this window, nobody outside is called.`),
        }
      : {
          tone: 'up',
          short: i18n._(msg({ message: 'Connected', comment: 'The telephone is registered' })),
          long: i18n._(msg`The telephone is registered and can be called.`),
        };
  }
  if (connection.transport === 'suspect') {
    return {
      tone: 'trying',
      short: i18n._(msg`Checking`),
      long: i18n._(
        msg`The server has not replied for a while. The desk is checking the connection.`,
      ),
    };
  }
  if (connection.problem !== null) {
    const words = PROBLEM_WORDS[connection.problem];
    const long = i18n._(words.long);
    const again =
      connection.retryAt === null
        ? ''
        : ` ${i18n._(msg`Next attempt at ${formats.time(connection.retryAt)}.`)}`;
    return { tone: 'down', short: i18n._(words.short), long: `${long}${again}` };
  }
  return {
    tone: 'trying',
    short: i18n._(msg`Connecting`),
    long: i18n._(msg`The telephone is connecting to its server.`),
  };
}
