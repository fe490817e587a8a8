/**
 * The engine as a `fetch` function: every engine route of the contract, behind the ticket gate.
 * Holds no rule of the product; it checks, parses, calls a handler and answers.
 */
import type { ContextEvent } from '@vivim/contract/context-events';
import { AppError, errorStatus } from '@vivim/contract/errors';
import { headers, problemMediaType } from '@vivim/contract/http';
import type { SpaceEvent } from '@vivim/contract/imports';
import { liveWays } from '@vivim/contract/live';
import { modelWays } from '@vivim/contract/model-services';
import { toProblem } from '@vivim/contract/problem';
import { isMeant, type Operation, operations, type Route, routes } from '@vivim/contract/routes';
import { type TicketPayload, ticketHeader } from '@vivim/contract/ticket';
import { Hono } from 'hono';
import type { UserSpace } from '../space/user-space.ts';
import { askedOver } from './asked-over.ts';
import { type AskedRecords, isConnected } from './asked-records.ts';
import { contentDisposition } from './content-disposition.ts';
import { begun, eventStream } from './event-stream.ts';
import type { Call, EngineHandlers, FileAnswer, HeadersAnswer } from './handler.ts';
import type { LiveEntrance } from './live.ts';
import type { ModelEntrance } from './model-entrance.ts';
import { parseCall } from './parse-call.ts';
import type { TicketGate } from './ticket-gate.ts';

export interface EngineHttpDeps {
  readonly space: UserSpace;
  readonly gate: TicketGate;
  readonly handlers: EngineHandlers;
  /** Where it is written down what a program was given. */
  readonly asked: AskedRecords;
  /** Answers the Model Context Protocol, which speaks in messages of its own. */
  readonly mcp: (request: Request, ticket: TicketPayload) => Promise<Response>;
  /** Answers the gateway for what goes through the proxy. */
  readonly live: LiveEntrance;
  /** Answers the gateway for the services that make vectors. */
  readonly models: ModelEntrance;
  /** Called for errors nobody expected; gets no content of the person. */
  readonly onFailure: (
    operation: Operation | 'mcp' | 'live' | 'models',
    error: unknown,
    traceId: string | undefined,
  ) => void;
}

const json = 'application/json';
/** A context that forms is held for whoever reads it so long. */
const unreadMs = 60_000;
/** What a person owns is never kept by anything in between. */
const cacheControl = 'private, no-store';

export function engineHttp(deps: EngineHttpDeps): (request: Request) => Response | Promise<Response> {
  const app = new Hono();
  app.get('/internal/ping', (c) => c.body(null, 204));
  for (const operation of operations) {
    const route: Route = routes[operation];
    if (route.owner !== 'engine') continue;
    // Hono takes HEAD for GET without a body; only what is asked for by its own name is answered.
    app.on(route.method === 'HEAD' ? 'GET' : route.method, route.path.replace(/\{(\w+)\}/g, ':$1'), (c, next) =>
      (route.method === 'HEAD' && c.req.method !== 'HEAD') || !isMeant(route, c.req.header('accept') ?? null)
        ? next()
        : answer(deps, operation, route, c.req.raw, c.req.param()),
    );
  }
  for (const path of Object.values(liveWays)) app.post(path, (c) => answerGateway(deps, c.req.raw, 'live'));
  for (const path of Object.values(modelWays)) app.post(path, (c) => answerGateway(deps, c.req.raw, 'models'));
  app.all('/mcp', (c) => answerMcp(deps, c.req.raw));
  app.notFound((c) => problem(new AppError('not_found'), traceOf(c.req.raw)));
  return app.fetch;
}

