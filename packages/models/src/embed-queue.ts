/**
 * The order in which texts are embedded: questions of people who wait before background work, and both in small
 * batches of texts of like length, so that a question never waits for more than one batch. Keeps nothing once answered.
 */
import type { MiniLm } from './minilm.ts';

/** Tokens of one batch with its padding: some 25 ms on one core. */
const batchTokens = 512;
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
    for (;;) {
      const batch = takeBatch(this.#urgent.length > 0 ? this.#urgent : this.#later);
      if (batch.length === 0) break;
      try {
        const vectors = await model.run(batch.map((job) => job.ids));
        batch.forEach((job, i) => {
          const vector = vectors[i];
          if (vector === undefined) job.failed(new Error('The model gave too few vectors.'));
          else job.done(vector);
        });
      } catch (error) {
        for (const job of batch) job.failed(error);
      }
    }
    this.#running = false;
  }
}

/** The first job and those most like it in length, as many as fit; taken off the queue. */
function takeBatch(queue: Job[]): Job[] {
  const first = queue[0];
  if (first === undefined) return [];
  const alike = queue.slice(0, 64).sort((a, b) => distance(a, first) - distance(b, first));
  const batch: Job[] = [];
  let width = 0;
  for (const job of alike) {
    width = Math.max(width, job.ids.length);
    if (batch.length > 0 && width * (batch.length + 1) > batchTokens) break;
    batch.push(job);
  }
  const taken = new Set(batch);
  queue.splice(0, queue.length, ...queue.filter((job) => !taken.has(job)));
  return batch;
}

const distance = (job: Job, from: Job): number => Math.abs(job.ids.length - from.ids.length);
