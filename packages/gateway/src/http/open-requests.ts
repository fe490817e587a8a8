/**
 * What is on its way to engines, by session: an event stream must not outlive the session that opened it.
 * Holds no credential, and knows only the requests of this process.
 */
import type { Clock } from '@vivim/contract/clock';
import { AppError } from '@vivim/contract/errors';

/** Whose request it is, and until when it may stay open. A principal is one. */
export interface SessionSpan {
  readonly sessionId: string;
  readonly expiresAt: Date;
}

export interface OpenRequest {
  /** Aborted with an AppError `session_revoked` or `session_expired` when the session ends. */
  readonly signal: AbortSignal;
  /** The request is over, whichever way. */
  close(): void;
}

/** What a timer can wait at most; longer spans would end at once. */
const longestTimerMs = 2 ** 31 - 1;
/** A request that was let in just before its session ended may be noted just after. */
const lookAgainMs = 500;

export class OpenRequests {
  readonly #clock: Clock;
  readonly #bySession = new Map<string, Set<AbortController>>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** @param outlives whether the end of the session's time lets it finish; an end by hand never does */
  add({ sessionId, expiresAt }: SessionSpan, outlives = false): OpenRequest {
    const controller = new AbortController();
    const here = this.#bySession.get(sessionId) ?? new Set();
    this.#bySession.set(sessionId, here.add(controller));
    const leftMs = Math.min(longestTimerMs, expiresAt.getTime() - this.#clock());
    const timer = outlives ? undefined : setTimeout(() => controller.abort(new AppError('session_expired')), leftMs);
    timer?.unref();
    return {
      signal: controller.signal,
      close: () => {
        clearTimeout(timer);
        here.delete(controller);
        if (here.size === 0 && this.#bySession.get(sessionId) === here) this.#bySession.delete(sessionId);
      },
    };
  }

  /** The session was ended: so is everything open in its name. */
  end(sessionId: string): void {
    this.#abort(sessionId);
    setTimeout(() => this.#abort(sessionId), lookAgainMs).unref();
  }

  #abort(sessionId: string): void {
    for (const controller of this.#bySession.get(sessionId) ?? []) controller.abort(new AppError('session_revoked'));
  }
}
