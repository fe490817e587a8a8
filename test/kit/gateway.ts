/**
 * A gateway for tests: real HTTP, real master, a clock that can be moved, and in the place of engines a fleet that only
 * notes who came through. Whole servers with engines are in server.ts.
 */
import { randomBytes } from 'node:crypto';
import { AppError } from '@vivim/contract/errors';
import { type SpaceKeyWrap, sealSpaceKey } from '@vivim/contract/sealing';
import { AccountStreams } from '@vivim/gateway/auth/account-streams';
import type { AuthDeps } from '@vivim/gateway/auth/deps';
import { listenForNews } from '@vivim/gateway/auth/news-listener';
import { OpenRequests } from '@vivim/gateway/auth/open-requests';
import { createOrigins } from '@vivim/gateway/auth/origins';
import type { EngineRequest, Fleet, FleetHealth } from '@vivim/gateway/fleet/engines';
import { createGatewayHttp } from '@vivim/gateway/http/gateway-http';
import { listen } from '@vivim/gateway/http/listener';
import { createLog } from '@vivim/gateway/http/log';
import { type Master, openMaster } from '@vivim/gateway/master/db';
import { afterAll, beforeAll } from 'vitest';
import { type MasterKind, makeDatabase } from './masters.ts';
import { type IdentityKey, makeProof, newIdentity, newSessionKey, type ProofParts, type SessionKey } from './proofs.ts';

