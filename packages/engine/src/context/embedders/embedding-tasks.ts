/** The background work that vectors need: for the embedder that answers, for the one that was chosen, and of those that did. */
import type { Clock } from '@vivim/contract/clock';
import type { BackgroundTask } from '../../background.ts';
import type { UserSpace } from '../../space/user-space.ts';
import { EmbeddingService } from '../retrieval/embedding-service.ts';
import type { VectorIndex } from '../retrieval/vector-index.ts';
import type { Embedders } from './embedders.ts';

export interface EmbeddingTasksDeps {
  readonly space: UserSpace;
  readonly embedders: Embedders;
  readonly vectors: VectorIndex;
  readonly clock: Clock;
  readonly wake: () => void;
}

/** Most urgent first. */
export function embeddingTasks({ space, embedders, vectors, clock, wake }: EmbeddingTasksDeps): BackgroundTask[] {
  const answering = new EmbeddingService({
    space,
    embedder: embedders.answering,
    vectors,
    clock,
    wake,
    onDone: (w, pks) => embedders.onEmbedded(w, pks),
  });
  const chosen = new EmbeddingService({
    space,
    embedder: embedders.chosen,
    vectors: null,
    queue: 'reembed',
    clock,
    wake,
    onDone: (w) => embedders.onReembedded(w),
  });
  const following: BackgroundTask = {
    name: chosen.name,
    pending: () => chosen.pending(),
    async step(signal) {
      await chosen.step(signal);
      embedders.settle();
    },
  };
  return [answering, following, embedders.retiring()];
}
