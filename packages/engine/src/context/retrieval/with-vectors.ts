/** Vectors as an embedder made them, and nothing that only looks like one. */
import { AppError } from '@vivim/contract/errors';
import type { Embedder } from '../../models/embedder.ts';
import { isVector } from './quantise.ts';

/**
 * Each thing with the vector of its text, in their order.
 * @throws AppError as {@link Embedder.embed}; `models_unavailable` where it answers nonsense
 */
export async function withVectors<Thing>(
  embedder: Embedder,
  things: readonly Thing[],
  textOf: (thing: Thing) => string,
  signal: AbortSignal,
): Promise<(readonly [Thing, Float32Array])[]> {
  // Another may answer by its name while it is asked: what it makes is of the one it was.
  const { dimensions } = embedder;
  const made = await embedder.embed(things.map(textOf), { signal });
  return things.map((thing, i) => {
    const vector = made[i];
    if (vector === undefined || !isVector(vector, dimensions))
      throw new AppError('models_unavailable', 'The embedder answered with something that is no vector.');
    return [thing, vector];
  });
}
