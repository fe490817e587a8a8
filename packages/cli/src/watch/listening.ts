/**
 * Hears from the system that something changed in watched folders. Of a folder that is not there, the nearest one above it tells
 * when it comes; one that went away, or was put in the place of another, is listened to from the next call on. Where the system
 * cannot say, nothing is heard.
 */
import { stat, watch } from 'node:fs/promises';
import path from 'node:path';

/** What the system is asked about. */
interface Place {
  readonly folder: string;
  readonly inode: number;
  /** Of a folder above: the one name in it that matters. */
  readonly only: string | null;
}
interface Ear extends Place {
  readonly stop: AbortController;
  over: boolean;
}

export class Listening {
  readonly #folders: readonly string[];
  readonly #hear: () => void;
  readonly #ears = new Map<string, Ear>();

  constructor(folders: readonly string[], hear: () => void) {
    this.#folders = folders;
    this.#hear = hear;
  }

  /** Listens as things are by now. To be called before each look, so that nothing falls between the two. */
  async refresh(): Promise<void> {
    for (const folder of this.#folders) {
      const place = await nearest(folder);
      const ear = this.#ears.get(folder);
      if (ear !== undefined && !ear.over && ear.folder === place?.folder && ear.inode === place.inode) continue;
      ear?.stop.abort();
      this.#ears.delete(folder);
      if (place === null) continue;
      const fresh: Ear = { ...place, stop: new AbortController(), over: false };
      this.#ears.set(folder, fresh);
      void this.#listen(fresh);
    }
  }

  stop(): void {
    for (const { stop } of this.#ears.values()) stop.abort();
    this.#ears.clear();
  }

  async #listen(ear: Ear): Promise<void> {
    const { folder, only, stop } = ear;
    try {
      for await (const { filename } of watch(folder, { recursive: only === null, signal: stop.signal }))
        if (only === null || filename === only) this.#hear();
    } catch {
      // It went away, or there are more folders than the system watches: looks from time to time are what is left.
    } finally {
      ear.over = true;
    }
  }
}

async function nearest(folder: string): Promise<Place | null> {
  let only: string | null = null;
  for (let at = folder; ; at = path.dirname(at)) {
    const inode = await stat(at).then(
      ({ ino }) => ino,
      () => null,
    );
    if (inode !== null) return { folder: at, inode, only };
    if (path.dirname(at) === at) return null;
    only = path.basename(at);
  }
}
