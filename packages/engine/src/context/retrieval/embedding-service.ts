/**
 * Gives messages their vectors, after the import and beside it: takes conversations off the outbox, asks the embedder
 * for a batch, stores it. Durable: a kill loses one batch. While the embedder is away it waits, longer each time, and at least as
 * long as the embedder says.
 */
import type { Clock } from '@vivim/contract/clock';
import type { BackgroundTask } from '../../background.ts';
import type { Embedder } from '../../models/embedder.ts';
import type { EmbeddingRow } from '../../space/stores/embeddings.ts';
import type { SpaceWriter } from '../../space/transactors.ts';
import type { UserSpace } from '../../space/user-space.ts';
import { BackOff } from '../services/back-off.ts';
import { piecedCharacters, piecesOf, questionWithin, vectorsBy } from './pieces.ts';
import { int8, signBits } from './quantise.ts';
import type { VectorIndex } from './vector-index.ts';
import { withVectors } from './with-vectors.ts';

export interface EmbeddingDeps {
  readonly space: UserSpace;
  readonly embedder: Embedder;
  /** Takes in what is stored; null where its vectors do not answer yet. */
  readonly vectors: VectorIndex | null;
  /** Where conversations wait for this embedder. */
  readonly queue?: 'embed' | 'reembed';
  /** In the transaction in which conversations are done. */
  readonly onDone?: (w: SpaceWriter, conversationPks: readonly number[]) => void;
  readonly clock: Clock;
  /** Called when it is time to try again. */
  readonly wake: () => void;
}

/** Conversations looked at together, and messages embedded in one step. */
const batch = { conversations: 8, messages: 24 };

export class EmbeddingService implements BackgroundTask {
  readonly name: 'embed' | 'reembed';
  readonly awaits = true;
  readonly #deps: EmbeddingDeps;
  readonly #backOff: BackOff;

  constructor(deps: EmbeddingDeps) {
    this.#deps = deps;
    this.name = deps.queue ?? 'embed';
    this.#backOff = new BackOff(deps);
  }

  /** Conversations that wait; none while the embedder is given time to come back. */
  pending(): number {
    if (this.#deps.embedder.absent === true || this.#backOff.isWaiting()) return 0;
    return this.#deps.space.read((r) => r.outbox.count(this.name));
  }

  /** @throws AppError as {@link withVectors}; nothing is stored then */
  async step(signal: AbortSignal): Promise<void> {
    const { space, embedder, vectors, onDone } = this.#deps;
    // Another may be chosen while this one works.
    const model = vectorsBy(embedder);
    const pks = space.read((r) =>
      r.outbox.take(this.name, batch.conversations).map(({ conversationPk }) => conversationPk),
    );
    const limits = { characters: piecedCharacters, before: questionWithin, limit: batch.messages };
    const messages = space.read((r) => r.embeddings.unembedded(model, pks, limits));
    if (messages.length === 0) {
      // Asked again inside the transaction: an import may have added messages since.
      space.write((w) => {
        if (w.embeddings.unembedded(model, pks, limits).length > 0) return;
        w.outbox.done(this.name, pks);
        onDone?.(w, pks);
      });
      return;
    }
    const pieces = withinLength(
      messages.map(({ messagePk, contentHash, text, before }) =>
        piecesOf(text, before).map((piece, index) => ({ messagePk, contentHash, piece: index, text: piece })),
      ),
      embedder.mostLength,
    );
    try {
      const made = await withVectors(embedder, pieces, ({ text }) => text, signal);
      const rows = made.map(
        ([{ messagePk, contentHash, piece }, vector]): EmbeddingRow => ({
          messagePk,
          contentHash,
          piece,
          sign: signBits(vector),
          vector: int8(vector),
        }),
      );
      space.write((w) => w.embeddings.put(model, rows));
      if (vectorsBy(embedder) === model) vectors?.add(rows);
      this.#backOff.succeeded();
    } catch (error) {
      if (!signal.aborted) this.#backOff.failed(error);
      throw error;
    }
  }
}

/** Whole messages from the front, as many as one request holds; the first in any case. */
function withinLength<T extends { readonly text: string }>(
  messages: readonly T[][],
  most = Number.POSITIVE_INFINITY,
): T[] {
  let length = 0;
  const some = messages.filter((pieces, index) => {
    length += pieces.reduce((sum, { text }) => sum + JSON.stringify(text).length + 1, 0);
    return index === 0 || length <= most;
  });
  return some.flat();
}
