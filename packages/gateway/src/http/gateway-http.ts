/**
 * The HTTP face of the server, mounted from the route table: its own operations here, those of spaces handed on, the
 * web files for everybody. One `fetch` function; holds no state but what is open right now.
 */
import { AppError } from '@vivim/contract/errors';
import { limits, headers as names } from '@vivim/contract/http';
import { openapi } from '@vivim/contract/openapi';
import { parse } from '@vivim/contract/parse';
import { type Operation, operations, type Route, routes } from '@vivim/contract/routes';
import { tus } from '@vivim/contract/tus';
import { Hono } from 'hono';
import type { z } from 'zod';
import { noteExport } from '../auth/account/account.ts';
import type { Principal } from '../auth/gateway.ts';
import type { AuthRequest } from '../auth/origins.ts';
import { inSpan } from '../observe/spans.ts';
import { type Ask, askedBy, type Env } from './ask.ts';
import { readJson } from './body.ts';
import type { GuestCall, HandlerDeps, OwnCall } from './call.ts';
import { assertNoIdentityInBody } from './claims.ts';
import { describeFailure } from './describe-failure.ts';
import type { GatewayHttpDeps } from './gateway-deps.ts';
import { admit, guardApi } from './guard.ts';
import { beforeServiceIsDeleted, beforeServiceIsPut } from './handlers/model-services.ts';
import { assertCallable } from './handlers/upstreams.ts';
import { handlers } from './handlers.ts';
import { mountLive } from './live/live-proxy.ts';
import { mountMcp } from './mcp.ts';
import { mountOAuth } from './oauth.ts';
import { admitOperator } from './operator-gate.ts';
import { problemResponse } from './problem.ts';
import { proxyToEngine } from './proxy.ts';
import { secureHeaders } from './security-headers.ts';
import { serveStatic } from './static.ts';
import { toEngine } from './to-engine.ts';
import { newTraceId } from './trace-id.ts';

/** Answers of these are of one person, and none of them is a page. */
const isApi = (path: string) => /^\/(v1|oauth|mcp)(\/|$)/.test(path);
/** Every answer of these says the version of the protocol, a refusal too. */
const speaksTus = (path: string) => /^\/v1\/uploads(\/|$)/.test(path);
const tusHeaders = ['tus-resumable', 'tus-version'];
const toPattern = (path: string) => path.replace(/\{(\w+)\}/g, ':$1');

/** What is asked of an engine and concerns this server too. */
type Judge = (
  deps: HandlerDeps,
  body: unknown,
  principal: Principal,
  params: Readonly<Record<string, string>>,
) => Promise<void>;
const judges: Partial<Record<Operation, Judge>> = {
  putUpstream: assertCallable,
  putModelService: beforeServiceIsPut,
  deleteModelService: beforeServiceIsDeleted,
};

/** Small bodies are read here, because nobody may be named in them. */
async function passOn(
  deps: GatewayHttpDeps,
  c: Ask,
  operation: Operation,
  principal: Principal,
  ended: AbortSignal,
): Promise<Response> {
  const route: Route = routes[operation];
  const request = c.req.raw;
  const traceId = c.get('traceId');
  const { body } = route;
  if (body === 'bytes' && Number(request.headers.get('content-length') ?? 0) > limits.upload) {
    throw new AppError('import_too_large', `A file may hold ${limits.upload / 1024 ** 3} GiB.`);
  }
  const patient = route.answer === 'bytes';
  const judged = (value: unknown) => judges[operation]?.(deps, value, principal, c.req.param());
  if (body === null) await judged(null);
  if (body === null || body === 'bytes')
    return proxyToEngine(deps.fleet, principal, request, traceId, c.env, ended, patient);
  const read = await readJson(request);
  assertNoIdentityInBody(read.value);
  await judged(read.value);
  ended.throwIfAborted();
  const { method, url, headers, signal } = request;
  const whole = new Request(url, { method, headers, signal, body: read.bytes });
  // The body is read; that its client goes shows on the connection.
  const { outgoing } = c.env ?? {};
  return proxyToEngine(deps.fleet, principal, whole, traceId, outgoing === undefined ? {} : { outgoing }, ended);
}

/** Every part of a request by the route table. Who somebody is comes from their session, so nobody may be named beside it. */
async function readCall(route: Route, c: Ask, asked: AuthRequest) {
  const params = parseParams(route, c.req.param());
  const query = parse(route.query, c.req.query());
  const body = route.body === null || route.body === 'bytes' ? undefined : (await readJson(c.req.raw)).value;
  return { params, query, body: body === undefined ? undefined : parse(route.body as z.ZodType, body), asked };
}

/** An id of a wrong shape is as unknown as any other. */
function parseParams(route: Route, params: Record<string, string>): unknown {
  const parsed = route.params.safeParse(params);
  if (!parsed.success) throw new AppError('not_found');
  return parsed.data;
}

const answered = (route: Route, reply: unknown): Response => {
  if (reply instanceof Response) return reply;
  return route.answer === null
    ? new Response(null, { status: route.status })
    : Response.json(reply, { status: route.status });
};

