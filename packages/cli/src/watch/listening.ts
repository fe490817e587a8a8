/**
 * Hears from the system that something changed in watched folders. The nearest folder above one tells when it comes, goes, or
 * another is put in its place; what is new is listened to from the next call on. Where the system cannot say, nothing is heard.
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
      this.#listenTo(`in ${folder}`, await placeAt(folder, null));
      this.#listenTo(`above ${folder}`, await nearestAbove(folder));
    }
  }

  #listenTo(key: string, place: Place | null): void {
    const ear = this.#ears.get(key);
    if (ear !== undefined && !ear.over && ear.folder === place?.folder && ear.inode === place.inode) return;
    ear?.stop.abort();
    this.#ears.delete(key);
    if (place === null) return;
    const fresh: Ear = { ...place, stop: new AbortController(), over: false };
    this.#ears.set(key, fresh);
    void this.#listen(fresh);
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

const placeAt = (folder: string, only: string | null): Promise<Place | null> =>
  stat(folder).then(
    ({ ino: inode }) => ({ folder, inode, only }),
    () => null,
  );

async function nearestAbove(folder: string): Promise<Place | null> {
  for (let at = folder; path.dirname(at) !== at; at = path.dirname(at)) {
    const place = await placeAt(path.dirname(at), path.basename(at));
    if (place !== null) return place;
  }
  return null;
}
