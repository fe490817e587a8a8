/**
 * The typed client: one method for each operation of the route table. Runs in Node and in browsers.
 * Never reads a clock, a file or the environment; who signs requests is handed in.
 */

import type { z } from 'zod';
import { AppError, Problem } from './errors.ts';
import { headers } from './http.ts';
import { type Answer, type Operation, type Route, type Routes, routes } from './routes.ts';

/** Bytes of a file: a Blob in a browser, a stream or a buffer in Node. */
export type FileBytes = Blob | ArrayBuffer | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array> | string;

/** An object without members. */
type Nothing = Record<never, never>;

type Input<T> = T extends z.ZodType ? z.input<T> : never;
type Part<Name extends string, T> = T extends z.ZodType
  ? Nothing extends z.input<T>
    ? { [N in Name]?: z.input<T> }
    : { [N in Name]: z.input<T> }
  : Nothing;

/** The argument of an operation: path parameters and query flattened apart, body where it takes one. */
export type Call<K extends Operation> = Part<'params', Routes[K]['params']> &
  Part<'query', Routes[K]['query']> &
  Part<'headers', Routes[K]['headers']> &
  (Routes[K]['body'] extends 'bytes'
    ? { bytes: FileBytes }
    : Routes[K]['body'] extends z.ZodType
      ? { body: Input<Routes[K]['body']> }
      : Nothing) & {
    idempotencyKey?: string;
    signal?: AbortSignal;
  };

export type CallResult<K extends Operation> = Routes[K]['answer'] extends 'events' | 'bytes' | 'headers'
  ? Response
  : Answer<K>;

export interface ClientOptions {
  /** e.g. `http://localhost:7717`; empty in a page of the server itself. */
  readonly baseUrl: string;
  readonly fetch?: typeof fetch;
  /** Headers that prove who asks, made anew for each request (a DPoP proof names method and URL). */
  readonly authorize?: (method: string, url: string) => Promise<Record<string, string>>;
}

export type Client = { readonly [K in Operation]: (call: Call<K>) => Promise<CallResult<K>> };

const accepted = ({ answer }: Route): string =>
  answer === 'events' ? 'text/event-stream' : answer === 'bytes' ? 'application/octet-stream' : 'application/json';

/** Method, URL and body of a call, without sending it. Unknown parameters are left to the server to refuse. */
export function buildRequest(
  baseUrl: string,
  operation: Operation,
  call: Call<Operation>,
): { url: string; method: string; body: FileBytes | undefined; headers: Record<string, string> } {
  const route: Route = routes[operation];
  const {
    params = {},
    query = {},
    headers: own = {},
    body,
    bytes,
    idempotencyKey,
  } = call as {
    params?: Record<string, string>;
    query?: Record<string, unknown>;
    headers?: Record<string, string | undefined>;
    body?: unknown;
    bytes?: FileBytes;
    idempotencyKey?: string;
  };
  const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  const search = new URLSearchParams(
    Object.entries(query).flatMap(([name, value]): [string, string][] =>
      value === undefined ? [] : [[name, String(value)]],
    ),
  ).toString();
  return {
    url: `${baseUrl}${path}${search === '' ? '' : `?${search}`}`,
    method: route.method,
    body: bytes ?? (body === undefined ? undefined : JSON.stringify(body)),
    headers: {
      accept: accepted(route),
      ...(bytes !== undefined
        ? { 'content-type': route.bodyType }
        : body !== undefined
          ? { 'content-type': 'application/json' }
          : {}),
      ...Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined)),
      ...(idempotencyKey === undefined ? {} : { [headers.idempotencyKey]: idempotencyKey }),
    },
  };
}

/** @throws AppError with the server's code when the answer is a problem; a plain Error when no VIVIM answered. */
export async function readProblem(response: Response): Promise<never> {
  const parsed = Problem.safeParse(await response.json().catch(() => null));
  if (!parsed.success)
    throw new Error(`The server answered ${response.status} without saying why; is this a VIVIM server?`);
  const { code, detail, field, traceId } = parsed.data;
  const retryAfter = Number(response.headers.get('retry-after'));
  throw new AppError(code, detail, {
    ...(field === undefined ? {} : { field }),
    ...(traceId === undefined ? {} : { traceId }),
    ...(retryAfter > 0 ? { retryAfterSeconds: retryAfter } : {}),
  });
}

/** A client of the whole API. Event streams and files come back as the open {@link Response}. */
export function createClient(options: ClientOptions): Client {
  const send = options.fetch ?? globalThis.fetch.bind(globalThis);
  const call = async (operation: Operation, argument: Call<Operation>): Promise<unknown> => {
    const request = buildRequest(options.baseUrl, operation, argument);
    const proof = (await options.authorize?.(request.method, request.url)) ?? {};
    const response = await send(request.url, {
      method: request.method,
      headers: { ...request.headers, ...proof },
      ...(request.body === undefined ? {} : { body: request.body, duplex: 'half' as const }),
      ...(argument.signal === undefined ? {} : { signal: argument.signal }),
    } as RequestInit);
    if (!response.ok) return readProblem(response);
    const route: Route = routes[operation];
    if (route.answer === 'events' || route.answer === 'bytes' || route.answer === 'headers') return response;
    return route.answer === null ? undefined : response.json();
  };
  return new Proxy({} as Client, {
    // No other member: an object with a `then` would be taken for a promise where it is awaited.
    get: (_, name) =>
      typeof name === 'string' && Object.hasOwn(routes, name)
        ? (argument: Call<Operation>) => call(name as Operation, argument)
        : undefined,
  });
}
