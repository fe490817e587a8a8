/**
 * A space of very many units, asked in a process with an engine's memory, and given new conversations: `node units-worker.ts DIRECTORY
 * ROUNDS`. Prints one {@link UnitsAsked} as JSON. The new conversations stay, each run's are its own.
 */
import { readFileSync } from 'node:fs';
import { systemClock } from '@vivim/contract/clock';
import { uuidv7 } from '@vivim/contract/random';
import { SearchQuery } from '@vivim/contract/search';
import { EmbeddingService } from '@vivim/engine/context/retrieval/embedding-service';
import { Retriever } from '@vivim/engine/context/retrieval/retriever';
import { VectorIndex } from '@vivim/engine/context/retrieval/vector-index';
import { TitleIndex } from '@vivim/engine/context/title-index';
import type { Call } from '@vivim/engine/http/handler';
import { searchHandlers } from '@vivim/engine/http/search';
import { openUserSpace } from '@vivim/engine/space/user-space';
import { historySeed, keptHistory, madeUpVectors } from '../bench/context/kept-history.ts';
import { questionsOf } from '../bench/context/questions.ts';
import { percentile, stopwatch } from '../bench/measure.ts';
import { Writer } from '../bench/synthetic.ts';
import { newCapture } from '../kit/capture.ts';
import { asker, contextsOf } from '../kit/context.ts';
import { rollUp } from '../kit/profiles.ts';

/** Milliseconds of the processor, of this process. */
export interface Took {
  readonly p50: number;
  readonly p95: number;
}

export interface UnitsAsked {
  readonly units: number;
  /** Messages asked for by a phrase of theirs, and how many of them were among the first ten. */
  readonly asked: number;
  readonly found: number;
  /** Contexts compiled, and those that kept their budget. */
  readonly contexts: number;
  readonly within: number;
  /** Conversations that came in since, and those found by a phrase of theirs. */
  readonly added: number;
  readonly addedFound: number;
  readonly took: Readonly<Record<'search' | 'context' | 'contextCold' | 'import' | 'rollup', Took>>;
  /** Of the process: by the time everything was asked, and at the end. */
  readonly peakAskedMb: number;
  readonly peakMb: number;
}

const [directory = '', rounds] = process.argv.slice(2);
const kept = keptHistory(directory);
if (kept === null) throw new Error(`There is no history in ${directory}.`);
const space = openUserSpace(kept.location, systemClock);
const embedder = madeUpVectors();
const vectors = new VectorIndex(space, embedder);
await vectors.ready();
const retriever = new Retriever({ space, embedder, vectors, clock: systemClock });
const handlers = searchHandlers({ space, retriever, titles: new TitleIndex(space) });
const orchestrator = contextsOf(space, systemClock, (text) => text, retriever);
const budget = 4_000;
const askedWords = 8;
/** Conversations that come in, and turns of each. */
const fresh = { conversations: 20, turns: 10 };

const search = (q: string) => handlers.search({ query: SearchQuery.parse({ q }), asker } as unknown as Call<'search'>);
const phraseOf = (text: string): string => text.split(/\s+/).slice(0, askedWords).join(' ');
const peakMb = (): number => Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) / 1024;

/** Milliseconds of the processor. */
async function timed(work: () => Promise<unknown>): Promise<number> {
  const spent = stopwatch();
  await work();
  return 1_000 * spent().processor;
}
const tookOf = (each: readonly number[]): Took => ({ p50: percentile(each, 0.5), p95: percentile(each, 0.95) });
async function took(work: () => Promise<unknown>, before = () => {}): Promise<Took> {
  const each: number[] = [];
  for (let round = 0; round < Number(rounds); round += 1) {
    before();
    each.push(await timed(work));
  }
  return tookOf(each);
}

let within = 0;
let found = 0;
const conversations = space.read((r) => r.selfQuestions.some(Number(rounds)));
for (const { pk } of conversations) {
  const unit = space.read((r) => r.bundles.material.unitsOfConversation(pk, 1))[0];
  if (unit === undefined) throw new Error('A conversation has no unit.');
  const phrase = phraseOf(unit.acu.text);
  const { items } = await search(`"${phrase}"`);
  if (items.some(({ message }) => message.id === unit.message.id)) found += 1;
  const bundle = await orchestrator.compile({ query: phrase, budget }, asker);
  if (bundle.tokens <= budget) within += 1;
}

const questions = questionsOf(3 * Number(rounds), historySeed);
let nth = 0;
const next = (): string => questions[nth++ % questions.length] ?? '';
const compile = () => orchestrator.compile({ query: next(), budget }, asker);
const withoutBundles = () =>
  space.write((w) => {
    for (const { kind, subject } of w.bundles.list({ limit: 500 }).items) w.bundles.remove(kind, subject);
  });
const asking = {
  search: await took(() => search(next())),
  context: await took(compile),
  contextCold: await took(compile, withoutBundles),
};
const peakAsked = peakMb();

const capture = newCapture(space);
// In the words of the history, and each run says something of its own.
const writer = new Writer(historySeed, 1 + space.version * 7_919);
const came: string[] = [];
const imported: number[] = [];
const rolledUp: number[] = [];
for (let n = 0; n < fresh.conversations; n += 1) {
  const { json, texts } = writer.conversation(fresh.turns);
  const id = uuidv7();
  const bytes = JSON.stringify([{ ...json, id, conversation_id: id }]);
  imported.push(
    await timed(async () => {
      const { state, report } = await capture.bring({ bytes });
      if (state !== 'done' || report?.conversations.added !== 1)
        throw new Error(`A conversation was not added: ${state}.`);
    }),
  );
  rolledUp.push(await timed(() => rollUp(space)));
  came.push(texts[0] ?? '');
}
const embedding = new EmbeddingService({ space, embedder, vectors, clock: systemClock, wake: () => {} });
while (embedding.pending() > 0) await embedding.step(new AbortController().signal);
let addedFound = 0;
for (const text of came) if ((await search(`"${phraseOf(text)}"`)).items.length > 0) addedFound += 1;

const asked: UnitsAsked = {
  units: space.read((r) => r.acus.count()),
  asked: conversations.length,
  found,
  contexts: conversations.length,
  within,
  added: came.length,
  addedFound,
  took: { ...asking, import: tookOf(imported), rollup: tookOf(rolledUp) },
  peakAskedMb: peakAsked,
  peakMb: peakMb(),
};
space.close();
process.stdout.write(JSON.stringify(asked));
process.exit(0);
