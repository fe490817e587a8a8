/** Requests to a test gateway, and people who sign in to it with keys of their own, as programs and as browsers. */
import type { ChallengePurpose } from '@vivim/contract/identity';
import { type IdentityKey, makeProof, newIdentity, newSessionKey, type ProofParts, type SessionKey } from './proofs.ts';
import type { TestGateway } from './test-gateway.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

/** Status and code of a refusal, as the negative tests write them. */
export const verdict = ({ status, body }: Answer): string => `${status} ${String(body.code ?? 'ok')}`;

/** Any server with an address, this kit's or a whole one. */
export type Site = Pick<TestGateway, 'url'>;
/** One whose clock is known. */
export type Clocked = Pick<TestGateway, 'url' | 'now'>;

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
  purpose: ChallengePurpose,
  jkt: string,
  change: (message: string) => string = (message) => message,
  headers: Record<string, string> = {},
): Promise<Attempt> {
  const json = { did: identity.did, jkt, purpose };
  const { body } = await send(gateway, 'POST', '/v1/auth/challenge', { json, headers });
  return {
    challengeId: String(body.challengeId),
    kid: identity.kid,
    signature: identity.sign(change(String(body.message))),
  };
}

/** Hands an attempt in as a program does, with a proof by `key`. */
export const verifyWithProof = (gateway: Clocked, attempt: object, key: SessionKey, proof?: string) =>
  send(gateway, 'POST', '/v1/auth/verify', {
    json: attempt,
    headers: {
      dpop: proof ?? makeProof(key, { method: 'POST', url: `${gateway.url}/v1/auth/verify`, nowMs: gateway.now() }),
    },
  });

/** Trades a refresh token for new tokens, with a proof by the session's key. */
export const refresh = (gateway: Clocked, key: SessionKey, refreshToken: string, proof?: string): Promise<Answer> =>
  send(gateway, 'POST', '/v1/auth/refresh', {
    json: { refresh_token: refreshToken },
    headers: {
      dpop: proof ?? makeProof(key, { method: 'POST', url: `${gateway.url}/v1/auth/refresh`, nowMs: gateway.now() }),
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

export interface SignInOptions {
  /** Of the session's key. */
  readonly alg?: SessionKey['alg'];
  /** By default an identity that is given logs in, and a new one registers. */
  readonly purpose?: 'login' | 'register';
  /** Of the request for a challenge. */
  readonly headers?: Record<string, string>;
}

/** Somebody new with a DPoP session; with `identity` given, somebody known. */
export async function signIn(
  gateway: Clocked,
  identity?: IdentityKey,
  { alg, purpose = identity === undefined ? 'register' : 'login', headers = {} }: SignInOptions = {},
): Promise<SignedIn> {
  const who = identity ?? newIdentity();
  const key = newSessionKey(alg);
  const attempt = await signedAttempt(gateway, who, purpose, key.jkt, undefined, headers);
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
