/** The names of a space's topics and entities, ready to be found in a text. Made when first asked for, and again when they changed. */
import type { SubjectKind } from '../space/stores/bundle-material.ts';
import type { SpaceReader } from '../space/transactors.ts';
import type { UserSpace } from '../space/user-space.ts';
import { NameIndex } from './name-index.ts';

/** Names of each kind that are looked at. */
const mostNames = 2_000;

export interface NamesOf {
  readonly topics: NameIndex;
  readonly entities: NameIndex;
}

interface Made {
  readonly text: string;
  readonly index: NameIndex;
}

export class SubjectNames {
  readonly #space: UserSpace;
  #version = -1;
  #topics: Made | null = null;
  #entities: Made | null = null;

  constructor(space: UserSpace) {
    this.#space = space;
  }

  of(r: SpaceReader): NamesOf {
    const { version } = this.#space;
    // A conversation that goes on writes all the time, and seldom has another topic by it.
    if (this.#version !== version || this.#topics === null || this.#entities === null) {
      this.#topics = madeAgain(r, 'topic', this.#topics);
      this.#entities = madeAgain(r, 'entity', this.#entities);
      this.#version = version;
    }
    return { topics: this.#topics.index, entities: this.#entities.index };
  }
}

function madeAgain(r: SpaceReader, kind: SubjectKind, before: Made | null): Made {
  const text = r.bundles.material.subjectsAsText(kind, mostNames);
  return before?.text === text ? before : { text, index: indexOf(r, kind) };
}

const indexOf = (r: SpaceReader, kind: SubjectKind): NameIndex =>
  new NameIndex(r.bundles.material.subjects(kind, mostNames));

/** The names of what a read sees. */
export const namesIn = (r: SpaceReader): NamesOf => ({ topics: indexOf(r, 'topic'), entities: indexOf(r, 'entity') });
