/**
 * Search and contexts of one kept history, in a process with an engine's memory, without gateway and socket:
 * `node measure-history.ts DIRECTORY MESSAGES [MODELS-SOCKET]`. Prints one {@link Measured} as JSON.
 */
import { readFileSync } from 'node:fs';
import { systemClock } from '@vivim/contract/clock';
import { SearchQuery } from '@vivim/contract/search';
import { Retriever } from '@vivim/engine/context/retrieval/retriever';
import { VectorIndex } from '@vivim/engine/context/retrieval/vector-index';
import { StandingBundles } from '@vivim/engine/context/standing-bundles';
import { TitleIndex } from '@vivim/engine/context/title-index';
import { o200k } from '@vivim/engine/context/tokens/byte-pair-tokenizer';
import type { Call } from '@vivim/engine/http/handler';
import { searchHandlers } from '@vivim/engine/http/search';
import { embedderClient } from '@vivim/engine/models/embedder-client';
import { openUserSpace } from '@vivim/engine/space/user-space';
import { asker, contextsOf } from '../../kit/context.ts';
import { percentile, stopwatch } from '../measure.ts';
import { RawWords } from '../raw-sqlite.ts';
import { historySeed, keptHistory } from './kept-history.ts';
import { ftsOf, questionsOf } from './questions.ts';

/** Milliseconds that went by, and those this process computed in: on a machine that does much else only they tell. */
export interface Taken {
  readonly p50: number;
  readonly p95: number;
  readonly processor50: number;
  readonly processor95: number;
}

export interface Measured {
  readonly rawWords: Taken;
  readonly words: Taken;
  /** With the question's vector made by the built-in embedder; null where there is none. */
  readonly search: Taken | null;
  /** Searches in which the vector came in time, 0–1. */
  readonly withMeaning: number;
  /** The first question after the space was opened. */
  readonly firstSearch: Taken;
  readonly loadSigns: number;
  readonly context: Taken;
  readonly contextCold: Taken;
  /** Medians by stage of a warm context. */
  readonly stages: Readonly<Record<string, number>>;
  readonly searchStages: Readonly<Record<string, number>>;
  readonly peakMb: number;
  readonly units: number;
}

const rounds = { warm: 200, cold: 40, opened: 5, unmeasured: 50 };
const [directory = '', messages, socket = ''] = process.argv.slice(2);
const kept = keptHistory(directory);
if (kept === null) throw new Error(`There is no history of ${messages} messages in ${directory}.`);

class Times {
  readonly #wall: number[] = [];
  readonly #processor: number[] = [];

  async of<T>(work: () => T | Promise<T>, counts = true): Promise<T> {
    const spent = stopwatch();
    const answer = await work();
    const { wall, processor } = spent();
    if (counts) {
      this.#wall.push(1_000 * wall);
      this.#processor.push(1_000 * processor);
    }
    return answer;
  }

  get taken(): Taken {
    return {
      p50: percentile(this.#wall, 0.5),
      p95: percentile(this.#wall, 0.95),
      processor50: percentile(this.#processor, 0.5),
      processor95: percentile(this.#processor, 0.95),
    };
  }
}

function engine() {
  const space = openUserSpace(kept?.location ?? never(), systemClock);
  const embedder = socket === '' ? null : embedderClient(socket);
  const vectors = embedder === null ? null : new VectorIndex(space, embedder);
  const retriever = new Retriever({ space, embedder, vectors, clock: systemClock });
  const orchestrator = contextsOf(space, systemClock, (text) => text, retriever);
  const handlers = searchHandlers({ space, retriever, titles: new TitleIndex(space) });
  const search = (q: string, without?: string) =>
    handlers.search({ query: SearchQuery.parse({ q, without }), asker } as unknown as Call<'search'>);
  return { space, vectors, retriever, orchestrator, search };
}
function never(): never {
  throw new Error('There is no history.');
}

const questions = questionsOf(4 * rounds.warm, historySeed);
let nth = 0;
const next = (): string => questions[nth++ % questions.length] ?? '';

const opened = new Times();
for (let i = 0; i < rounds.opened; i += 1) {
  const first = engine();
  await opened.of(() => first.search(next(), 'meaning'));
  first.space.close();
}

const raw = RawWords.open(kept.rawPath);
const { space, vectors, retriever, orchestrator, search } = engine();
const loading = performance.now();
await vectors?.ready();
const loadSigns = performance.now() - loading;

const turn = 10;
const rawWords = new Times();
const words = new Times();
const both = new Times();
let inTime = 0;
// In turns of ten, so that a busy machine slows all of them, and the pages one reads do not push out of the processor's caches what the next looks at.
for (let from = -rounds.unmeasured; from < rounds.warm; from += turn) {
  const asked = Array.from({ length: Math.min(turn, rounds.warm - from) }, (_, i) => ({
    question: next(),
    counts: from + i >= 0,
  }));
  for (const { question, counts } of asked) await rawWords.of(() => raw.search(ftsOf(question)), counts);
  for (const { question, counts } of asked) await words.of(() => search(question, 'meaning'), counts);
  for (const { question, counts } of asked) {
    const { meaningReady } = await both.of(() => search(question), counts);
    if (counts && meaningReady) inTime += 1;
  }
}
const laps: Record<string, number[]> = {};
const searchLaps: Record<string, number[]> = {};
const note = (into: Record<string, number[]>, timings: Readonly<Record<string, number>>): void => {
  for (const [stage, each] of Object.entries(timings)) {
    into[stage] ??= [];
    into[stage].push(each);
  }
};
for (let round = 0; round < rounds.cold; round += 1) {
  const { timings } = await retriever.retrieve({ text: next(), limit: 11, perMessage: 1 });
  note(searchLaps, timings);
}
const compile = () => orchestrator.compile({ query: next(), budget: 4_000 }, asker);
// What the background has done by the time somebody asks.
const standing = new StandingBundles({ space, tokenizer: o200k, clock: systemClock });
while (standing.pending() > 0) await standing.step();
const warm = new Times();
for (let round = -rounds.unmeasured; round < rounds.warm; round += 1) {
  const { timings } = await warm.of(compile, round >= 0);
  if (round >= 0) note(laps, timings);
}
const cold = new Times();
for (let round = 0; round < rounds.cold; round += 1) {
  space.write((w) => {
    for (const { kind, subject } of w.bundles.list({ limit: 500 }).items) w.bundles.remove(kind, subject);
  });
  await cold.of(compile);
}
const units = space.read((r) => r.counts().acus);
raw.close();
space.close();
const medians = (of: Record<string, number[]>) =>
  Object.fromEntries(Object.entries(of).map(([stage, values]) => [stage, percentile(values, 0.5)]));
const measured: Measured = {
  rawWords: rawWords.taken,
  words: words.taken,
  search: socket === '' ? null : both.taken,
  withMeaning: inTime / rounds.warm,
  firstSearch: opened.taken,
  loadSigns,
  context: warm.taken,
  contextCold: cold.taken,
  stages: medians(laps),
  searchStages: medians(searchLaps),
  peakMb: Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) / 1024,
  units,
};
process.stdout.write(JSON.stringify(measured));
process.exit(0);
