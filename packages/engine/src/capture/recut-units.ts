/**
 * Cuts into units anew what older rules cut: background work, one conversation at a time. What says the same keeps its row and is found
 * under the id it had; notes, claims and citations go on. Reads no record: the text stays as it is.
 */
import type { Clock } from '@vivim/contract/clock';
import type { BackgroundTask } from '../background.ts';
import type { SpaceReader, SpaceWriter } from '../space/transactors.ts';
import type { UserSpace } from '../space/user-space.ts';
import { writtenUnits } from './conversation-units.ts';
import { unitsVersion } from './segment.ts';

export class RecutTask implements BackgroundTask {
  readonly name = 'recut';
  readonly #space: UserSpace;
  readonly #clock: Clock;

  constructor(space: UserSpace, clock: Clock) {
    this.#space = space;
    this.#clock = clock;
  }

  pending(): number {
    return this.#space.read((r) => r.acus.behind(unitsVersion));
  }

  step(): Promise<void> {
    const { made, version } = this.#space.read((r) => ({ made: cutAnew(r), version: this.#space.version }));
    this.#space.write((w) => {
      // What was cut may have been erased or written anew meanwhile: it is cut again.
      if (made !== null && this.#space.version === version) put(w, made, this.#clock());
    });
    return Promise.resolve();
  }
}

interface Cut {
  readonly pk: number;
  readonly id: string;
  readonly units: Parameters<SpaceWriter['acus']['recut']>[1];
}

function cutAnew(r: SpaceReader): Cut | null {
  const pk = r.acus.nextBehind(unitsVersion);
  const written = pk === null ? null : r.lineage.written(pk);
  if (pk === null || written === null) return null;
  return { pk, id: written.id, units: writtenUnits(written, new Set(r.lineage.replayedIn(pk))) };
}

function put(w: SpaceWriter, { pk, id, units }: Cut, nowMs: number): void {
  w.acus.recut(pk, units);
  w.acus.cutBy(pk, unitsVersion);
  w.outbox.put('rollup', [pk], nowMs);
  w.outbox.put('near', [pk], nowMs);
  w.bundles.markDirty('conversation', [id]);
}
