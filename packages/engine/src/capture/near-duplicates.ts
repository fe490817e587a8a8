/**
 * Links units that say nearly what an earlier one says: background work over the outbox, a few dozen units at a time. The cost is that
 * of the new units, whatever the size of the history: each is compared with what shares a band with it, and with few of those.
 */
import type { BackgroundTask } from '../background.ts';
import { PartTexts } from '../space/stores/part-texts.ts';
import type { SpaceReader } from '../space/transactors.ts';
import type { UserSpace } from '../space/user-space.ts';
import { alike, bandsOf, shinglesOf } from './shingles.ts';

/** Characters from which a unit is compared, and of one unit that are read. */
const least = 60;
const mostRead = 8_000;
/** Units of one step. */
const batch = 100;
/** Units of a band that are compared; boilerplate fills its band, and then the first say enough. */
const compared = 8;
/** Share of shingles from which two units say nearly the same. */
export const nearlySame = 0.8;

interface Banded {
  readonly pk: number;
  readonly keys: readonly number[];
  readonly shingles: ReadonlySet<number>;
}

export class NearDuplicateTask implements BackgroundTask {
  readonly name = 'near';
  readonly #space: UserSpace;
  /** How far the conversation under way is; a restart looks again, which changes nothing. */
  #at = { conversation: 0, after: 0 };
  /** Read in the step before, and good while the space is as that step left it. */
  #texts = { version: -1, kept: new PartTexts() };

  constructor(space: UserSpace) {
    this.#space = space;
  }

  pending(): number {
    return this.#space.read((r) => r.outbox.count('near'));
  }

  step(): Promise<void> {
    const [next] = this.#space.read((r) => r.outbox.take('near', 1));
    if (next === undefined) return Promise.resolve();
    const conversation = next.conversationPk;
    const after = this.#at.conversation === conversation ? this.#at.after : 0;
    if (this.#texts.version !== this.#space.version) this.#texts = { version: -1, kept: new PartTexts() };
    const { kept } = this.#texts;
    const units = this.#space.read((r) => r.nearUnits.unbanded(kept, conversation, least, after, batch));
    const banded = units.flatMap(({ pk, text }): Banded[] => {
      const shingles = shinglesOf(text.slice(0, mostRead));
      return shingles === null ? [] : [{ pk, shingles, keys: bandsOf(shingles) }];
    });
    this.#space.write((w) => {
      const there = w.nearUnits.existing(banded.map(({ pk }) => pk));
      for (const unit of banded) {
        if (!there.has(unit.pk)) continue;
        const first = earliestLike(w, kept, unit);
        if (first !== null) w.nearUnits.link(unit.pk, first.pk, first.alike);
        w.nearUnits.addBands(unit.pk, unit.keys);
      }
      if (units.length < batch) w.outbox.done('near', [conversation]);
    });
    this.#at = { conversation, after: units.length < batch ? 0 : (units.at(-1)?.pk ?? 0) };
    this.#texts =
      units.length < batch ? { version: -1, kept: new PartTexts() } : { version: this.#space.version, kept };
    return Promise.resolve();
  }
}

/** The earliest unit it is nearly the same as. */
function earliestLike(
  r: Pick<SpaceReader, 'nearUnits'>,
  kept: PartTexts,
  { pk, keys, shingles }: Banded,
): { pk: number; alike: number } | null {
  const candidates = new Set(keys.flatMap((key) => r.nearUnits.inBand(key, compared)));
  candidates.delete(pk);
  if (candidates.size === 0) return null;
  const near = r.nearUnits.texts(kept, [...candidates]).flatMap((other) => {
    const theirs = shinglesOf(other.text.slice(0, mostRead));
    const share = theirs === null ? 0 : alike(shingles, theirs);
    return share >= nearlySame ? [{ pk: other.pk, alike: share }] : [];
  });
  return near.sort((a, b) => a.pk - b.pk)[0] ?? null;
}
