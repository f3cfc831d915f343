// Gives sip.js our digest in place of its own, which knows MD5 only and replays its nonce count.
import type { Core } from 'sip.js';
import {
  chooseQop,
  type DigestChallenge,
  type DigestCredentials,
  digestAlgorithm,
  digestAuthorization,
} from './digest.ts';

type OutgoingRequest = Core.OutgoingRequestMessage;
type SipDigest = Core.DigestAuthentication;

export interface Authenticator {
  /** For `UserAgentCoreConfiguration.authenticationFactory`: one per request. */
  forRequest(): SipDigest;
  /**
   * Puts credentials into a REGISTER or INVITE that has not been challenged, with the nonce of the last
   * one that was (RFC 3261 section 22.3); the server asks anew when it is stale.
   */
  authorizeUpfront(request: OutgoingRequest): void;
}

interface LastChallenge {
  challenge: DigestChallenge;
  /** Tells by its header whether the registrar or a proxy asked. */
  answeredBy: OutgoingRequest;
}

/** @param makeCnonce a fresh client nonce, hexadecimal */
export function createAuthenticator(
  credentials: DigestCredentials,
  makeCnonce: () => string,
): Authenticator {
  /** The nonce in use and how often it has been used; a server's new nonce replaces it. */
  const uses = new Map<string, number>();
  const last = new Map<string, LastChallenge>();

  const authorize = (request: OutgoingRequest, challenge: DigestChallenge): string => {
    const count = (uses.get(challenge.nonce) ?? 0) + 1;
    uses.delete(challenge.nonce);
    uses.set(challenge.nonce, count);
    if (uses.size > 20) uses.delete(uses.keys().next().value ?? '');
    return digestAuthorization(
      challenge,
      credentials,
      {
        method: request.method,
        uri: request.ruri.toString(),
        body: typeof request.body === 'string' ? request.body : (request.body?.body ?? ''),
      },
      { count, cnonce: makeCnonce() },
    );
  };

  return {
    forRequest: () => {
      let header = '';
      const digest = {
        authenticate: (request: OutgoingRequest, received: unknown): boolean => {
          const challenge = challengeFrom(received);
          if (!challenge) return false;
          last.set(request.method, { challenge, answeredBy: request });
          header = authorize(request, challenge);
          return true;
        },
        toString: (): string => header,
      };
      return digest as unknown as SipDigest;
    },
    authorizeUpfront: (request) => {
      const known = last.get(request.method);
      // Whoever was called can ask as well; only our own system is told anything unasked.
      if (!known || known.challenge.realm !== last.get('REGISTER')?.challenge.realm) return;
      const byProxy = known.answeredBy.getHeader('proxy-authorization') !== undefined;
      request.setHeader(
        byProxy ? 'proxy-authorization' : 'authorization',
        authorize(request, known.challenge),
      );
    },
  };
}

/** sip.js' parsed challenge as ours, or null when it asks for something that we cannot do. */
function challengeFrom(received: unknown): DigestChallenge | null {
  const { realm, nonce, opaque, algorithm, qop } = received as {
    realm?: string;
    nonce?: string;
    opaque?: string;
    algorithm?: string;
    qop?: string[];
  };
  const known = digestAlgorithm(algorithm);
  const chosen = chooseQop(qop);
  if (realm === undefined || nonce === undefined || known === null || chosen === undefined) {
    return null;
  }
  return { realm, nonce, opaque: opaque ?? null, algorithm: known, qop: chosen };
}
