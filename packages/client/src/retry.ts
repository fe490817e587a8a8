/**
 * Whether and when a request is sent again. Pure but for the waiting, which is handed in. Only what can be sent twice without
 * being done twice comes here: a read, or a write under an `Idempotency-Key`.
 */
import { AppError, type ErrorCode } from '@vivim/contract/errors';

export interface Retries {
  /** How often a request is sent again at most. */
  readonly times: number;
  /** Rejects when `signal` fires. */
  readonly wait: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** 0 up to 1, to spread clients that were refused together. */
  readonly random: () => number;
}

const passing: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'rate_limited',
  'engine_unavailable',
  'engine_timeout',
  'models_unavailable',
  'space_busy',
  'version_conflict',
]);
const longestMs = 30_000;

/** What `fetch` throws where there is no line is a TypeError; refusals that pass are named. */
export const mayPass = (error: unknown): boolean =>
  error instanceof AppError ? passing.has(error.code) : error instanceof TypeError;

/**
 * Milliseconds before the next try: what the server asked for, else doubling from 250 with full jitter.
 * @see https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export function pauseBefore(tries: number, error: unknown, random: () => number): number {
  const asked = error instanceof AppError ? error.retryAfterSeconds : undefined;
  if (asked !== undefined) return Math.min(longestMs, asked * 1000);
  return Math.round(Math.min(longestMs, 250 * 2 ** tries) * random());
}

/** @throws what the last try threw; the reason of `signal` */
export async function withRetries<T>(retries: Retries, send: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      return await send();
    } catch (error) {
      if (signal?.aborted || tries >= retries.times || !mayPass(error)) throw error;
      await retries.wait(pauseBefore(tries, error, retries.random), signal);
    }
  }
}
