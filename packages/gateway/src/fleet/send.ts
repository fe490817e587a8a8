/**
 * One request through an engine's socket: streamed out, streamed back, ended when the client goes or time is up.
 * Never reads a body beyond small answers of known length, and never retries: an engine may have acted already.
 */
import { Readable } from 'node:stream';
import { AppError } from '@vivim/contract/errors';
import { uploadHeaders } from '@vivim/contract/tus';
import type { Dispatcher } from 'undici';
import { answerStream } from './answer-stream.ts';
import type { EngineRequest } from './engine-request.ts';
import { type Shielded, shield } from './shield.ts';

export interface SendOptions {
  /** From the last byte of the request to the first of the answer, milliseconds in which the engine had its turn. */
  readonly answerWithinMs: number;
  /** How long the engine has waited for its turn so far; asked when time is up. Milliseconds. */
  readonly waitedMs: () => number;
  /** So many bytes of the request went to the engine. */
  readonly onBytes: (bytes: number) => void;
  /** Called once when that time has passed. The engine is then killed, which ends the request. */
  readonly onOverdue: () => void;
  /** Called once when nothing of the exchange is left, whichever way it ended. */
  readonly onDone: () => void;
}

/** Answers up to this size are handed on whole: the server writes them at once. Larger ones and unknown ones stream. */
const wholeUpTo = 256 * 1024;

/** What of an engine's answer passes on to the client. */
const answerHeaders: ReadonlySet<string> = new Set([
  ...uploadHeaders.answered,
  'cache-control',
  'accept-ranges',
  'content-disposition',
  'content-length',
  'content-range',
  'content-type',
  'etag',
  'idempotency-replayed',
  'location',
  'retry-after',
  'vivim-space-version',
]);

/** @throws AppError `request_invalid` when the client went away; any other error means the engine failed */
export async function sendToEngine(
  engine: Dispatcher,
  request: EngineRequest,
  options: SendOptions,
): Promise<Response> {
  const upload = shieldedBody(request, options.onBytes);
  const clock = startOverdueClock(upload?.body ?? null, options);
  try {
    const answer = await engine.request({
      method: request.method as Dispatcher.HttpMethod,
      path: request.path,
      headers: request.headers,
      body: upload?.body ?? null,
      signal: request.signal,
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    clock.stop();
    const passed = Object.entries(answer.headers).filter(
      ([name, value]) => answerHeaders.has(name) && value !== undefined,
    );
    const init = {
      status: answer.statusCode,
      headers: Object.fromEntries(passed.map(([name, value]) => [name, String(value)])),
    };
    const length = Number(answer.headers['content-length'] ?? Number.NaN);
    if (length <= wholeUpTo || bodyless(answer.statusCode)) {
      const bytes = await answer.body.bytes();
      options.onDone();
      return new Response(bodyless(answer.statusCode) ? null : bytes, init);
    }
    answer.body.once('close', options.onDone);
    return new Response(answerStream(answer.body, request.cut), init);
  } catch (error) {
    clock.stop();
    options.onDone();
    if (request.signal?.aborted || upload?.clientLeft())
      throw new AppError('request_invalid', 'The connection closed early.');
    throw error;
  }
}

function shieldedBody({ body }: EngineRequest, onBytes: SendOptions['onBytes']): Shielded | null {
  if (body === null) return null;
  return shield(body instanceof Readable ? body : Readable.fromWeb(body), onBytes);
}

/** An upload may take as long as it flows; the time an engine may think begins when it has everything. */
function startOverdueClock(
  body: Readable | null,
  { answerWithinMs, waitedMs, onOverdue }: SendOptions,
): { stop(): void } {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const wait = (ms: number, waitedBefore: number, left: number) => {
    timer = setTimeout(() => {
      const waited = waitedMs();
      // What it waited for its turn meanwhile it has yet to be given.
      const more = Math.min(left, waited - waitedBefore);
      if (more < shortestMs) onOverdue();
      else wait(more, waited, left - more);
    }, ms);
  };
  const start = () => {
    if (!stopped) wait(answerWithinMs, waitedMs(), answerWithinMs * patience);
  };
  if (body === null || body.readableEnded) start();
  else body.once('end', start);
  return {
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

/** An engine that sleeps waits less than this for its turn to do so. Milliseconds. */
const shortestMs = 50;
/** However busy the machine is, no answer is waited for longer than so many times more. */
const patience = 9;

const bodyless = (status: number): boolean => status === 204 || status === 304;
