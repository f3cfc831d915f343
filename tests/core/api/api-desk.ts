// Core with the API on, and another program's way of asking it.
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { ApiScope } from '../../../preload/contract/api.ts';
import type { CoreStart } from '../../../preload/contract/host.ts';
import { aCore, aFolderForThisTest, type TestLink } from '../support/test-core.ts';

export const START_TOKEN = 'ank_token-of-this-start-0123456789';

export interface Answered {
  status: number;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  text: string;
  json: never;
}

export interface Ask {
  method?: string;
  token?: string | null;
  body?: unknown;
  /** Sent as it is instead of `body`. */
  raw?: string | Buffer;
  headers?: Record<string, string>;
}

export async function anApiDesk({
  policy,
  folder = aFolderForThisTest(),
  ...start
}: Partial<CoreStart> & { policy?: unknown; folder?: string } = {}) {
  const policyFile = join(folder, 'policy.json');
  if (policy !== undefined) writeFileSync(policyFile, JSON.stringify(policy));
  const test = await aCore({
    folder,
    start: {
      api: {
        on: true,
        port: 0,
        tokenHash: createHash('sha256').update(START_TOKEN).digest('hex'),
      },
      ...(policy === undefined ? {} : { policyFile }),
      ...start,
    },
  });
  let stopped: Promise<void> | null = null;
  const stop = () => (stopped ??= test.stop());
  onTestFinished(stop);
  const address = test.sent.findLast(({ type }) => type === 'api');
  const url = address?.type === 'api' ? (address.address ?? '') : '';

  return {
    ...test,
    url,
    stop,
    /** Asks with the token of this start unless told otherwise. */
    ask: (path: string, options: Ask = {}) => askAt(url, path, options),
    async tokenWith(link: TestLink, ...scopes: ApiScope[]): Promise<string> {
      const { secret } = await link.client.connections.createToken({ name: 'Test', scopes });
      return secret;
    },
  };
}

export function askAt(url: string, path: string, ask: Ask = {}): Promise<Answered> {
  const token = ask.token === undefined ? START_TOKEN : ask.token;
  const body = ask.raw ?? (ask.body === undefined ? undefined : JSON.stringify(ask.body));
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        ...{ hostname, port, path, agent: false },
        method: ask.method ?? (body === undefined ? 'GET' : 'POST'),
        headers: {
          ...(token === null ? {} : { authorization: `Bearer ${token}` }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...ask.headers,
        },
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (part: string) => (text += part));
        response.on('end', () => {
          let json: unknown;
          try {
            json = JSON.parse(text);
          } catch {
            json = undefined;
          }
          const { statusCode = 0, headers } = response;
          resolve({ status: statusCode, headers, text, json: json as never });
        });
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}
