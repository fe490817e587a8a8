/** The gateway's own operations: health, login, session, account. Everything about content is an engine's. */
import type { Health } from '@vivim/contract/health';
import { ChallengeRequest, VerifyRequest } from '@vivim/contract/identity';
import type { OperationOf } from '@vivim/contract/routes';
import { describeMe, signOut } from '../auth/account.ts';
import { createChallenge } from '../auth/challenge.ts';
import { cookieName } from '../auth/credential.ts';
import type { Principal } from '../auth/gateway.ts';
import { type LoginDeps, verifyChallenge } from '../auth/login.ts';
import type { Fleet } from '../fleet/engines.ts';
import { parse, readJson } from './body.ts';
import type { OpenRequests } from './open-requests.ts';

export interface HandlerDeps {
  readonly auth: LoginDeps;
  readonly fleet: Fleet;
  readonly version: string;
}

/** What the handlers of signed-in people need beside. */
export interface OwnDeps extends HandlerDeps {
  readonly open: OpenRequests;
}

/** One request to an operation of the gateway. */
export interface Exchange {
  readonly request: Request;
  /** Of the peer, as the connection says. */
  readonly address: string;
}

type GuestOperation = Extract<OperationOf<'gateway'>, 'getHealth' | 'createChallenge' | 'verifyChallenge'>;
type OwnOperation = Exclude<OperationOf<'gateway'>, GuestOperation>;

const json = (value: unknown, status = 200, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(value), { status, headers: { 'content-type': 'application/json', ...headers } });

const sessionCookie = (token: string, maxAgeSeconds: number) =>
  `${cookieName}=${token}; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=${maxAgeSeconds}`;

export const guestHandlers: Readonly<
  Record<GuestOperation, (deps: HandlerDeps, exchange: Exchange) => Promise<Response>>
> = {
  async getHealth({ auth, fleet, version }) {
    const master = (await auth.master.ping()) ? 'ok' : 'down';
    const { models, ...engines } = fleet.health();
    const health: Health = {
      // Models the operator switched off are not missed.
      status: master === 'ok' && models?.status !== 'down' ? 'ok' : 'degraded',
      version,
      master: { status: master, kind: auth.master.kind },
      models: models ?? { status: 'down', embedder: null },
      engines,
    };
    return json(health);
  },
  async createChallenge({ auth }, { request, address }) {
    const body = parse(ChallengeRequest, (await readJson(request)).value);
    return json(await createChallenge(auth, body, address), 201);
  },
  async verifyChallenge({ auth }, { request }) {
    const body = parse(VerifyRequest, (await readJson(request)).value);
    const { grant, cookie } = await verifyChallenge(auth, body, request);
    return json(grant, 200, cookie === null ? {} : { 'set-cookie': sessionCookie(cookie.token, cookie.maxAgeSeconds) });
  },
};

export const ownHandlers: Readonly<Record<OwnOperation, (deps: OwnDeps, principal: Principal) => Promise<Response>>> = {
  async getMe({ auth }, principal) {
    return json(await describeMe(auth, principal));
  },
  async endSession({ auth, open }, principal) {
    await signOut(auth, principal);
    open.end(principal.sessionId);
    return new Response(null, {
      status: 204,
      headers: principal.kind === 'cookie' ? { 'set-cookie': sessionCookie('', 0) } : {},
    });
  },
};
