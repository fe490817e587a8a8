/**
 * Gives topics the vectors of what they are called, in the background, a few at a time; again where a topic is called otherwise, or
 * another model answers. What waits is in the space, so that a kill loses one batch. Asks no model whose nearness nobody measured.
 */
import type { Clock } from '@vivim/contract/clock';
import type { BackgroundTask } from '../../background.ts';
import type { Embedder } from '../../models/embedder.ts';
import type { UserSpace } from '../../space/user-space.ts';
import { nearnessOf } from '../profiles/near-topics.ts';
import { int8 } from '../retrieval/quantise.ts';
import { withVectors } from '../retrieval/with-vectors.ts';
import { BackOff } from '../services/back-off.ts';

export interface TopicEmbeddingDeps {
  readonly space: UserSpace;
  /** The one that answers. */
  readonly embedder: Embedder;
  readonly clock: Clock;
  readonly wake: () => void;
}

/** Labels in one request. */
const batch = 64;

export class TopicEmbedding implements BackgroundTask {
  readonly name = 'topic-vectors';
  readonly awaits = true;
  readonly #deps: TopicEmbeddingDeps;
  readonly #backOff: BackOff;

  constructor(deps: TopicEmbeddingDeps) {
    this.#deps = deps;
    this.#backOff = new BackOff(deps);
  }

  pending(): number {
    const { embedder, space } = this.#deps;
    if (embedder.absent === true || nearnessOf(embedder.name) === null || this.#backOff.isWaiting()) return 0;
    return space.read((r) => r.topicVectors.waiting(embedder.name));
  }

  /** @throws AppError as {@link withVectors}; nothing is stored then */
  async step(signal: AbortSignal): Promise<void> {
    const { embedder, space } = this.#deps;
    const { name } = embedder;
    const waiting = space.read((r) => r.topicVectors.take(name, batch));
    try {
      const made = await withVectors(embedder, waiting, ({ label }) => label, signal);
      space.write((w) =>
        w.topicVectors.put(
          name,
          made.map(([topic, vector]) => ({ ...topic, vector: int8(vector) })),
        ),
      );
      this.#backOff.succeeded();
    } catch (error) {
      if (!signal.aborted) this.#backOff.failed(error);
      throw error;
    }
  }
}
