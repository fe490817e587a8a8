/**
 * Hands a request to the engine of the person who made it, and the engine's answer back, streaming both ways.
 * Never lets a credential, a name or a hop-by-hop header reach an engine: only what is listed here passes.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ReadableStream } from 'node:stream/web';
import { headers as names } from '@vivim/contract/http';
import { uploadHeaders } from '@vivim/contract/tus';
import type { Caller, EngineRequest } from '../fleet/engine-request.ts';
import type { Fleet, SpaceRow } from '../fleet/engines.ts';

/** A principal is one. */
export interface Resident extends Caller {
  readonly routing: SpaceRow;
}

/** The connection under a request, as the Node server hands it out (`c.env`); absent in tests without a port. */
export interface Connection {
  readonly incoming?: IncomingMessage;
  readonly outgoing?: ServerResponse;
}

/** What of a client's request passes on to the engine. */
const passing: ReadonlySet<string> = new Set([
  'accept',
  'content-length',
  'content-type',
  'if-none-match',
  'if-range',
  'last-event-id',
  'range',
  names.idempotencyKey,
  ...uploadHeaders.asked,
]);
/** What the Model Context Protocol says beside its messages: its revision, the method, parameters written out. */
const protocolHeader = /^mcp-[a-z0-9-]{1,60}$/;

/**
 * @param traceId joins the log lines of gateway and engine for this request
 * @param ended ends the exchange, also in mid-answer
 * @param patient a file is made before the answer begins
 * @param own headers the gateway itself says to the engine
 * @throws AppError what {@link Fleet.fetch} throws
 */
export function proxyToEngine(
  fleet: Fleet,
  resident: Resident,
  request: Request,
  traceId: string,
  connection: Connection = {},
  ended?: AbortSignal,
  patient = false,
  own: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const url = new URL(request.url);
  const { body, signal, cut } = exchange(request, connection);
  return fleet.fetch(resident.routing, resident, {
    method: request.method,
    path: url.pathname + url.search,
    headers: { ...passingHeaders(request.headers), ...own, [names.traceId]: traceId },
    body,
    signal: ended === undefined || signal === null ? (ended ?? signal) : AbortSignal.any([signal, ended]),
    patient,
    ...(cut === undefined ? {} : { cut }),
  });
}

function passingHeaders(from: Headers): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of from) if (passing.has(name) || protocolHeader.test(name)) kept[name] = value;
  return kept;
}

/** Body and end of a request, taken from the connection itself where there is one: no copy through web streams of what is not read yet. */
function exchange(
  request: Request,
  { incoming, outgoing }: Connection,
): Pick<EngineRequest, 'body' | 'signal' | 'cut'> {
  // Asked for only where it is wanted: to look at it is to begin to read it.
  const read = () => request.body as ReadableStream<Uint8Array> | null;
  if (outgoing === undefined) return { body: read(), signal: request.signal };
  const left = new AbortController();
  outgoing.once('close', () => {
    if (!outgoing.writableFinished) left.abort();
  });
  const body = incoming === undefined ? read() : hasBody(incoming) ? incoming : null;
  return { body, signal: left.signal, cut: () => void outgoing.destroy() };
}

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';
