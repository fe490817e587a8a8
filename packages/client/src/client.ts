/**
 * The typed client: one method for each operation of the route table. Runs in Node and in browsers, with nothing but `fetch`:
 * of the contract it takes types, and no schema. Never reads a clock, a file or the environment; who signs requests is handed in.
 */

import { AppError, type ErrorCode, errorStatus } from '@vivim/contract/errors';
import { headers } from '@vivim/contract/http';
import { uuidv7 } from '@vivim/contract/random';
import type { Answer, Operation, Routes } from '@vivim/contract/routes';
import type { z } from 'zod';
import { type Retries, withRetries } from './retry.ts';
import { wire } from './wire.ts';

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

/** A call of whichever operation: the table types each, and one way sends them all. */
interface AnyCall {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly body?: unknown;
  readonly bytes?: FileBytes;
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal;
}

export type CallResult<K extends Operation> = Routes[K]['answer'] extends 'events' | 'bytes' | 'headers'
  ? Response
  : Answer<K>;

export interface ClientOptions {
  /** e.g. `http://localhost:7717`; empty in a page of the server itself. */
  readonly baseUrl: string;
  readonly fetch?: typeof fetch;
  /** Headers that prove who asks, made anew for each request (a DPoP proof names method and URL). */
  readonly authorize?: (method: string, url: string) => Promise<Record<string, string>>;
  /** Sends again what may pass later: reads, and writes, which then go under a key of their own. Nothing is unless told. */
  readonly retries?: Retries;
}

export type Client = { readonly [K in Operation]: (call: Call<K>) => Promise<CallResult<K>> };

interface Line {
  readonly method: string;
  readonly path: string;
  readonly answer: 'json' | 'none' | 'events' | 'bytes' | 'headers';
  /** The media type of raw bytes, where it takes any. */
  readonly bodyType: string | undefined;
}

function lineOf(operation: Operation): Line {
  const [method, path, answer, bodyType] = wire[operation].split(' ') as [string, string, Line['answer'], string?];
  return { method, path, answer, bodyType };
}

const accepted = ({ answer }: Line): string =>
  answer === 'events' ? 'text/event-stream' : answer === 'bytes' ? 'application/octet-stream' : 'application/json';

/** Method, URL and body of a call, without sending it. Unknown parameters are left to the server to refuse. */
export function buildRequest(
  baseUrl: string,
  operation: Operation,
  call: AnyCall,
): { url: string; method: string; body: FileBytes | undefined; headers: Record<string, string> } {
  const line = lineOf(operation);
  const { params = {}, query = {}, headers: own = {}, body, bytes, idempotencyKey } = call;
  const path = line.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  const search = new URLSearchParams(
    Object.entries(query).flatMap(([name, value]): [string, string][] =>
      value === undefined ? [] : [[name, String(value)]],
    ),
  ).toString();
  return {
    url: `${baseUrl}${path}${search === '' ? '' : `?${search}`}`,
    method: line.method,
    body: bytes ?? (body === undefined ? undefined : JSON.stringify(body)),
    headers: {
      accept: accepted(line),
      ...(bytes !== undefined
        ? { 'content-type': line.bodyType ?? 'application/octet-stream' }
        : body !== undefined
          ? { 'content-type': 'application/json' }
          : {}),
      ...Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined)),
      ...(idempotencyKey === undefined ? {} : { [headers.idempotencyKey]: idempotencyKey }),
    },
  };
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/**
 * @throws AppError with the server's code when the answer is a problem (RFC 9457); one this client does not know yet, of a newer
 *   server, counts as `internal` and keeps its words; a plain Error when no VIVIM answered
 */
export async function readProblem(response: Response): Promise<never> {
  const problem = (await response.json().catch(() => null)) as Record<string, unknown> | null;
  const code = textOf(problem?.code);
  if (code === undefined || textOf(problem?.type) === undefined)
    throw new Error(`The server answered ${response.status} without saying why; is this a VIVIM server?`);
  const field = textOf(problem?.field);
  const traceId = textOf(problem?.traceId);
  const retryAfter = Number(response.headers.get('retry-after'));
  const known = Object.hasOwn(errorStatus, code);
  const detail = textOf(problem?.detail) ?? (known ? undefined : textOf(problem?.title));
  throw new AppError(known ? (code as ErrorCode) : 'internal', detail, {
    ...(field === undefined ? {} : { field }),
    ...(traceId === undefined ? {} : { traceId }),
    ...(retryAfter > 0 ? { retryAfterSeconds: retryAfter } : {}),
  });
}

/** A client of the whole API. Event streams and files come back as the open {@link Response}. */
export function createClient(options: ClientOptions): Client {
  const send = options.fetch ?? globalThis.fetch.bind(globalThis);
  const call = (operation: Operation, argument: AnyCall): Promise<unknown> => {
    const { idempotencyKey = uuidv7(), signal } = argument;
    const { method } = lineOf(operation);
    // What is read once cannot be sent twice.
    if (options.retries === undefined || argument.bytes instanceof ReadableStream) return once(operation, argument);
    const repeatable = method === 'GET' || method === 'HEAD' ? argument : { ...argument, idempotencyKey };
    return withRetries(options.retries, () => once(operation, repeatable), signal);
  };
  const once = async (operation: Operation, argument: AnyCall): Promise<unknown> => {
    const request = buildRequest(options.baseUrl, operation, argument);
    const proof = (await options.authorize?.(request.method, request.url)) ?? {};
    const response = await send(request.url, {
      method: request.method,
      headers: { ...request.headers, ...proof },
      ...(request.body === undefined ? {} : { body: request.body, duplex: 'half' as const }),
      ...(argument.signal === undefined ? {} : { signal: argument.signal }),
    } as RequestInit);
    if (!response.ok) return readProblem(response);
    const { answer } = lineOf(operation);
    return answer === 'json' ? response.json() : answer === 'none' ? undefined : response;
  };
  return new Proxy({} as Client, {
    // No other member: an object with a `then` would be taken for a promise where it is awaited.
    get: (_, name) =>
      typeof name === 'string' && Object.hasOwn(wire, name)
        ? (argument: AnyCall) => call(name as Operation, argument)
        : undefined,
  });
}
