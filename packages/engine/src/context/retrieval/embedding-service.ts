/**
 * Gives messages their vectors, after the import and beside it: takes conversations off the outbox, asks the embedder
 * for a batch, stores it. Durable: a kill loses one batch. While the embedder is away it waits, longer each time.
 */
import type { Clock } from '@vivim/contract/clock';
import { AppError } from '@vivim/contract/errors';
import type { BackgroundTask } from '../../background.ts';
import type { Embedder } from '../../models/embedder.ts';
import type { EmbeddingRow } from '../../space/stores/embeddings.ts';
import type { UserSpace } from '../../space/user-space.ts';
import { piecedCharacters, piecesOf, questionWithin, vectorsBy } from './pieces.ts';
import { int8, isVector, signBits } from './quantise.ts';
import type { VectorIndex } from './vector-index.ts';

export interface EmbeddingDeps {
  readonly space: UserSpace;
  readonly embedder: Embedder;
  readonly vectors: VectorIndex;
  readonly clock: Clock;
  /** Called when it is time to try again. */
  readonly wake: () => void;
}

/** Conversations looked at together, and messages embedded in one step. */
const batch = { conversations: 8, messages: 24 };
const retry = { firstMs: 1_000, mostMs: 60_000 };

export class EmbeddingService implements BackgroundTask {
  readonly name = 'embed';
  readonly #deps: EmbeddingDeps;
  #failures = 0;
  #notBefore = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(deps: EmbeddingDeps) {
    this.#deps = deps;
  }

  /** Conversations that wait; none while the embedder is given time to come back. */
  pending(): number {
    if (this.#deps.clock() < this.#notBefore) return 0;
    return this.#deps.space.read((r) => r.outbox.count('embed'));
  }

  /** @throws AppError `models_unavailable` when the embedder is away or answers nonsense; nothing is stored then */
  async step(signal: AbortSignal): Promise<void> {
    const { space, embedder, vectors } = this.#deps;
    const pks = space.read((r) =>
      r.outbox.take('embed', batch.conversations).map(({ conversationPk }) => conversationPk),
    );
    const limits = { characters: piecedCharacters, before: questionWithin, limit: batch.messages };
    const messages = space.read((r) => r.embeddings.unembedded(vectorsBy(embedder), pks, limits));
    if (messages.length === 0) {
      // Asked again inside the transaction: an import may have added messages since.
      space.write((w) => {
        if (w.embeddings.unembedded(vectorsBy(embedder), pks, limits).length === 0) w.outbox.done('embed', pks);
      });
      return;
    }
    const pieces = messages.flatMap(({ messagePk, contentHash, text, before }) =>
      piecesOf(text, before).map((piece, index) => ({ messagePk, contentHash, piece: index, text: piece })),
    );
    try {
      const made = await embedder.embed(
        pieces.map(({ text }) => text),
        { signal },
      );
      const rows = pieces.map(({ messagePk, contentHash, piece }, i): EmbeddingRow => {
        const vector = made[i];
        if (vector === undefined || !isVector(vector, embedder.dimensions)) {
          throw new AppError('models_unavailable', 'The embedder answered with something that is no vector.');
        }
        return { messagePk, contentHash, piece, sign: signBits(vector), vector: int8(vector) };
      });
      space.write((w) => w.embeddings.put(vectorsBy(embedder), rows));
      vectors.add(rows);
      this.#failures = 0;
    } catch (error) {
      if (!signal.aborted) this.#backOff();
      throw error;
    }
  }

  #backOff(): void {
    const waitMs = Math.min(retry.mostMs, retry.firstMs * 2 ** this.#failures);
    this.#failures++;
    this.#notBefore = this.#deps.clock() + waitMs;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#deps.wake, waitMs);
    this.#timer.unref();
  }
}
