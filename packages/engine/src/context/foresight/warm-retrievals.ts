/**
 * Retrieval, with the answers to what is likely asked next found beforehand. What is kept is what would be found now, byte for
 * byte: it goes when the space changes, and so does what a clock or a model would answer otherwise. Bounded; in memory.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '@vivim/contract/clock';
import type { Embedder } from '../../models/embedder.ts';
import type { UserSpace } from '../../space/user-space.ts';
import type { Retrieval, RetrievalRequest, Retrieving } from '../candidate.ts';
import { type QuestionTime, timesIn } from '../retrieval/question-time.ts';
import { Stopwatch } from '../stopwatch.ts';

/** Answers kept, and UTF-16 units of what all of them quote. */
export const warmLimits = { answers: 16, length: 4_000_000 } as const;

interface Kept {
  readonly retrieval: Retrieval;
  readonly times: readonly QuestionTime[];
  readonly length: number;
}

export class WarmRetrievals implements Retrieving {
  readonly #space: UserSpace;
  readonly #retriever: Retrieving;
  readonly #embedder: Embedder | null;
  readonly #clock: Clock;
  readonly #kept = new Map<string, Kept>();
  /** Of the space and the model the answers are of. */
  #of = '';
  #length = 0;

  constructor(deps: { space: UserSpace; retriever: Retrieving; embedder: Embedder | null; clock: Clock }) {
    this.#space = deps.space;
    this.#retriever = deps.retriever;
    this.#embedder = deps.embedder;
    this.#clock = deps.clock;
  }

  async retrieve(request: RetrievalRequest, signal?: AbortSignal): Promise<Retrieval> {
    const watch = new Stopwatch();
    const kept = this.#find(request);
    if (kept === null) return this.#retriever.retrieve(request, signal);
    watch.lap('warm');
    return { ...kept.retrieval, timings: watch.laps() };
  }

  /** Whether it would be answered at once. */
  has(request: RetrievalRequest): boolean {
    return this.#find(request) !== null;
  }

  /** Find the answer beforehand. Keeps nothing that another moment would answer differently. */
  async warm(request: RetrievalRequest, signal: AbortSignal): Promise<void> {
    if (this.has(request)) return;
    const of = this.#now();
    const times = this.#times(request);
    const retrieval = await this.#retriever.retrieve(request, signal);
    const complete = retrieval.meaningReady || this.#embedder === null || this.#embedder.absent === true;
    if (!complete || signal.aborted || of !== this.#now()) return;
    const length = retrieval.candidates.reduce((sum, { acu }) => sum + acu.text.length, 0);
    if (length > warmLimits.length) return;
    this.#kept.set(keyOf(request), { retrieval, times, length });
    this.#length += length;
    for (const [key, oldest] of this.#kept) {
      if (this.#kept.size <= warmLimits.answers && this.#length <= warmLimits.length) break;
      this.#kept.delete(key);
      this.#length -= oldest.length;
    }
  }

  /** Answers kept now, and the length of what they quote. */
  get size(): { readonly answers: number; readonly length: number } {
    this.#drop();
    return { answers: this.#kept.size, length: this.#length };
  }

  /** Let go of everything at once: something of it was erased. */
  forget(): void {
    this.#kept.clear();
    this.#length = 0;
  }

  #find(request: RetrievalRequest): Kept | null {
    this.#drop();
    const kept = this.#kept.size === 0 ? undefined : this.#kept.get(keyOf(request));
    // "Last week" is another week by now, or the same.
    return kept !== undefined && isDeepStrictEqual(kept.times, this.#times(request)) ? kept : null;
  }

  #times({ text, nowMs, timeZone }: RetrievalRequest): readonly QuestionTime[] {
    return timesIn(text, { nowMs: nowMs ?? this.#clock(), zone: timeZone ?? 'UTC' });
  }

  #now(): string {
    return `${this.#space.version} ${this.#embedder?.absent === true ? '' : (this.#embedder?.name ?? '')}`;
  }

  #drop(): void {
    const now = this.#now();
    if (now === this.#of) return;
    this.#of = now;
    this.forget();
  }
}

/** What says when and where is asked counts by the times the question names. */
const inTimes: ReadonlySet<string> = new Set(['nowMs', 'timeZone'] satisfies (keyof RetrievalRequest)[]);

const keyOf = (request: RetrievalRequest): string =>
  JSON.stringify(
    Object.entries(request)
      .filter(([name, value]) => value !== undefined && !inTimes.has(name))
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
