/**
 * Makes the file of a space shorter after much went out of it: pages from its end are put where nothing stands, a few hundred at a
 * time, when there is nothing else to do. Moves pages and never looks into one; what is erased was written over when it went.
 */
import type { BackgroundTask } from '../background.ts';
import type { UserSpace } from '../space/user-space.ts';

/** Of one step: a megabyte, some milliseconds. */
const piecePages = 256;
/** From so many free pages it is worth it (4 MB), and from so large a part of the file: what comes in next would fill less again. */
const worth = { pages: 1_024, ofAll: 0.1 };

export interface ShrinkingDeps {
  readonly space: Pick<UserSpace, 'free' | 'shrink' | 'checkpoint' | 'hides'>;
  /** Free pages from which it begins, in place of the usual. */
  readonly from?: number;
}

export class ShrinkingTask implements BackgroundTask {
  readonly name = 'shrinking';
  readonly #deps: ShrinkingDeps;
  /** Once begun it goes on to the end. */
  #begun = false;

  constructor(deps: ShrinkingDeps) {
    this.#deps = deps;
  }

  pending(): number {
    const { space, from = worth.pages } = this.#deps;
    const free = space.free;
    // An erasure under way sets more free, and its end writes the index of words anew.
    if (free === null || space.hides) return 0;
    if (!this.#begun && (free.pages < from || free.pages < free.of * worth.ofAll)) return 0;
    return Math.ceil(free.pages / piecePages);
  }

  step(): Promise<void> {
    const { space } = this.#deps;
    const before = space.free?.pages ?? 0;
    space.shrink(piecePages);
    const after = space.free?.pages ?? 0;
    // The file itself gets shorter when the log is folded in.
    if (after === 0) space.checkpoint();
    this.#begun = after > 0 && after < before;
    return Promise.resolve();
  }
}
