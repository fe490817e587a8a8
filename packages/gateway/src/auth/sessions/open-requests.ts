/**
 * What is open in the name of sessions: an event stream must not outlive the session that opened it.
 * Holds no credential, and knows only the requests of this process; hears of ends made elsewhere.
 */
import type { Clock } from '@vivim/contract/clock';
import { AppError } from '@vivim/contract/errors';
import type { News } from '../../master/news.ts';

/** Whose request it is, and until when it may stay open. A principal is one. */
export interface SessionSpan {
  readonly sessionId: string;
  readonly userId: string;
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
/** A request that was let in just before its session ended may be noted just after. Milliseconds. */
export const lookAgainMs = 500;

interface Entry {
  readonly sessionId: string;
  readonly userId: string;
  readonly controller: AbortController;
}

export class OpenRequests {
  readonly #clock: Clock;
  readonly #entries = new Set<Entry>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** @param outlives whether the end of the session's time lets it finish; an end by hand never does */
  add({ sessionId, userId, expiresAt }: SessionSpan, outlives = false): OpenRequest {
    const controller = new AbortController();
    const entry: Entry = { sessionId, userId, controller };
    this.#entries.add(entry);
    const leftMs = Math.min(longestTimerMs, expiresAt.getTime() - this.#clock());
    const timer = outlives ? undefined : setTimeout(() => controller.abort(new AppError('session_expired')), leftMs);
    timer?.unref();
    return {
      signal: controller.signal,
      close: () => {
        clearTimeout(timer);
        this.#entries.delete(entry);
      },
    };
  }

  /** Sessions something is open for: of one person, or of everybody. */
  sessions(userId?: string): string[] {
    const concerned = [...this.#entries].filter((entry) => userId === undefined || entry.userId === userId);
    return [...new Set(concerned.map(({ sessionId }) => sessionId))];
  }

  /** A session ended, here or elsewhere: so does everything open in its name. */
  hear(news: News): void {
    if (news.kind !== 'session-ended') return;
    const abort = () => this.#end((entry) => entry.sessionId === news.sessionId);
    abort();
    setTimeout(abort, lookAgainMs).unref();
  }

  /** Everything of a person, for when it cannot be told which of their sessions ended. */
  endPerson(userId: string, except: string | null): void {
    this.#end((entry) => entry.userId === userId && entry.sessionId !== except);
  }

  #end(concerns: (entry: Entry) => boolean): void {
    for (const entry of this.#entries) if (concerns(entry)) entry.controller.abort(new AppError('session_revoked'));
  }
}
