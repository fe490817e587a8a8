/**
 * The thread of an import that is about to come: begun while its file still arrives, because to begin takes longer than the import of
 * many a file. Holds one at most, and gives up one that nobody takes. Never decides which import is worth one.
 */
import { DraftThread } from './draft-ahead.ts';
import type { Contexts } from './draft-wire.ts';

/** A file that takes longer to arrive says again that it does. */
const keptMs = 60_000;

export class SpareThread {
  #thread: DraftThread | null = null;
  #ends: NodeJS.Timeout | undefined;

  /** Much is arriving: an import will want a thread. */
  expect(): void {
    if (this.#thread?.hasEnded === true) this.#thread = null;
    this.#thread ??= DraftThread.start();
    clearTimeout(this.#ends);
    this.#ends = setTimeout(() => void this.close(), keptMs);
    this.#ends.unref();
  }

  /** The one that is ready, else a new one. Null where the machine has no processor to spare. */
  take(contexts: Contexts): DraftThread | null {
    clearTimeout(this.#ends);
    const ready = this.#thread?.hasEnded === false ? this.#thread : DraftThread.start();
    this.#thread = null;
    return ready?.readWith(contexts) ?? null;
  }

  async close(): Promise<void> {
    clearTimeout(this.#ends);
    const thread = this.#thread;
    this.#thread = null;
    await thread?.close();
  }
}
