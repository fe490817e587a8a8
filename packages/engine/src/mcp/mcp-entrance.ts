/**
 * The way in for the Model Context Protocol: one POST, one answer, nothing remembered in between. Looks at what a
 * message asks before anything runs: who it claims to be, and whether its ticket may. Loads the protocol's library when
 * the first message comes, because an engine that nobody asks this way must not carry it.
 */
import { AppError } from '@vivim/contract/errors';
import { headers } from '@vivim/contract/http';
import { ScopeRefusal } from '@vivim/contract/oauth';
import type { TicketPayload } from '@vivim/contract/ticket';
import type { AskedRecords } from '../http/asked-records.ts';
import type { EngineHandlers } from '../http/handler.ts';
import { askerOf, readJson, refuseIdentity } from '../http/parse-call.ts';
import { InFlight } from './in-flight.ts';
import { missingScopes } from './tool-scopes.ts';
import type { Visit } from './visit.ts';

/** Bytes of a message: a conversation that is saved comes in one. */
const messageLimit = 4 * 1024 * 1024;

export interface McpDeps {
  readonly handlers: EngineHandlers;
  /** Where it is written down what was asked for and given. */
  readonly asked: AskedRecords;
  readonly version: string;
  /** Called for errors nobody expected; gets no content of the person. */
  readonly onFailure: (operation: string, error: unknown) => void;
}

/** @param ticket of the request, admitted already */
export type McpEntrance = (request: Request, ticket: TicketPayload) => Promise<Response>;

type Answering = (request: Request, message: unknown, visit: Visit) => Promise<Response>;
type Load = (deps: McpDeps, inFlight: InFlight) => Promise<Answering>;

const loadServer: Load = async (deps, inFlight) => (await import('./mcp-server.ts')).mcpServer(deps, inFlight);

/** @param load brings the protocol's library; tried again by the next message where it fails */
export function mcpEntrance(deps: McpDeps, load: Load = loadServer): McpEntrance {
  const inFlight = new InFlight();
  let loading: Promise<Answering> | undefined;
  return async (request, ticket) => {
    if (request.method !== 'POST') throw new AppError('method_not_allowed', 'Use POST.');
    const { value } = await readJson(request, messageLimit);
    const messages = messagesOf(value);
    for (const { params } of messages) {
      refuseIdentity(params);
      refuseIdentity(params.arguments);
    }
    const needed = missingScopes(
      messages.map(({ method, params: { name } }) => ({
        method,
        tool: method === 'tools/call' && typeof name === 'string' ? name : null,
      })),
      ticket.scopes,
    );
    if (needed !== null) return scopeRefusal(needed, ticket);
    for (const { method, params } of messages)
      if (method === 'notifications/cancelled') takeBack(inFlight, ticket, params);
    loading ??= load(deps, inFlight).catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
    return (await loading)(request, value, visitOf(request, ticket));
  };
}

const visitOf = (request: Request, ticket: TicketPayload): Visit => ({
  asker: askerOf(ticket, 'mcp'),
  reads: ticket.scopes.includes('memory:read'),
  mayEver: (scope) => ticket.app !== undefined || ticket.scopes.includes(scope),
  origin: request.headers.get(headers.origin),
  signal: request.signal,
});

function takeBack(inFlight: InFlight, { sid }: TicketPayload, { requestId }: Params): void {
  if (typeof requestId === 'string' || typeof requestId === 'number') inFlight.cancel(sid, requestId);
}

type Params = Readonly<Record<string, unknown>>;

function isRecord(value: unknown): value is Params {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The JSON-RPC messages that name a method; the shape of any other is the protocol's business. */
function messagesOf(value: unknown): { readonly method: string; readonly params: Params }[] {
  return (Array.isArray(value) ? value : [value]).flatMap((message: unknown) => {
    if (!isRecord(message) || typeof message.method !== 'string') return [];
    return { method: message.method, params: isRecord(message.params) ? message.params : {} };
  });
}

/** RFC 6750 section 3.1. The gateway, which knows under which name it is reached, adds the header. */
function scopeRefusal(needed: readonly string[], { app }: TicketPayload): Response {
  const next =
    app === undefined ? 'The token in use was made without it: a new one is needed.' : 'Ask the person to allow it.';
  const body: ScopeRefusal = {
    error: 'insufficient_scope',
    error_description: `This needs ${needed.join(' ')}. ${next}`,
    scope: needed.join(' '),
  };
  return Response.json(ScopeRefusal.parse(body), { status: 403 });
}
