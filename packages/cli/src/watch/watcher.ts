/**
 * Keeps a server up to date with watched places: looks at them when the system says that something changed, and from time to time
 * all the same. One file after the other. A file that fails is told of once and tried again when it changes or at the next look;
 * where the server takes nothing, the look ends and is begun again later.
 */
import { existsSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '@vivim/contract/clock';
import { type FoundFile, findFiles } from './find-files.ts';
import { Listening } from './listening.ts';
import type { WatchedPlace } from './places.ts';
import type { PlaceLook } from './tell-watcher.ts';
import { codeOf, reachOf } from './trouble.ts';
import type { WatchMemory } from './watch-memory.ts';

export interface Looked {
  /** Files that wait to become quiet, or rest. */
  readonly waiting: number;
  readonly failed: number;
  /** Why nothing more was sent; null where the look was whole. */
  readonly trouble: unknown;
  /** How each place was found; those a look that ended early did not come to are left out. */
  readonly places: readonly PlaceLook[];
}

export interface WatcherDeps {
  readonly places: readonly WatchedPlace[];
  readonly memory: WatchMemory;
  readonly clock: Clock;
  /** Brings one file in. @returns what is said of it, or null where nothing of it was new. @throws what kept it out */
  readonly send: (file: FoundFile) => Promise<string | null>;
  readonly say: (file: FoundFile, what: string) => void;
  /** One file, or a folder, cannot be brought in. Once, until it can. */
  readonly warn: (thing: Pick<FoundFile, 'place' | 'path'>, error: unknown) => void;
  /** A folder the person named is not there. Once, until it is. */
  readonly missing: (place: WatchedPlace) => void;
  readonly looked: (looked: Looked) => Promise<void>;
}

/** Milliseconds. */
const times = {
  /** A file written anew is sent when it has been quiet for so long. */
  quiet: 2_000,
  /** All places are looked at this often even if the system says nothing. */
  look: 60_000,
  /** What the system says is waited for this long, so that a burst of changes is one look. */
  gather: 500,
  /** A server that takes nothing is asked again after so long, twice as long each time, at most `look`. */
  again: 1_000,
};
/** A file is left alone for so many times as long as sending it took: a log that changes every second must not keep a core busy. */
const rest = 10;

export class Watcher {
  readonly #deps: WatcherDeps;
  /** Not before these times. */
  readonly #resting = new Map<string, number>();
  readonly #warned = new Set<string>();
  readonly #missing = new Set<string>();

  constructor(deps: WatcherDeps) {
    this.#deps = deps;
  }

  /** Looks once and sends what is new. */
  async once(signal: AbortSignal): Promise<Looked> {
    const looked = await this.#look(signal);
    await this.#deps.looked(looked);
    return looked;
  }

  /** Until it is told to stop. @throws what only a person can mend, such as a token that was revoked */
  async run(signal: AbortSignal): Promise<void> {
    let changed = Promise.withResolvers<void>();
    const listening = new Listening(
      this.#deps.places.map(({ folder }) => folder),
      () => changed.resolve(),
    );
    const stopped = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
    let again = times.again;
    try {
      while (!signal.aborted) {
        changed = Promise.withResolvers<void>();
        await listening.refresh();
        const { waiting, trouble } = await this.once(signal);
        if (trouble !== null && reachOf(trouble) === 'final') throw trouble;
        again = trouble === null ? times.again : Math.min(times.look, again * 2);
        const pause = trouble !== null ? again : waiting > 0 ? times.quiet : times.look;
        const heard = new AbortController();
        const over = wait(pause, undefined, { signal: heard.signal }).catch(() => {});
        // What changes while the server is away does not bring it back.
        await Promise.race([over, stopped, ...(trouble === null ? [changed.promise] : [])]);
        // A timer that is left would keep the process.
        heard.abort();
        if (!signal.aborted) await wait(times.gather, undefined, { signal }).catch(() => {});
      }
    } finally {
      listening.stop();
    }
  }

  async #look(signal: AbortSignal): Promise<Looked> {
    const { places, memory, clock, warn } = this.#deps;
    const looks: PlaceLook[] = [];
    let waiting = 0;
    let failed = 0;
    const over = (trouble: unknown): Looked => ({ waiting, failed, trouble, places: looks });
    for (const place of places) this.#seek(place);
    for (const place of places) {
      const closed = (folder: string, error: unknown): void =>
        this.#once(folder, () => warn({ place, path: folder }, error));
      const files = await findFiles(place, closed);
      const kept = { failed: 0, error: null as string | null };
      for (const file of files) {
        if (signal.aborted) return over(null);
        if (memory.isUnchanged(file.path, file)) continue;
        const now = clock();
        const isWritten = file.kind !== 'lines' && now - file.mtimeMs < times.quiet;
        if (isWritten || now < (this.#resting.get(file.path) ?? 0)) {
          waiting += 1;
          continue;
        }
        const error = await this.#send(file);
        if (error === null) continue;
        if (signal.aborted) return over(null);
        if (reachOf(error) !== 'file') return over(error);
        failed += 1;
        kept.failed += 1;
        kept.error = codeOf(error);
        this.#once(file.path, () => warn(file, error));
      }
      looks.push({ place, files: files.length, ...kept, missing: this.#missing.has(place.folder) });
    }
    return over(null);
  }

  /** Says that a folder is not there when that begins. What comes to be there later is found by the look itself. */
  #seek(place: WatchedPlace): void {
    const { folder, named } = place;
    if (existsSync(folder)) this.#missing.delete(folder);
    else if (named && !this.#missing.has(folder)) {
      this.#missing.add(folder);
      this.#deps.missing(place);
    }
  }

  #once(about: string, tell: () => void): void {
    if (!this.#warned.has(about)) tell();
    this.#warned.add(about);
  }

  /** @returns what kept it out, or null */
  async #send(file: FoundFile): Promise<unknown> {
    const { memory, clock, send, say } = this.#deps;
    const begun = clock();
    try {
      const said = await send(file);
      // As it was when it was found: what was written since changed its size.
      await memory.remember(file.path, file);
      this.#warned.delete(file.path);
      if (said !== null) say(file, said);
      return null;
    } catch (error) {
      return error;
    } finally {
      this.#resting.set(file.path, clock() + (clock() - begun) * rest);
    }
  }
}
