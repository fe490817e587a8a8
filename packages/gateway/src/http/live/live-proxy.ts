/**
 * The interfaces of OpenAI and Anthropic under this server's own address. A person's token lets a client in, the person's own
 * upstream and key answer it, and what was said goes to the person's engine when the reply is out. Passes everything through as
 * it came; what VIVIM itself has to refuse it says in the interface's words. Holds a key for the length of one request.
 */
import { AppError } from '@vivim/contract/errors';
import {
  type ExchangeEnd,
  type LiveDialect,
  type LiveExchange,
  liveHeaders,
  liveWays,
  type UpstreamAsk,
  UpstreamGrant,
  type UpstreamKind,
} from '@vivim/contract/live';
import type { Hono } from 'hono';
import { authenticate, type Principal } from '../../auth/gateway.ts';
import { countKnock } from '../../auth/knocks.ts';
import type { AuthRequest } from '../../auth/origins.ts';
import { type Ask, askedBy, type Env } from '../ask.ts';
import { readLimited } from '../body.ts';
import { assertNoIdentityClaim } from '../claims.ts';
import { describeFailure } from '../describe-failure.ts';
import type { GatewayHttpDeps } from '../gateway-deps.ts';
import { guardApi } from '../guard.ts';
import { toEngine } from '../to-engine.ts';
import { foreignOrigin, preflight, readableBy } from './cross-origin.ts';
import {
  answeredHeaders,
  kindOf,
  type LiveRoute,
  liveRoutes,
  notPassedOn,
  refusal,
  sentHeaders,
  upstreamUrl,
} from './dialect.ts';
import { askEngine } from './handing-over.ts';
import { overhear } from './overheard.ts';

/** Bytes of an answer that are kept; a longer one goes through whole and is kept up to there. */
const keptBytes = 16 * 1024 ** 2;
/** Of one person: each holds its request, and a copy of its answer. */
const atOnce = 16;

/**
 * Clients of Anthropic's show the token in a header of their own. A page the operator lets in is not asked where it comes from
 * again, and whatever cookie its browser might send is not looked at.
 */
function askedWithKey(c: Ask, deps: GatewayHttpDeps): AuthRequest {
  const asked = askedBy(c, deps.trustedProxies);
  const headers = new Headers(asked.headers);
  if (foreignOrigin(deps.live.origins, headers) !== null) for (const name of ['origin', 'cookie']) headers.delete(name);
  const key = headers.get('x-api-key');
  if (key !== null && !headers.has('authorization')) headers.set('authorization', `Bearer ${key}`);
  return { ...asked, headers };
}

/** @throws AppError of `guardApi` and `authenticate`, `insufficient_scope`, `account_deleting`, `rate_limited` */
async function admitClient(deps: GatewayHttpDeps, c: Ask): Promise<Principal> {
  const asked = askedWithKey(c, deps);
  await guardApi(deps.auth, asked);
  const principal = await authenticate(deps.auth, asked);
  assertNoIdentityClaim(asked.headers, new URL(asked.url).searchParams);
  if (!principal.scopes.includes('proxy:use'))
    throw new AppError('insufficient_scope', 'This needs the scope proxy:use.');
  if (principal.status === 'deleting') throw new AppError('account_deleting');
  const rule = { scope: 'proxy', points: deps.live.requestsPerMinute, seconds: 60 };
  await countKnock(deps.auth.master, rule, principal.userId, 'Too many requests to models in this minute.');
  return principal;
}

