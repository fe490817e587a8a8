/**
 * Calls the services people named, and streams back what they say. The address is judged before a byte goes out: public hosts
 * over https, or what the operator allows by name and port; never a redirect. Keeps no key, logs none, and reads no answer.
 */
import type { Readable } from 'node:stream';
import { AppError } from '@vivim/contract/errors';
import { Agent, type Dispatcher, request } from 'undici';
import { type Internet, pinned, publicInternet } from '../auth/did/guarded-fetch.ts';
import { isPublicHostName } from '../auth/did/public-host.ts';

export interface UpstreamRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | null;
  /** Ends the exchange, also in mid-answer. */
  readonly signal: AbortSignal;
}

export interface UpstreamAnswer {
  readonly status: number;
  /** Names in lower case; one that came more than once stands there once, joined. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readable;
}

export interface Upstreams {
  /** @throws AppError `upstream_not_allowed`, `upstream_unavailable` */
  call(request: UpstreamRequest): Promise<UpstreamAnswer>;
  /**
   * Whether an address may be called at all, before it is ever called. One whose name leads nowhere now may lead somewhere later.
   * @throws AppError `upstream_not_allowed`
   */
  judge(url: string): Promise<void>;
}

export interface UpstreamOptions {
  /** `host:port` of hosts that may be called whatever their address is, over http too. */
  readonly allowed: readonly string[];
  /** What a test puts in the place of the internet. */
  readonly internet?: Internet;
  /** From the last byte of the request to the first of the answer, and between two pieces of it. Milliseconds. */
  readonly answerWithinMs?: number;
}

/** As long as the clients of the services wait themselves. */
const answerWithinMs = 600_000;
const lookupWithinMs = 5_000;
const connectWithinMs = 10_000;

export function createUpstreams(options: UpstreamOptions): Upstreams {
  const { internet = publicInternet } = options;
  const allowed = new Set(options.allowed.map((host) => host.toLowerCase()));
  const patience = options.answerWithinMs ?? answerWithinMs;
  return {
    async judge(url) {
      const target = new URL(url);
      if (allowed.has(hostAndPort(target))) return;
      await judged(internet, target, AbortSignal.timeout(lookupWithinMs)).catch((error: unknown) => {
        if (error instanceof AppError && error.code === 'upstream_not_allowed') throw error;
      });
    },
    async call({ method, url, headers, body, signal }) {
      const target = new URL(url);
      const addresses = allowed.has(hostAndPort(target)) ? null : await judged(internet, target, signal);
      const agent = new Agent({
        allowH2: false,
        headersTimeout: patience,
        bodyTimeout: patience,
        connect: {
          timeout: connectWithinMs,
          rejectUnauthorized: true,
          ...(addresses === null ? {} : { lookup: pinned(addresses) }),
          ...(internet.ca === undefined ? {} : { ca: internet.ca }),
        },
      });
      try {
        const answer = await request(target, {
          dispatcher: agent,
          method: method as Dispatcher.HttpMethod,
          headers,
          body,
          signal,
        });
        answer.body.once('close', () => void agent.destroy());
        // Whoever reads it is told too; of one that nobody reads any more an end is no failure of this process.
        answer.body.on('error', () => {});
        if (answer.statusCode >= 300 && answer.statusCode < 400) {
          answer.body.destroy();
          throw new AppError(
            'upstream_unavailable',
            'The upstream answers with another address; set that one instead.',
          );
        }
        return { status: answer.statusCode, headers: plain(answer.headers), body: answer.body };
      } catch (error) {
        void agent.destroy();
        if (error instanceof AppError || signal.aborted) throw error;
        throw new AppError('upstream_unavailable', inWords(error), { cause: error });
      }
    },
  };
}

const hostAndPort = ({ protocol, hostname, port }: URL): string =>
  `${hostname}:${port === '' ? (protocol === 'https:' ? '443' : '80') : port}`;

/** The addresses a connection may be made to, and to no others. @throws AppError `upstream_not_allowed`, `upstream_unavailable` */
async function judged(internet: Internet, url: URL, signal: AbortSignal): Promise<readonly string[]> {
  const ask = `The operator can allow it with VIVIM_UPSTREAM_PRIVATE=${hostAndPort(url)}.`;
  if (url.protocol !== 'https:' || !isPublicHostName(url.hostname))
    throw new AppError('upstream_not_allowed', `Only public hosts over https are called. ${ask}`);
  const enough = AbortSignal.any([signal, AbortSignal.timeout(lookupWithinMs)]);
  const addresses = await internet.lookup(url.hostname, enough);
  if (addresses.length === 0) throw new AppError('upstream_unavailable', 'The upstream has no address.');
  if (!addresses.every((address) => internet.isPublic(address)))
    throw new AppError('upstream_not_allowed', `The host is not on the public internet. ${ask}`);
  return addresses;
}

const plain = (headers: Dispatcher.ResponseData['headers']): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, [value].flat().join(', ')]],
    ),
  );

/** A code of the system's, and nothing of the address or the key. */
function inWords(error: unknown): string {
  const code = (error as { code?: unknown }).code;
  const known = typeof code === 'string' && /^[A-Z_0-9]{1,40}$/.test(code) ? ` (${code})` : '';
  return `The upstream could not be reached${known}.`;
}

/** Everything of a small answer. @throws Error where it is larger */
export async function readSmall(body: Readable, limit: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += (chunk as Buffer).length;
    if (size > limit) throw new Error('the answer is too large');
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}
