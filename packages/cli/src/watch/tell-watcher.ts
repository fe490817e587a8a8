/**
 * Tells the server how the watcher's folders stand, so that its person sees it wherever they look. Seldom where nothing changed: being
 * told keeps the engine of the space awake. What keeps it from telling keeps nothing else from coming in.
 */
import { hostname } from 'node:os';
import path from 'node:path';
import type { Client } from '@vivim/client/client';
import type { Clock } from '@vivim/contract/clock';
import { type TellWatcher, type ToldPlace, tellWatcherEvery } from '@vivim/contract/watchers';
import type { WatchedPlace } from './places.ts';

export interface PlaceLook {
  readonly place: WatchedPlace;
  readonly files: number;
  readonly failed: number;
  /** Code of what kept the last of them out. */
  readonly error: string | null;
  readonly missing: boolean;
}

export interface Telling {
  readonly client: Pick<Client, 'tellWatcher'>;
  readonly machine: string;
  readonly home: string;
  readonly clock: Clock;
}

export class WatcherTeller {
  readonly #telling: Telling;
  readonly #came = new Map<WatchedPlace, { at: string; times: number }>();
  #looks: readonly PlaceLook[] = [];
  #told: { readonly what: string; readonly ms: number } | null = null;

  constructor(telling: Telling) {
    this.#telling = telling;
  }

  came(place: WatchedPlace): void {
    const times = (this.#came.get(place)?.times ?? 0) + 1;
    this.#came.set(place, { at: new Date(this.#telling.clock()).toISOString(), times });
  }

  async looked(looks: readonly PlaceLook[]): Promise<void> {
    this.#looks = looks;
    await this.#tell(false);
  }

  /** Said once, when it ends by itself; one that is killed falls silent. */
  async ended(): Promise<void> {
    await this.#tell(true);
  }

  async #tell(ended: boolean): Promise<void> {
    const { client, machine, clock } = this.#telling;
    const places = this.#looks.map((look) => this.#place(look)).filter(({ files, missing }) => files > 0 || missing);
    // How often something came in changes all the time, and is told with what else changes.
    const what = JSON.stringify([ended, places.map(({ came, ...place }) => ({ ...place, came: came !== null }))]);
    if (this.#told?.what === what && clock() - this.#told.ms < tellWatcherEvery) return;
    const body: TellWatcher = { device: hostname().slice(0, 100) || 'unnamed', ended, places };
    try {
      await client.tellWatcher({ params: { machine }, body });
      this.#told = { what, ms: clock() };
    } catch {
      // A server that is away, full or older than this: what matters comes in or is told of where it is sent.
    }
  }

  #place({ place, files, failed, error, missing }: PlaceLook): ToldPlace {
    const folder = shortened(place.folder, this.#telling.home);
    return { source: place.source, folder, files, failed, error, missing, came: this.#came.get(place) ?? null };
  }
}

/** A path without the home it lies in, and its end where it is long. */
export function shortened(folder: string, home: string): string {
  const within = path.relative(home, folder);
  const short = within === '' || within.startsWith('..') || path.isAbsolute(within) ? folder : path.join('~', within);
  return (short.length > 400 ? `…${short.slice(-399)}` : short).toWellFormed();
}
