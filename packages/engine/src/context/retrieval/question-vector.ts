/**
 * The vectors of a question and its parts, when there are some in time. A person never waits for a model: after a short patience words
 * answer alone, and an embedder that let one down is left in peace for a while. Never throws.
 */
import type { Clock } from '@vivim/contract/clock';
import type { Embedder } from '../../models/embedder.ts';
import { isVector } from './quantise.ts';
import { tuning } from './tuning.ts';
import type { VectorIndex } from './vector-index.ts';

/** Vectors of recent questions: the next page of a search asks the same again. */
const remembered = 128;
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

  /** The vectors of a question and its parts, or null when there are none in time or nothing to compare them with. */
  async of(texts: readonly string[], signal?: AbortSignal): Promise<readonly Float32Array[] | null> {
    const asked = texts.map((text) => text.slice(0, readLength));
    const known = this.current(asked.flatMap((text) => this.#recent.get(text) ?? []));
    if (known?.length === asked.length) return known;
    if (asked.length === 0 || this.#clock() < this.#restUntil) return null;
    // Not `AbortSignal.timeout`: it cannot be taken back, and would abort with an error long after every answer.
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), this.#embedder.patienceMs ?? tuning.vectorPatienceMs);
    try {
      await before(patience.signal, this.#vectors.ready());
      if (this.#vectors.size === 0) return null;
      const vectors = await this.#ask(asked, signal ? AbortSignal.any([signal, patience.signal]) : patience.signal);
      this.#misses = 0;
      return vectors;
    } catch {
      if (!signal?.aborted && this.#vectors.size > 0) this.#missed();
      return null;
    } finally {
      clearTimeout(timer);
    }
  }

  /** These vectors, unless another model makes vectors by now: two models' are never compared. */
  current(vectors: readonly Float32Array[] | null): readonly Float32Array[] | null {
    const { name } = this.#embedder;
    return vectors !== null && vectors.length > 0 && vectors.every((vector) => this.#madeBy.get(vector) === name)
      ? vectors
      : null;
  }

  #missed(): void {
    this.#misses++;
    if (this.#misses < mostMisses) return;
    this.#misses = 0;
    this.#restUntil = this.#clock() + restMs;
  }

  async #ask(texts: readonly string[], signal: AbortSignal): Promise<readonly Float32Array[] | null> {
    const { name, dimensions } = this.#embedder;
    const vectors = await before(signal, this.#embedder.embed(texts, { signal, urgent: true }));
    if (vectors.length !== texts.length || !vectors.every((vector) => isVector(vector, dimensions))) return null;
    texts.forEach((text, i) => {
      const vector = vectors[i] as Float32Array;
      this.#madeBy.set(vector, name);
      this.#recent.set(text, vector);
      const oldest = this.#recent.keys().next().value;
      if (this.#recent.size > remembered && oldest !== undefined) this.#recent.delete(oldest);
    });
    return vectors;
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
