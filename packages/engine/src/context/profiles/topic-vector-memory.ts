/** The vectors of a space's topics, read when a message first asks for them, and again when the space changed. Compares nothing. */
import type { TopicVector } from '../../space/stores/topic-vectors.ts';
import type { SpaceReader } from '../../space/transactors.ts';
import type { UserSpace } from '../../space/user-space.ts';
import { mostCompared } from './near-topics.ts';

export class TopicVectorMemory {
  readonly #space: UserSpace;
  #read: { readonly version: number; readonly model: string; readonly vectors: readonly TopicVector[] } | null = null;

  constructor(space: UserSpace) {
    this.#space = space;
  }

  /** What {@link mostCompared} of a message gives, of this model. */
  of(r: SpaceReader, model: string): readonly TopicVector[] {
    const { version } = this.#space;
    if (this.#read?.version !== version || this.#read.model !== model)
      this.#read = { version, model, vectors: r.topicVectors.madeBy(model, mostCompared.message) };
    return this.#read.vectors;
  }
}