export function mountLive(app: Hono<Env>, deps: GatewayHttpDeps): void {
  const open = new Map<string, number>();
  for (const route of liveRoutes) {
    app.options(route.path, (c, next) => {
      const { headers } = c.req.raw;
      const origin = foreignOrigin(deps.live.origins, headers);
      if (origin === null || headers.get('access-control-request-method') !== route.method) return next();
      c.set('route', route.path);
      return Promise.resolve(preflight(origin, route.method, headers));
    });
    app.on(route.method, route.path, async (c) => {
      c.set('route', route.path);
      const kind = kindOf(route, c.req.raw.headers);
      const traceId = c.get('traceId');
      const origin = foreignOrigin(deps.live.origins, c.req.raw.headers);
      try {
        const principal = await admitClient(deps, c);
        const { userId } = principal;
        if ((open.get(userId) ?? 0) >= atOnce)
          throw new AppError('rate_limited', `You have ${atOnce} requests to models open at once.`, {
            retryAfterSeconds: 1,
          });
        open.set(userId, (open.get(userId) ?? 0) + 1);
        const close = () => {
          const left = (open.get(userId) ?? 1) - 1;
          if (left > 0) open.set(userId, left);
          else open.delete(userId);
        };
        const pass = (ended: AbortSignal) => passThrough(deps, c, { route, kind, principal, ended, close });
        return readableBy(origin, await toEngine(deps.open, c, { principal, outlives: false, pass }));
      } catch (error) {
        if (!(error instanceof AppError))
          deps.log.error({ ...describeFailure(error), trace: traceId, route: route.path }, 'failed');
        return readableBy(origin, refusal(kind, error, traceId));
      }
    });
  }
  // Behind them, for a star stands for nothing as well.
  for (const { paths, what } of notPassedOn) {
    const words = `${what} not go through here. Ask the service itself, with your key.`;
    for (const path of paths)
      app.all(path, (c) => {
        c.set('route', path);
        const kind = c.req.raw.headers.has('anthropic-version') ? 'anthropic' : 'openai';
        const origin = foreignOrigin(deps.live.origins, c.req.raw.headers);
        return readableBy(origin, refusal(kind, new AppError('request_invalid', words), c.get('traceId')));
      });
  }
}

interface Passing {
  readonly route: LiveRoute;
  readonly kind: UpstreamKind;
  readonly principal: Principal;
  /** The session ended. */
  readonly ended: AbortSignal;
  /** The exchange is over, whichever way. Called once. */
  readonly close: () => void;
}

/** A request that was read, where it goes, and whether it is kept. */
interface Asked {
  readonly body: Uint8Array | null;
  readonly grant: UpstreamGrant;
  readonly keeping: 'on' | 'off' | 'failed';
  readonly startedMs: number;
  readonly traceId: string;
}

/** @throws AppError in whatever VIVIM cannot do; what the service answers is handed on and never thrown */
async function passThrough(deps: GatewayHttpDeps, c: Ask, passing: Passing): Promise<Response> {
  const { ended } = passing;
  const left = new AbortController();
  const outgoing = c.env?.outgoing;
  outgoing?.once('close', () => left.abort());
  const signal = AbortSignal.any([left.signal, ended, c.req.raw.signal]);
  let closed = false;
  const close = () => {
    if (!closed) passing.close();
    closed = true;
  };
  try {
    const asked = await readAsked(deps, c, passing);
    return await reply(deps, c, { passing: { ...passing, close }, asked, signal });
  } catch (error) {
    close();
    throw error;
  }
}

async function readAsked(deps: GatewayHttpDeps, c: Ask, { route, kind, principal }: Passing): Promise<Asked> {
  const { headers } = c.req.raw;
  const body = route.method === 'GET' ? null : await readLimited(c.req.raw, deps.live.requestBytes);
  const name = headers.get(liveHeaders.upstream);
  const traceId = c.get('traceId');
  const grant = await grantOf(deps, principal, { kind, name }, traceId);
  const keeping = keepingOf(deps, route.dialect, headers, principal, grant, traceId);
  return { body, grant, keeping, startedMs: deps.auth.clock(), traceId };
}

interface Replying {
  readonly passing: Passing;
  readonly asked: Asked;
  /** The reader has gone, or the session has ended. */
  readonly signal: AbortSignal;
}

