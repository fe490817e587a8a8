/**
 * The order in which texts are embedded: questions of people who wait before background work, one text at a time, so that a
 * question never waits for more than one. An int8 model scales its figures by all it is given at once: a text beside others would
 * have another vector than alone, and a slightly worse one; and on one thread a batch is no faster. Keeps nothing once answered.
 */
import type { MiniLm } from './minilm.ts';

/** Texts that wait at most; more is refused, and whoever sends in the background tries again later. */
const mostWaiting = 4_096;

interface Job {
  readonly ids: readonly number[];
  readonly done: (vector: Float32Array) => void;
  readonly failed: (error: unknown) => void;
}

export class EmbedQueue {
  readonly #load: () => Promise<MiniLm>;
  readonly #urgent: Job[] = [];
  readonly #later: Job[] = [];
  #model: Promise<MiniLm> | null = null;
  #running = false;

  /** @param load called once, when the first text comes */
  constructor(load: () => Promise<MiniLm>) {
    this.#load = load;
  }

  /** Whether so much waits already that more should be sent later. */
  get full(): boolean {
    return this.#later.length >= mostWaiting;
  }

  /** One vector for each text, in order. */
  async embed(texts: readonly string[], urgent: boolean): Promise<Float32Array[]> {
    this.#model ??= this.#load().catch((error) => {
      this.#model = null;
      throw error;
    });
    const model = await this.#model;
    const queue = urgent ? this.#urgent : this.#later;
    const vectors = texts.map(
      (text) =>
        new Promise<Float32Array>((done, failed) => {
          queue.push({ ids: model.tokenize(text), done, failed });
        }),
    );
    this.#run(model);
    return Promise.all(vectors);
  }

  async #run(model: MiniLm): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    for (let job = this.#next(); job !== undefined; job = this.#next()) {
      try {
        const [vector] = await model.run([job.ids]);
        if (vector === undefined) job.failed(new Error('The model gave no vector.'));
        else job.done(vector);
      } catch (error) {
        job.failed(error);
      }
    }
    this.#running = false;
  }

  #next(): Job | undefined {
    return this.#urgent.shift() ?? this.#later.shift();
  }
}
