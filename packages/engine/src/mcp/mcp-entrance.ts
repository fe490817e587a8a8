/**
 * The way in for the Model Context Protocol: one POST, one answer, nothing remembered in between. Looks at what a
 * message asks before anything runs: who it claims to be, and whether its ticket may. Loads the protocol's library when
 * the first message comes, because an engine that nobody asks this way must not carry it.
 */
import { AppError } from '@vivim/contract/errors';
import { ScopeRefusal } from '@vivim/contract/oauth';
import type { TicketPayload } from '@vivim/contract/ticket';
import type { EngineHandlers } from '../http/handler.ts';
import { readJson, refuseIdentity } from '../http/parse-call.ts';
import { missingScopes } from './tool-scopes.ts';

/** Bytes of a message: a conversation that is saved comes in one. */
const messageLimit = 4 * 1024 * 1024;

export interface McpDeps {
  readonly handlers: EngineHandlers;
  readonly version: string;
  /** Called for errors nobody expected; gets no content of the person. */
  readonly onFailure: (operation: string, error: unknown) => void;
}

/** @param ticket of the request, admitted already */
export type McpEntrance = (request: Request, ticket: TicketPayload) => Promise<Response>;

export function mcpEntrance(deps: McpDeps): McpEntrance {
  let loading: Promise<(request: Request, message: unknown, ticket: TicketPayload) => Promise<Response>> | undefined;
  const load = async () => (await import('./mcp-server.ts')).mcpServer(deps);
  return async (request, ticket) => {
    if (request.method !== 'POST') throw new AppError('method_not_allowed', 'Use POST.');
    const { value } = await readJson(request, messageLimit);
    const calls = messagesOf(value).flatMap(toolCall);
    for (const call of calls) {
      refuseIdentity(call.params);
      refuseIdentity(call.params.arguments);
    }
    const needed = missingScopes(
      calls.map((call) => call.name),
      ticket.scopes,
    );
    if (needed !== null) return scopeRefusal(needed);
    loading ??= load();
    return (await loading)(request, value, ticket);
  };
}

const messagesOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The call of a tool in a JSON-RPC message; nothing in any other message, whose shape is the protocol's business. */
function toolCall(message: unknown): { name: string; params: Readonly<Record<string, unknown>> }[] {
  if (!isRecord(message) || message.method !== 'tools/call' || !isRecord(message.params)) return [];
  const { params } = message;
  return typeof params.name === 'string' ? [{ name: params.name, params }] : [];
}

/** RFC 6750 section 3.1. The gateway, which knows under which name it is reached, adds the header. */
function scopeRefusal(needed: readonly string[]): Response {
  const body: ScopeRefusal = {
    error: 'insufficient_scope',
    error_description: `This needs ${needed.join(' ')}. Ask the person to allow it.`,
    scope: needed.join(' '),
  };
  return Response.json(ScopeRefusal.parse(body), { status: 403 });
}