async function reply(deps: GatewayHttpDeps, c: Ask, { passing, asked, signal }: Replying): Promise<Response> {
  const { route, principal, close } = passing;
  const { body, grant, keeping } = asked;
  const { pathname, search } = new URL(c.req.raw.url);
  let told: Told = { status: 0, streamed: false, requestId: null };
  const over = (copy: Buffer, end: ExchangeEnd) => {
    close();
    if (keeping === 'on' && route.dialect !== null)
      handOver(deps, principal, { dialect: route.dialect, asked, told, copy, end });
  };
  const sent = {
    method: route.method,
    url: upstreamUrl(grant, pathname, search),
    headers: sentHeaders(c.req.raw.headers, grant),
    body,
    signal,
  };
  const answer = await deps.live.upstreams.call(sent).catch((error: unknown) => {
    if (!signal.aborted) throw error;
    // It was said, and nobody stayed to hear the answer.
    over(Buffer.alloc(0), 'aborted');
    throw new AppError('request_invalid', 'The connection closed early.');
  });
  const { status } = answer;
  told = {
    status,
    streamed: answer.headers['content-type']?.startsWith('text/event-stream') === true,
    requestId: answer.headers['x-request-id'] ?? answer.headers['request-id'] ?? null,
  };
  const headers = answeredHeaders(answer.headers);
  if (route.dialect !== null) headers.set(liveHeaders.record, keeping);
  headers.set(liveHeaders.upstream, grant.name);
  if (status === 204 || status === 304) {
    answer.body.destroy();
    over(Buffer.alloc(0), 'whole');
    return new Response(null, { status, headers });
  }
  const outgoing = c.env?.outgoing;
  const cut = outgoing && (() => void outgoing.destroy());
  const overheard = overhear(answer.body, keeping === 'on' ? keptBytes : null, over, cut);
  signal.addEventListener('abort', overheard.leave, { once: true });
  if (signal.aborted) overheard.leave();
  return new Response(overheard.stream, { status, headers });
}

/** The service a request goes to, with its key. @throws AppError `upstream_unknown`, what the engine cannot do */
export async function grantOf(
  deps: Pick<GatewayHttpDeps, 'fleet'>,
  principal: Principal,
  ask: UpstreamAsk,
  traceId: string,
): Promise<UpstreamGrant> {
  const body = Buffer.from(JSON.stringify(ask));
  return UpstreamGrant.parse(await askEngine(deps.fleet, principal, liveWays.upstream, body, traceId));
}

/** Whether an exchange is kept: by whom it goes through, by what was asked, by what there is room for. */
function keepingOf(
  deps: GatewayHttpDeps,
  dialect: LiveDialect | null,
  headers: Headers,
  principal: Principal,
  grant: UpstreamGrant,
  traceId: string,
): 'on' | 'off' | 'failed' {
  const wanted =
    dialect !== null &&
    grant.record &&
    principal.scopes.includes('proxy:record') &&
    headers.get(liveHeaders.record)?.toLowerCase() !== 'off';
  if (!wanted) return 'off';
  if (grant.room) return 'on';
  deps.live.handingOver.miss(principal, 'quota_exceeded', traceId);
  return 'failed';
}

/** What the head of an answer tells. */
type Told = Pick<LiveExchange, 'status' | 'streamed' | 'requestId'>;

interface Overheard {
  readonly dialect: LiveDialect;
  readonly asked: Asked;
  readonly told: Told;
  readonly copy: Buffer;
  readonly end: ExchangeEnd;
}

function handOver(deps: GatewayHttpDeps, principal: Principal, heard: Overheard): void {
  const { dialect, asked, told, copy, end } = heard;
  const exchange = {
    dialect,
    upstream: asked.grant.name,
    request: Buffer.from(asked.body ?? []).toString('utf8'),
    response: copy.toString('utf8'),
    ...told,
    end,
    startedMs: asked.startedMs,
    tookMs: Math.max(0, deps.auth.clock() - asked.startedMs),
  };
  deps.live.handingOver.begin(principal, exchange, asked.traceId);
}
