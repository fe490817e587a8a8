/**
 * The memories that come into a context are those the message is about, and no others: on our own set, and on PrecisionMemBench where it
 * lies beside the project. A change that makes either worse fails here.
 */

import { systemClock } from '@vivim/contract/clock';
import { ContextRequest, citedFor } from '@vivim/contract/context';
import { MemoryId } from '@vivim/contract/ids';
import { MemoryChange, MemoryRequest } from '@vivim/contract/memory';
import { uuidv7 } from '@vivim/contract/random';
import type { UserSpace } from '@vivim/engine/space/user-space';
import { expect, it } from 'vitest';
import { asker, contextsOf } from '../kit/context.ts';
import { asked, kept, ties } from '../kit/kept-and-asked.ts';
import { describeShared, sharedPath } from '../kit/shared.ts';
import { newSpace, twoSpaces } from '../kit/spaces.ts';
import { precisionFigures } from './precision-report.ts';
import { scoreCase } from './precision-score.ts';
import { readPrecisionSet } from './precision-set.ts';
import { type MemoryClient, runPrecision } from './run-precision.ts';

/** Somebody's memories and context, by the writers and the orchestrator the routes call. */
function clientOf(space: UserSpace): MemoryClient {
  const orchestrator = contextsOf(space, systemClock);
  return {
    createMemory: async ({ body }) =>
      space.write((w) => w.memories.state(MemoryRequest.parse(body), uuidv7(), Date.now())),
    changeMemory: async ({ params, body }) =>
      space.write((w) => w.memories.change(MemoryId.parse(params.id), MemoryChange.parse(body), Date.now())),
    createContext: async ({ body }) => orchestrator.compile(ContextRequest.parse(body), asker),
  };
}

it('are those of our own set; Bob gets none of Alice’s', async () => {
  const { alice, bob } = twoSpaces();
  const client = clientOf(alice);
  const ids = new Map<string, MemoryId>();
  for (const { key, ...memory } of kept) ids.set(key, (await client.createMemory({ body: memory })).id);
  for (const [from, to] of ties)
    await client.changeMemory({
      params: { id: ids.get(from) as MemoryId },
      body: { related: to.map((key) => ids.get(key) as MemoryId) },
    });
  const keys = new Map([...ids].map(([key, id]): [string, string] => [id, key]));
  const scores = [];
  for (const [i, { scopes, query, relevant, pinned, questions }] of asked.entries()) {
    const { citations } = await client.createContext({ body: { query, scopes: [...scopes] } });
    const of = (why: string) =>
      citations
        .map(citedFor)
        .filter((memory) => memory?.why === why)
        .map((memory) => keys.get(memory?.id ?? '') ?? '?');
    const surfaced = { prelude: 'x', pinned: of('pinned'), relevant: of('relevant'), questions: of('open_question') };
    const expected = {
      relevantBeliefs: { shouldOnlyInclude: [...relevant] },
      ...(pinned === undefined ? {} : { pinnedFacts: { mustInclude: [...pinned] } }),
      ...(questions === undefined ? {} : { openQuestions: { mustInclude: [...questions] } }),
    };
    scores.push(scoreCase({ id: `${i} ${query}`, category: 'own', ms: 0 }, expected, surfaced));
    expect(of('standing')).toEqual(['short']);
  }
  const failed = scores.filter(({ failures }) => failures.length > 0).map(({ id, failures }) => [id, failures]);
  const { precision, recall, passed } = precisionFigures(scores);
  expect({ precision, recall, passed, failed }).toMatchObject({ failed: [] });
  const his = await clientOf(bob).createContext({ body: { query: 'is my rope still safe?' } });
  expect(his.citations).toEqual([]);
}, 30_000);

describeShared('eval', 'PrecisionMemBench', () => {
  it('passes more of its cases than any of its published peers, at the recall of the best', async () => {
    const set = readPrecisionSet(sharedPath('eval', 'precisionmembench'));
    const { cases, turns } = await runPrecision(set, async () => clientOf(newSpace()));
    const single = precisionFigures(cases);
    expect(single.precision).toBeGreaterThanOrEqual(0.85);
    expect(single.recall).toBeGreaterThanOrEqual(0.9);
    expect(single.passed).toBeGreaterThanOrEqual(70);
    expect(precisionFigures(turns).passed).toBeGreaterThanOrEqual(10);
  }, 60_000);
});
