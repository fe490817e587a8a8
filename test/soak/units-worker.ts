/**
 * A space of very many units, asked in a process with an engine's memory: `node units-worker.ts DIRECTORY ROUNDS`. Prints one
 * {@link UnitsAsked} as JSON.
 */
import { readFileSync } from 'node:fs';
import { systemClock } from '@vivim/contract/clock';
import { SearchQuery } from '@vivim/contract/search';
import { Retriever } from '@vivim/engine/context/retrieval/retriever';
import { VectorIndex } from '@vivim/engine/context/retrieval/vector-index';
import type { Call } from '@vivim/engine/http/handler';
import { searchHandlers } from '@vivim/engine/http/search';
import { openUserSpace } from '@vivim/engine/space/user-space';
import { keptHistory, madeUpVectors } from '../bench/context/kept-history.ts';
import { asker, contextsOf } from '../kit/context.ts';

export interface UnitsAsked {
  readonly units: number;
  /** Messages asked for by a phrase of theirs, and how many of them were among the first ten. */
  readonly asked: number;
  readonly found: number;
  /** Contexts compiled, and those that kept their budget. */
  readonly contexts: number;
  readonly within: number;
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
const handlers = searchHandlers({ space, retriever });
const orchestrator = contextsOf(space, systemClock);
const budget = 4_000;
const askedWords = 8;

let found = 0;
let within = 0;
const conversations = space.read((r) => r.selfQuestions.some(Number(rounds)));
for (const { pk } of conversations) {
  const unit = space.read((r) => r.bundles.material.unitsOfConversation(pk, 1))[0];
  if (unit === undefined) throw new Error('A conversation has no unit.');
  const text = unit.acu.text.split(/\s+/).slice(0, askedWords).join(' ');
  const query = SearchQuery.parse({ q: `"${text}"` });
  const { items } = await handlers.search({ query, asker } as unknown as Call<'search'>);
  if (items.some(({ message }) => message.id === unit.message.id)) found += 1;
  const bundle = await orchestrator.compile({ query: text, budget }, asker);
  if (bundle.tokens <= budget) within += 1;
}
const asked: UnitsAsked = {
  units: space.read((r) => r.acus.count()),
  asked: conversations.length,
  found,
  contexts: conversations.length,
  within,
  peakMb: Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) / 1024,
};
space.close();
process.stdout.write(JSON.stringify(asked));
process.exit(0);
