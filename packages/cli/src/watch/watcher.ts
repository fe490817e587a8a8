/**
 * Keeps a server up to date with watched places: looks at them when the system says that something changed, and from time to time
 * all the same. One file after the other; a file that fails is told of once and tried again when it changes or at the next look.
 */
import { watch } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '@vivim/contract/clock';
import { type FoundFile, findFiles } from './find-files.ts';
import type { WatchedPlace } from './places.ts';
import type { WatchMemory } from './watch-memory.ts';

export interface WatcherDeps {
  readonly places: readonly WatchedPlace[];
  readonly memory: WatchMemory;
  readonly clock: Clock;
  /** Brings one file in. @returns what is said of it, or null where nothing of it was new. @throws what kept it out */
  readonly send: (file: FoundFile) => Promise<string | null>;
  readonly say: (file: FoundFile, what: string) => void;
  readonly warn: (file: FoundFile, error: unknown) => void;
}

/** Milliseconds. */
const times = {
  /** A file written anew is sent when it has been quiet for so long. */
  quiet: 2_000,
  /** All places are looked at this often even if the system says nothing. */
  look: 60_000,
  /** What the system says is waited for this long, so that a burst of changes is one look. */
  gather: 500,
};
/** A file is left alone for so many times as long as sending it took: a log that changes every second must not keep a core busy. */
const rest = 10;

export class Watcher {
  readonly #deps: WatcherDeps;
  /** Not before these times. */
  readonly #resting = new Map<string, number>();
  readonly #warned = new Set<string>();

  constructor(deps: WatcherDeps) {
    this.#deps = deps;
  }

  /** Looks once and sends what is new. @returns how many files wait to become quiet, or rest; how many failed */
  async once(signal: AbortSignal): Promise<{ waiting: number; failed: number }> {
    const { places, memory, clock } = this.#deps;
    let waiting = 0;
    let failed = 0;
    for (const place of places) {
      for (const file of await findFiles(place)) {
        if (signal.aborted) return { waiting, failed };
        if (memory.isUnchanged(file.path, file)) continue;
        const now = clock();
        const isWritten = place.kind !== 'lines' && now - file.mtimeMs < times.quiet;
        if (isWritten || now < (this.#resting.get(file.path) ?? 0)) waiting += 1;
        else if (!(await this.#send(file))) failed += 1;
      }
    }
    return { waiting, failed };
  }

  /** Until it is told to stop. */
  async run(signal: AbortSignal): Promise<void> {
    let changed = Promise.withResolvers<void>();
    const hear = (): void => changed.resolve();
    const listening = Promise.all(this.#deps.places.map((place) => listen(place.folder, hear, signal)));
    const stopped = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
    while (!signal.aborted) {
      changed = Promise.withResolvers<void>();
      const { waiting } = await this.once(signal);
      const pause = wait(waiting > 0 ? times.quiet : times.look, undefined, { ref: true, signal }).catch(() => {});
      await Promise.race([pause, changed.promise, stopped]);
      if (!signal.aborted) await wait(times.gather, undefined, { signal }).catch(() => {});
    }
    await listening;
  }

  async #send(file: FoundFile): Promise<boolean> {
    const { memory, clock, send, say, warn } = this.#deps;
    const begun = clock();
    try {
      const said = await send(file);
      // As it was when it was found: what was written since changed its size.
      await memory.remember(file.path, file);
      this.#warned.delete(file.path);
      if (said !== null) say(file, said);
      return true;
    } catch (error) {
      if (!this.#warned.has(file.path)) warn(file, error);
      this.#warned.add(file.path);
      return false;
    } finally {
      this.#resting.set(file.path, clock() + (clock() - begun) * rest);
    }
  }
}

/** A folder that is not there, or a system that cannot say: then the looks from time to time are all there is. */
async function listen(folder: string, hear: () => void, signal: AbortSignal): Promise<void> {
  try {
    for await (const _ of watch(folder, { recursive: true, signal })) hear();
  } catch {
    return;
  }
}
