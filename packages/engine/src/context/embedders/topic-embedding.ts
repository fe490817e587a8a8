/**
 * Gives topics the vectors of what they are called, in the background, a few at a time; again where a topic is called otherwise, or
 * another model answers. What waits is in the space, so that a kill loses one batch. Asks no model whose nearness nobody measured.
 */
import type { Clock } from '@vivim/contract/clock';
import { AppError } from '@vivim/contract/errors';
import type { BackgroundTask } from '../../background.ts';
import type { Embedder } from '../../models/embedder.ts';
import type { UserSpace } from '../../space/user-space.ts';
import { nearnessOf } from '../profiles/near-topics.ts';
import { int8, isVector } from '../retrieval/quantise.ts';
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

  /** @throws AppError as {@link Embedder.embed}; `models_unavailable` where it answers nonsense; nothing is stored then */
  async step(signal: AbortSignal): Promise<void> {
    const { embedder, space } = this.#deps;
    const { name, dimensions } = embedder;
    const waiting = space.read((r) => r.topicVectors.take(name, batch));
    try {
      const vectors = await embedder.embed(
        waiting.map(({ label }) => label),
        { signal },
      );
      const made = waiting.map((topic, i) => {
        const vector = vectors[i];
        if (vector === undefined || !isVector(vector, dimensions))
          throw new AppError('models_unavailable', 'The embedder answered with something that is no vector.');
        return { ...topic, vector: int8(vector) };
      });
      space.write((w) => w.topicVectors.put(name, made));
      this.#backOff.succeeded();
    } catch (error) {
      if (!signal.aborted) this.#backOff.failed(error);
      throw error;
    }
  }
}