function mount(app: Hono<Env>, deps: GatewayHttpDeps, operation: Operation): void {
  const route: Route = routes[operation];
  const { scope, owner } = route;
  // Read for the gateway's own operations alone, each of which has one.
  const handle = handlers[operation as keyof typeof handlers] as (
    deps: HandlerDeps,
    call: GuestCall<Operation> | OwnCall<Operation>,
  ) => unknown;
  // Hono takes HEAD for GET without a body; only what is asked for by its own name is answered.
  app.on(route.method === 'HEAD' ? 'GET' : route.method, toPattern(route.path), async (c, next) => {
    if (route.method === 'HEAD' && c.req.method !== 'HEAD') return next();
    const asked = askedBy(c, deps.trustedProxies);
    if (route.operator) {
      const principal = await admitOperator(deps, asked, route);
      c.set('route', route.path);
      const call = { ...(await readCall(route, c, asked)), principal } as OwnCall<Operation>;
      return answered(route, await handle(deps, call));
    }
    c.set('route', route.path);
    await guardApi(deps.auth, asked, scope !== null);
    if (scope !== null) {
      const principal = await inSpan('authenticate', () => admit(deps.auth, asked, { ...route, scope }));
      if (operation === 'exportSpace') {
        // Nothing leaves a space that is locked, so nothing is noted.
        if ((await deps.fleet.seals.state(principal.routing)).state === 'locked') throw new AppError('space_sealed');
        await noteExport(deps.auth, principal);
      }
      if (owner === 'engine') {
        const pass = (ended: AbortSignal) => passOn(deps, c, operation, principal, ended);
        return toEngine(deps.open, c, { principal, outlives: route.body === 'bytes', pass });
      }
      return answered(
        route,
        await handle(deps, { ...(await readCall(route, c, asked)), principal } as OwnCall<Operation>),
      );
    }
    return answered(route, await handle(deps, (await readCall(route, c, asked)) as GuestCall<Operation>));
  });
}

/** Says which methods a path takes, to those who try another one. */
function mountRefusals(app: Hono<Env>): void {
  // Whether there is a route for operators is theirs to know.
  const told = operations.filter((operation) => !routes[operation].operator);
  const byPath = Map.groupBy(told, (operation) => routes[operation].path);
  for (const [path, here] of byPath) {
    const allow = [...new Set(here.map((operation) => routes[operation].method))].join(', ');
    app.all(toPattern(path), (c) => {
      c.set('route', path);
      return problemResponse(new AppError('method_not_allowed', `Use ${allow}.`), c.get('traceId'), { allow });
    });
  }
}

export function createGatewayHttp(deps: GatewayHttpDeps): Hono<Env> {
  const app = new Hono<Env>();
  const secure = deps.auth.origins.primary.startsWith('https:');
  // Printed when somebody asks, and kept: a start needs no second of it.
  let document: string | undefined;

  app.use((c, next) =>
    inSpan('request', async (span) => {
      const startedAt = performance.now();
      const trace = newTraceId();
      c.set('traceId', trace);
      await next();
      const api = isApi(c.req.path);
      const route = c.get('route');
      const foreign = route === routes.getAttachmentContent.path || route === routes.getImportEntryRaw.path;
      secureHeaders(c.res.headers, { secure, api, foreign });
      if (speaksTus(c.req.path)) for (const name of tusHeaders) c.res.headers.set(name, tus.version);
      if (c.res.status !== 404) c.res.headers.set(names.traceId, trace);
      const fields = { method: c.req.method, route: c.get('route') ?? (api ? 'unknown' : 'web'), status: c.res.status };
      deps.log.info({ ...fields, ms: Math.round(performance.now() - startedAt), trace }, 'request');
      span.rename(`${fields.method} ${fields.route}`);
      span.set({
        'http.request.method': fields.method,
        'http.route': fields.route,
        'http.response.status_code': fields.status,
        'vivim.trace': trace,
      });
    }),
  );
  // A foreign name gets nothing, not even a page.
  app.use((c, next) => {
    deps.auth.origins.resource(c.req.raw);
    return next();
  });
  for (const operation of operations) mount(app, deps, operation);
  // Before the refusals: POST /v1/messages/count_tokens is not one of our messages.
  mountLive(app, deps);
  mountRefusals(app);
  mountOAuth(app, deps);
  mountMcp(app, deps);
  app.get('/openapi.json', (c) => {
    document ??= JSON.stringify(openapi(deps.version));
    return c.body(document, 200, { 'content-type': 'application/json', 'cache-control': 'no-cache' });
  });

  app.notFound(async (c) => {
    const page = isApi(c.req.path) ? null : await serveStatic(deps.webDir, c.req.raw);
    return page ?? problemResponse(new AppError('not_found'), c.get('traceId'));
  });
  app.onError((error, c) => {
    if (!(error instanceof AppError))
      deps.log.error({ ...describeFailure(error), trace: c.get('traceId'), route: c.get('route') }, 'failed');
    return problemResponse(error, c.get('traceId'));
  });
  return app;
}
