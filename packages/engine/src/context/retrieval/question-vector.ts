/**
 * The vector of a question, when there is one in time. A person never waits for a model: after a short patience words
 * answer alone, and an embedder that let one down is left in peace for a while. Never throws.
 */
import type { Clock } from '@vivim/contract/clock';
import type { Embedder } from '../../models/embedder.ts';
import { isVector } from './quantise.ts';
import { tuning } from './tuning.ts';
import type { VectorIndex } from './vector-index.ts';

/** Vectors of recent questions: the next page of a search asks the same again. */
const remembered = 32;
/** After so many questions in a row without an answer in time, the embedder is not asked for a while. */
const mostMisses = 3;
const restMs = 5_000;
/** UTF-16 units of a question that are embedded: its model reads no more. */
const readLength = 1_000;

export class QuestionVector {
  readonly #embedder: Embedder;
  readonly #vectors: VectorIndex;
  readonly #clock: Clock;
  readonly #recent = new Map<string, Float32Array>();
  /** Which model made a vector that was handed out. */
  readonly #madeBy = new WeakMap<Float32Array, string>();
  #misses = 0;
  #restUntil = 0;

  constructor(embedder: Embedder, vectors: VectorIndex, clock: Clock) {
    this.#embedder = embedder;
    this.#vectors = vectors;
    this.#clock = clock;
  }

  /** The vector, or null when there is none in time or nothing to compare it with. */
  async of(question: string, signal?: AbortSignal): Promise<Float32Array | null> {
    const text = question.slice(0, readLength);
    const known = this.current(this.#recent.get(text) ?? null);
    if (known !== null || this.#clock() < this.#restUntil) return known;
    const patience = AbortSignal.timeout(this.#embedder.patienceMs ?? tuning.vectorPatienceMs);
    try {
      await before(patience, this.#vectors.ready());
      if (this.#vectors.size === 0) return null;
      const vector = await this.#ask(text, signal ? AbortSignal.any([signal, patience]) : patience);
      this.#misses = 0;
      return vector;
    } catch {
      if (!signal?.aborted && this.#vectors.size > 0) this.#missed();
      return null;
    }
  }

  /** The vector, unless another model makes vectors by now: two models' are never compared. */
  current(vector: Float32Array | null): Float32Array | null {
    return vector !== null && this.#madeBy.get(vector) === this.#embedder.name ? vector : null;
  }

  #missed(): void {
    this.#misses++;
    if (this.#misses < mostMisses) return;
    this.#misses = 0;
    this.#restUntil = this.#clock() + restMs;
  }

  async #ask(text: string, signal: AbortSignal): Promise<Float32Array | null> {
    const { name } = this.#embedder;
    const [vector] = await before(signal, this.#embedder.embed([text], { signal, urgent: true }));
    if (vector === undefined || !isVector(vector, this.#embedder.dimensions)) return null;
    this.#madeBy.set(vector, name);
    this.#recent.set(text, vector);
    const oldest = this.#recent.keys().next().value;
    if (this.#recent.size > remembered && oldest !== undefined) this.#recent.delete(oldest);
    return vector;
  }
}

/** What a promise gives, or a rejection as soon as the signal aborts, however long the promise takes. */
function before<T>(signal: AbortSignal, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
