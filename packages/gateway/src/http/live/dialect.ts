/**
 * The interfaces of the services as far as the proxy has to know them: which requests there are, what of their headers passes,
 * and how each says that something is wrong. Knows nothing of what is said.
 */
import { AppError } from '@vivim/contract/errors';
import type { LiveDialect, UpstreamGrant, UpstreamKind } from '@vivim/contract/live';
import { toProblem } from '@vivim/contract/problem';

export interface LiveRoute {
  readonly method: 'GET' | 'POST';
  /** As the server mounts it. */
  readonly path: string;
  /** Whose interface it is; null where both have it and the headers tell. */
  readonly kind: UpstreamKind | null;
  /** What is kept of it; null for what is no conversation. */
  readonly dialect: LiveDialect | null;
}

export const liveRoutes: readonly LiveRoute[] = [
  { method: 'POST', path: '/v1/chat/completions', kind: 'openai', dialect: 'chat' },
  { method: 'POST', path: '/v1/responses', kind: 'openai', dialect: 'responses' },
  { method: 'POST', path: '/v1/embeddings', kind: 'openai', dialect: null },
  { method: 'POST', path: '/v1/messages', kind: 'anthropic', dialect: 'messages' },
  { method: 'POST', path: '/v1/messages/count_tokens', kind: 'anthropic', dialect: null },
  { method: 'GET', path: '/v1/models', kind: null, dialect: null },
  { method: 'GET', path: '/v1/models/:model', kind: null, dialect: null },
];

/**
 * What the services' own libraries can also ask for, and what does not go through here: a client that tries is told so in its own words,
 * and not that it looked for a thing of VIVIM's.
 */
export const notPassedOn: readonly { readonly paths: readonly string[]; readonly what: string }[] = [
  {
    paths: ['/v1/messages/batches', '/v1/messages/batches/*', '/v1/batches', '/v1/batches/*'],
    what: 'Batches are answered later, and nothing of them would be kept: they do',
  },
  { paths: ['/v1/responses/*'], what: 'Answers a service holds, looked up or taken back by their id, do' },
  { paths: ['/v1/completions', '/v1/complete'], what: 'Completions without messages do' },
  { paths: ['/v1/files', '/v1/files/*'], what: 'Files at a service do' },
  {
    paths: ['/v1/images/*', '/v1/audio/*', '/v1/videos', '/v1/videos/*', '/v1/realtime', '/v1/realtime/*'],
    what: 'Pictures, sound, films and calls do',
  },
  {
    paths: [
      ...['/v1/assistants', '/v1/assistants/*', '/v1/threads', '/v1/threads/*'],
      ...['/v1/vector_stores', '/v1/vector_stores/*', '/v1/fine_tuning/*', '/v1/moderations'],
    ],
    what: 'Assistants, stores of vectors, trainings and moderations do',
  },
];

/** Clients of Anthropic's say so with every request. */
export const kindOf = (route: LiveRoute, headers: Headers): UpstreamKind =>
  route.kind ?? (headers.has('anthropic-version') ? 'anthropic' : 'openai');

/** What of a client's request a service is shown. Nothing of ours, no credential, nothing of the way here. */
export const sent =
  /^(accept|content-type|user-agent|anthropic-(version|beta|dangerous-direct-browser-access)|openai-(beta|organization|project)|x-stainless-[a-z-]+|x-(title|app|request-id|client-request-id)|http-referer|idempotency-key)$/;

export function sentHeaders(from: Headers, { kind, key }: UpstreamGrant): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of from) if (sent.test(name)) headers[name] = value;
  // What is kept has to be read, and what is passed on is passed on as it came.
  headers['accept-encoding'] = 'identity';
  if (key !== null && kind === 'openai') headers.authorization = `Bearer ${key}`;
  if (key !== null && kind === 'anthropic') headers['x-api-key'] = key;
  return headers;
}

/** What concerns one connection, what a browser would keep or obey for this server, and what only we say. */
const keptBack =
  /^(connection|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade|alt-svc|set-cookie2?|strict-transport-security|www-authenticate|location|link|nel|report-to|clear-site-data|content-security-policy.*|access-control-.*|x?-?vivim-.*)$/;

export function answeredHeaders(from: Readonly<Record<string, string>>): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(from)) if (!keptBack.test(name)) headers.set(name, value);
  return headers;
}

/** Where a request goes: the path of the interface behind the address its owner set. */
export function upstreamUrl({ kind, baseUrl }: UpstreamGrant, path: string, search: string): string {
  const base = kind === 'anthropic' ? baseUrl.replace(/\/v1$/, '') : baseUrl;
  return `${base}${kind === 'anthropic' ? path : path.replace(/^\/v1/, '')}${search}`;
}

const anthropicTypes: Readonly<Record<number, string>> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  403: 'permission_error',
  404: 'not_found_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
};
const openaiTypes: Readonly<Record<number, string>> = {
  401: 'authentication_error',
  403: 'permission_error',
  404: 'not_found_error',
  429: 'rate_limit_error',
};

/** A refusal of ours in the words of the interface that was used, so that its clients can read it. */
export function refusal(kind: UpstreamKind, error: unknown, traceId: string): Response {
  const problem = toProblem(error, traceId);
  const { status, code } = problem;
  const message = `VIVIM: ${problem.detail ?? problem.title}`;
  const upward = status >= 500;
  const body =
    kind === 'anthropic'
      ? {
          type: 'error',
          error: { type: anthropicTypes[status] ?? (upward ? 'api_error' : 'invalid_request_error'), message },
          request_id: traceId,
        }
      : {
          error: {
            message,
            type: openaiTypes[status] ?? (upward ? 'server_error' : 'invalid_request_error'),
            param: problem.field ?? null,
            code,
          },
        };
  const wait = error instanceof AppError ? error.retryAfterSeconds : undefined;
  return Response.json(body, { status, headers: wait === undefined ? {} : { 'retry-after': String(wait) } });
}