export interface Passed {
  readonly userId: string;
  readonly storageId: string;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface TestGateway {
  readonly url: string;
  readonly master: Master;
  /** Milliseconds added to the machine's clock. */
  clockOffsetMs: number;
  readonly now: () => number;
  /** Spaces that were made. */
  readonly spaces: string[];
  /** When true, making a space fails as it does without an engine. */
  engineDown: boolean;
  /** What an engine answers with; by default an empty object. */
  answer: (request: EngineRequest) => Response;
  /** How the models are said to be. */
  models: FleetHealth['models'];
  /** What reached an engine. */
  readonly passed: Passed[];
  /** Everything that was logged. */
  readonly log: string[];
}

export interface GatewayOptions {
  readonly challengesPerMinute?: number;
  readonly failedVerifiesPerQuarterHour?: number;
  readonly registrationsPerDay?: number;
  readonly applicationsPerHour?: number;
  /** What applications say of themselves is fetched with this. */
  readonly fetch?: typeof fetch;
  readonly trustedProxies?: readonly string[];
}

export const emptyAnswer = () => new Response('{}', { headers: { 'content-type': 'application/json' } });

/** Seals a made-up key for each space: real sealing, without a fleet. */
function fakeKeyring(): Fleet['keyring'] {
  const keys = new Map<string, Uint8Array>();
  const wraps = new Map<string, SpaceKeyWrap[]>();
  return {
    async seal({ storageId }, { kid, publicKey }) {
      const key = keys.get(storageId) ?? randomBytes(32);
      keys.set(storageId, key);
      const sealed = await sealSpaceKey(key, Buffer.from(publicKey, 'base64url'), kid);
      const others = (wraps.get(storageId) ?? []).filter((wrap) => wrap.kid !== kid);
      wraps.set(storageId, [...others, { kid, createdAt: '2026-01-01T00:00:00.000Z', sealed }]);
    },
    list: async ({ storageId }) => wraps.get(storageId) ?? [],
    forget: async ({ storageId }, kids) => {
      wraps.set(
        storageId,
        (wraps.get(storageId) ?? []).filter(({ kid }) => !kids.includes(kid)),
      );
    },
  };
}

function fakeFleet(gateway: () => TestGateway): Fleet {
  return {
    async createSpace(row) {
      if (gateway().engineDown) throw new AppError('engine_unavailable');
      gateway().spaces.push(row.storageId);
    },
    async fetch(row, caller, request) {
      const chunks: Uint8Array[] = [];
      for await (const chunk of request.body ?? []) chunks.push(Buffer.from(chunk as Uint8Array));
      const { method, path, headers } = request;
      const body = Buffer.concat(chunks).toString();
      gateway().passed.push({ userId: caller.userId, storageId: row.storageId, method, path, headers, body });
      return gateway().answer(request);
    },
    keyring: fakeKeyring(),
    health: () => ({ mode: 'dedicated', jail: 'none', running: 0, models: gateway().models }),
    close: async () => {},
  };
}

/** One gateway for a suite, on a database of its own. Read it inside tests only. */
export function useGateway(kind: MasterKind, options: GatewayOptions = {}): () => TestGateway {
  let made: TestGateway | undefined;
  const current = () => {
    if (made === undefined) throw new Error('the gateway is not up yet');
    return made;
  };
  const endings: (() => Promise<void>)[] = [];
  beforeAll(async () => {
    const database = await makeDatabase(kind);
    const master = await openMaster(database.target);
    const log: string[] = [];
    const clock = () => Date.now() + current().clockOffsetMs;
    const fleet = fakeFleet(current);
    const limits = {
      challengesPerMinute: options.challengesPerMinute ?? 0,
      failedVerifiesPerQuarterHour: options.failedVerifiesPerQuarterHour ?? 0,
      registrationsPerDay: options.registrationsPerDay ?? 0,
    };
    const open = new OpenRequests(clock);
    const streams = new AccountStreams(master);
    const stopListening = await listenForNews(master, { open, streams });
    const listener = await listen('127.0.0.1', 0, (port) => {
      const url = `http://localhost:${port}`;
      made = {
        url,
        master,
        clockOffsetMs: 0,
        now: clock,
        spaces: [],
        engineDown: false,
        answer: emptyAnswer,
        models: { status: 'down', embedder: null },
        passed: [],
        log,
      };
      const auth: AuthDeps = {
        master,
        clock,
        limits,
        origins: createOrigins(url, port),
        nonceKey: randomBytes(32),
        quotaBytes: 2 ** 30,
        recoveryDelayMs: 72 * 3_600_000,
        deletionGraceMs: 14 * 86_400_000,
        didWeb: null,
        createSpace: (row) => fleet.createSpace(row),
        keyring: fleet.keyring,
      };
      const app = createGatewayHttp({
        auth,
        fleet,
        open,
        streams,
        trustedProxies: options.trustedProxies ?? [],
        oauth: {
          fetch: options.fetch ?? (() => Promise.reject(new Error('nothing is fetched'))),
          registrationsPerHour: options.applicationsPerHour ?? 0,
        },
        log: createLog('debug', (line) => log.push(line)),
        version: '0.0.0',
        webDir: '/nonexistent',
      });
      return (request, env) => app.fetch(request, env);
    });
    endings.push(listener.close, stopListening, master.close, database.drop);
  });
  afterAll(async () => {
    for (const end of endings) await end();
  });
  return current;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

/** Status and code of a refusal, as the negative tests write them. */
export const verdict = ({ status, body }: Answer): string => `${status} ${String(body.code ?? 'ok')}`;

/** Any server with an address, this kit's or a whole one. */
export type Site = Pick<TestGateway, 'url'>;

export async function send(
  gateway: Site,
  method: string,
  path: string,
  init: { json?: unknown; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const response = await fetch(`${gateway.url}${path}`, {
    method,
    headers: { ...(init.json === undefined ? {} : { 'content-type': 'application/json' }), ...init.headers },
    ...(init.json === undefined ? {} : { body: JSON.stringify(init.json) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>),
  };
}

export interface Attempt {
  readonly challengeId: string;
  readonly kid: string;
  readonly signature: string;
}

/** Asks for a challenge and signs it, without handing the signature in. */
export async function signedAttempt(
  gateway: Site,
  identity: IdentityKey,
  purpose: 'login' | 'register',
  jkt: string,
  change: (message: string) => string = (message) => message,
): Promise<Attempt> {
  const { body } = await send(gateway, 'POST', '/v1/auth/challenge', { json: { did: identity.did, jkt, purpose } });
  return {
    challengeId: String(body.challengeId),
    kid: identity.kid,
    signature: identity.sign(change(String(body.message))),
  };
}

/** Hands an attempt in as a program does, with a proof by `key`. */
export const verifyWithProof = (gateway: TestGateway, attempt: object, key: SessionKey, proof?: string) =>
  send(gateway, 'POST', '/v1/auth/verify', {
    json: attempt,
    headers: {
      dpop: proof ?? makeProof(key, { method: 'POST', url: `${gateway.url}/v1/auth/verify`, nowMs: gateway.now() }),
    },
  });

export interface SignedIn {
  readonly identity: IdentityKey;
  readonly key: SessionKey;
  readonly token: string;
  readonly refreshToken: string;
  readonly userId: string;
  readonly sessionId: string;
  /** A proof for a request with this session's token; any part can be changed. */
  proof(method: string, path: string, parts?: Partial<ProofParts>): string;
  send(method: string, path: string, init?: { json?: unknown; headers?: Record<string, string> }): Promise<Answer>;
}

/** Somebody new with a DPoP session; with `identity` given, somebody known. */
export async function signIn(gateway: TestGateway, identity?: IdentityKey, alg?: SessionKey['alg']): Promise<SignedIn> {
  const who = identity ?? newIdentity();
  const key = newSessionKey(alg);
  const attempt = await signedAttempt(gateway, who, identity === undefined ? 'register' : 'login', key.jkt);
  const { status, body } = await verifyWithProof(gateway, attempt, key);
  if (status !== 200) throw new Error(`sign-in answered ${status} ${JSON.stringify(body)}`);
  const token = String(body.access_token);
  const proof: SignedIn['proof'] = (method, path, parts = {}) =>
    makeProof(key, {
      method,
      url: `${gateway.url}${path.split('?')[0]}`,
      nowMs: gateway.now(),
      accessToken: token,
      ...parts,
    });
  return {
    identity: who,
    key,
    token,
    refreshToken: String(body.refresh_token),
    userId: String(body.user_id),
    sessionId: String(body.session_id),
    proof,
    send: (method, path, init = {}) =>
      send(gateway, method, path, {
        ...init,
        headers: { authorization: `DPoP ${token}`, dpop: proof(method, path), ...init.headers },
      }),
  };
}

export interface Browser {
  readonly identity: IdentityKey;
  readonly cookie: string;
  readonly setCookie: string;
}

/** What a page of the server sends along with every request. */
export const ownPage = (gateway: Site) => ({ origin: gateway.url, 'sec-fetch-site': 'same-origin' });

export async function signInBrowser(gateway: Site, identity?: IdentityKey): Promise<Browser> {
  const who = identity ?? newIdentity();
  const attempt = await signedAttempt(gateway, who, identity === undefined ? 'register' : 'login', who.jkt);
  const answer = await send(gateway, 'POST', '/v1/auth/verify', { json: attempt, headers: ownPage(gateway) });
  const setCookie = answer.headers.get('set-cookie') ?? '';
  return { identity: who, cookie: setCookie.split(';')[0] ?? '', setCookie };
}
