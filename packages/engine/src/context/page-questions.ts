/** One question of a page at a time: a newer one ends the older. Knows nothing of what is asked. */
import { AppError } from '@vivim/contract/errors';

export interface OpenQuestion {
  /** Aborts when its client is gone, with the client's reason, or with `context_superseded` when its page asks something newer. */
  readonly signal: AbortSignal;
  close(): void;
}

export class PageQuestions {
  /** Those that are not answered yet, by session and page. */
  readonly #open = new Map<string, AbortController>();

  /** @param page undefined for a client that asks without a name: its questions do not end each other */
  begin(sessionId: string, page: string | undefined, gone: AbortSignal): OpenQuestion {
    if (page === undefined) return { signal: gone, close: () => {} };
    const key = `${sessionId} ${page}`;
    this.#open.get(key)?.abort(new AppError('context_superseded'));
    const newer = new AbortController();
    this.#open.set(key, newer);
    return {
      signal: AbortSignal.any([gone, newer.signal]),
      close: () => {
        if (this.#open.get(key) === newer) this.#open.delete(key);
      },
    };
  }
}
