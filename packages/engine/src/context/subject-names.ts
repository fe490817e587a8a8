/** The names of a space's topics and entities, ready to be found in a text. Made when first asked for, and again when the space changed. */
import type { SpaceReader } from '../space/transactors.ts';
import type { UserSpace } from '../space/user-space.ts';
import { NameIndex } from './name-index.ts';

/** Names of each kind that are looked at. */
const mostNames = 2_000;

export interface NamesOf {
  readonly topics: NameIndex;
  readonly entities: NameIndex;
}

export class SubjectNames {
  readonly #space: UserSpace;
  #made: (NamesOf & { readonly version: number }) | null = null;

  constructor(space: UserSpace) {
    this.#space = space;
  }

  of(r: SpaceReader): NamesOf {
    const { version } = this.#space;
    if (this.#made?.version !== version) {
      const index = (kind: 'topic' | 'entity') => new NameIndex(r.bundles.material.subjects(kind, mostNames));
      this.#made = { version, topics: index('topic'), entities: index('entity') };
    }
    return this.#made;
  }
}