async function answer(
  deps: EngineHttpDeps,
  operation: Operation,
  route: Route,
  request: Request,
  params: Record<string, string>,
): Promise<Response> {
  const traceId = traceOf(request);
  try {
    const ticket = deps.gate.admit(request.headers.get(ticketHeader));
    if (route.scope !== null && !ticket.scopes.includes(route.scope)) throw new AppError('insufficient_scope');
    const call = await parseCall(operation, route, request, params, ticket);
    refuseOlderThanAsked(deps.space, call);
    const before = route.write ? deps.space.applied(call.verb) : null;
    const replayed = { 'idempotency-replayed': 'true' };
    if (before !== null && route.answer === 'headers')
      return headersResponse(before.answer as HeadersAnswer, before.version, before.status, replayed);
    if (before !== null)
      return Response.json(before.answer, {
        status: before.status,
        headers: { ...answerHeaders(before.version), ...replayed },
      });
    const handler = deps.handlers[operation as keyof EngineHandlers] as (call: Call<Operation>) => unknown;
    const result = await handler(call);
    const facts = isConnected(call.asker)
      ? askedOver(operation as keyof EngineHandlers, call as never, result as never)
      : null;
    if (route.answer === 'events') {
      const events = await begun(result as AsyncIterable<SpaceEvent | ContextEvent>);
      return new Response(eventStream(events, operation === 'streamContext' ? unreadMs : undefined), {
        status: route.status,
        headers: { ...answerHeaders(deps.space.version), 'content-type': 'text/event-stream' },
      });
    }
    const body = route.answer === null || typeof route.answer === 'string' ? null : JSON.stringify(result);
    if (facts !== null) deps.asked.keep(call.asker, facts, body?.length ?? null);
    if (route.answer === 'headers') return headersResponse(result as HeadersAnswer, deps.space.version, route.status);
    if (route.answer === 'bytes') return fileResponse(result as FileAnswer, route.status);
    return new Response(body, {
      status: route.status,
      headers: answerHeaders(deps.space.version),
    });
  } catch (error) {
    // Who left reads no answer, and what was stopped for that is no failure.
    if (request.signal.aborted)
      return problem(new AppError('request_invalid', 'The connection closed early.'), traceId);
    if (!(error instanceof AppError) || errorStatus[error.code] >= 500) deps.onFailure(operation, error, traceId);
    return problem(error, traceId);
  }
}

async function answerMcp(deps: EngineHttpDeps, request: Request): Promise<Response> {
  const traceId = traceOf(request);
  try {
    const ticket = deps.gate.admit(request.headers.get(ticketHeader));
    const answer = await deps.mcp(request, ticket);
    answer.headers.set('cache-control', cacheControl);
    return answer;
  } catch (error) {
    if (!(error instanceof AppError) || errorStatus[error.code] >= 500) deps.onFailure('mcp', error, traceId);
    return problem(error, traceId);
  }
}

async function answerGateway(deps: EngineHttpDeps, request: Request, of: 'live' | 'models'): Promise<Response> {
  const traceId = traceOf(request);
  try {
    const ticket = deps.gate.admit(request.headers.get(ticketHeader));
    return Response.json(await deps[of](request, ticket), { headers: { 'cache-control': cacheControl } });
  } catch (error) {
    if (!(error instanceof AppError) || errorStatus[error.code] >= 500) deps.onFailure(of, error, traceId);
    return problem(error, traceId);
  }
}

const answerHeaders = (version: number): Record<string, string> => ({
  'content-type': json,
  'cache-control': cacheControl,
  [headers.spaceVersion]: String(version),
});

const headersResponse = ({ headers: own }: HeadersAnswer, version: number, status: number, more = {}): Response =>
  new Response(null, {
    status,
    headers: { 'cache-control': cacheControl, [headers.spaceVersion]: String(version), ...own, ...more },
  });

const fileResponse = ({ stream, bytes, version, mediaType, fileName, ...own }: FileAnswer, status: number): Response =>
  new Response(own.status === 304 ? null : stream, {
    status: own.status ?? status,
    headers: {
      ...answerHeaders(version),
      'content-type': mediaType,
      ...(bytes === null ? {} : { 'content-length': String(bytes) }),
      'content-disposition': contentDisposition(own.inline === true ? 'inline' : 'attachment', fileName),
      ...own.headers,
    },
  });

function refuseOlderThanAsked(space: UserSpace, call: Call<Operation>): void {
  const { minVersion } = call.query as { minVersion?: number };
  if (minVersion === undefined || space.version >= minVersion) return;
  throw new AppError(
    'version_conflict',
    `The space is at version ${space.version}; version ${minVersion} was asked for.`,
    { field: 'minVersion' },
  );
}

const traceOf = (request: Request): string | undefined => request.headers.get(headers.traceId) ?? undefined;

function problem(error: unknown, traceId: string | undefined): Response {
  const body = toProblem(error, traceId);
  const retryAfter = error instanceof AppError ? error.retryAfterSeconds : undefined;
  return new Response(JSON.stringify(body), {
    status: body.status,
    headers: {
      'content-type': problemMediaType,
      'cache-control': cacheControl,
      ...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }),
    },
  });
}
