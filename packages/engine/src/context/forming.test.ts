/** A context as it forms: ends in the bytes of the whole one, leaves nothing behind when it is stopped, one question of a page at a time. */

import { ContextRequest } from '@vivim/contract/context';
import { ContextEvent } from '@vivim/contract/context-events';
import { AppError } from '@vivim/contract/errors';
import type { ConversationId } from '@vivim/contract/ids';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asker } from '../../../../test/kit/context.ts';
import { fillSpace, indexWords } from '../../../../test/kit/fill-space.ts';
import { foresightOf } from '../../../../test/kit/foresight.ts';
import { twoSpaces } from '../../../../test/kit/spaces.ts';
import type { UserSpace } from '../space/user-space.ts';

type Asked = Partial<typeof ContextRequest._input>;

function filled(space: UserSpace, word: string) {
  const said = (text: string, i: number) => ({
    text,
    role: i % 3 === 2 ? ('assistant' as const) : ('user' as const),
    at: '2024-05-01T09:00:00Z',
    units: [{ text, topics: [word], ...(i % 5 === 0 ? { entities: ['Emma'] } : {}) }],
  });
  const ids = fillSpace(space, [
    {
      externalId: 'self',
      title: 'Me',
      messages: [{ text: `I am a maker of ${word}. Always answer in metric units.` }],
    },
    {
      externalId: word,
      title: word,
      messages: Array.from({ length: 40 }, (_, i) => said(`The ${word} of Emma has turned ${i} times, she says.`, i)),
    },
  ]);
  indexWords(space, ids);
  return { ...foresightOf(space), space, conversationId: ids[1] as ConversationId };
}
type Person = ReturnType<typeof filled>;
const both = () => {
  const { alice, bob } = twoSpaces();
  return { alice: filled(alice, 'wheel'), bob: filled(bob, 'engine') };
};
const begin = (
  { orchestrator }: Person,
  asked: Asked,
  gone = new AbortController().signal,
  sessionId = asker.sessionId,
) =>
  orchestrator.assemble(ContextRequest.parse({ query: 'What of the wheel?', ...asked }), { ...asker, sessionId }, gone);
const recordsOf = ({ space }: Person) => space.read((r) => r.assemblies.page({ limit: 50 })).items;

async function all(events: AsyncIterable<ContextEvent>): Promise<ContextEvent[]> {
  const told: ContextEvent[] = [];
  for await (const event of events) told.push(event);
  return told;
}
const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'no error',
    (error: unknown) => (error instanceof AppError ? error.code : (error as Error).name),
  );

const asked: fc.Arbitrary<{ request: Asked; continued: boolean }> = fc.record({
  continued: fc.boolean(),
  request: fc.record({
    query: fc.constantFrom('What of the wheel?', 'And Emma?', '', 'Nothing known here'),
    budget: fc.integer({ min: 300, max: 6_000 }),
    format: fc.constantFrom('markdown', 'xml', 'json', 'messages'),
    depth: fc.constantFrom('minimal', 'standard', 'deep'),
    exclude: fc.record({ layers: fc.subarray(['L0', 'L1', 'L2', 'L5', 'L6'] as const) }),
  }),
});

describe('a context as it forms', () => {
  it('ends in the very bundle that is answered whole, its layers told on the way', async () => {
    const { alice, bob } = both();
    await fc.assert(
      fc.asyncProperty(asked, async ({ request, continued }) => {
        const whole: Asked = { ...request, ...(continued ? { conversationId: alice.conversationId } : {}) };
        const told = await all(begin(alice, whole));
        for (const event of told) expect(ContextEvent.safeParse(event).error).toBeUndefined();
        const { query = '', ...more } = ContextRequest.parse({ query: 'x', ...whole });
        const bundle = await alice.ask(query, more);
        const last = told.at(-1);
        if (last?.type !== 'bundle') throw new Error('the last event is no bundle');
        expect({ ...last.bundle, id: '', timings: {} }).toEqual({ ...bundle, id: '', timings: {} });
        expect(told.slice(0, 2).map(({ type }) => type)).toEqual(['plan', 'found']);
        const layers = told.flatMap((event) => (event.type === 'layer' ? event : []));
        for (const { layer, lines } of new Map(layers.map((one) => [one.layer, one])).values()) {
          const cited = bundle.citations.filter((citation) => citation.layer === layer).map(({ quoted }) => quoted);
          expect(lines.map(({ quoted }) => quoted).sort()).toEqual(cited.sort());
        }
        const tokens = layers.map((layer) => layer.tokens);
        expect(tokens).toEqual(tokens.toSorted((a, b) => a - b));
        expect(tokens.at(-1) ?? 0).toBeLessThanOrEqual(bundle.budget);
      }),
      { numRuns: 25 },
    );
    expect(recordsOf(bob)).toEqual([]);
  });

  it('is refused before anything is told', async () => {
    const { alice, bob } = both();
    const first = (person: Person, request: Asked) => codeOf(begin(person, request).next());
    expect(await first(alice, { conversationId: bob.conversationId })).toBe('not_found');
    expect(await first(alice, { query: 'wheel '.repeat(400), budget: 256 })).toBe('budget_too_small');
    expect(await first(alice, { recipe: 'nobodys' as never })).toBe('request_invalid');
    expect(recordsOf(alice)).toEqual([]);
  });
});

describe('a context nobody waits for any more', () => {
  it('stops wherever it is, and leaves no record, no tally and no version behind', async () => {
    const { alice, bob } = both();
    const request = { conversationId: alice.conversationId };
    const whole = await all(begin(alice, request));
    const before = { records: recordsOf(alice).length, tally: alice.tally(), version: alice.space.version };
    for (let heard = 0; heard < whole.length; heard += 1) {
      const gone = new AbortController();
      const events = begin(alice, request, gone.signal);
      for (let i = 0; i < heard; i += 1) await events.next();
      gone.abort();
      // The first thing told needs nothing of the history; whoever is gone by then is noticed right after it.
      if (heard === 0) await events.next();
      expect(await codeOf(events.next())).toBe('AbortError');
      expect(await events.next()).toEqual({ done: true, value: undefined });
    }
    const after = { records: recordsOf(alice).length, tally: alice.tally(), version: alice.space.version };
    expect(after).toEqual(before);
    expect(alice.underWay.busy).toBe(false);
    expect((await bob.ask('What of the engine?')).citations.length).toBeGreaterThan(0);
  });

  it('is let go of by a client that only stops reading', async () => {
    const { alice } = both();
    const events = begin(alice, { page: 'page-one' });
    await events.next();
    expect(alice.underWay.busy).toBe(true);
    await events.return(undefined);
    expect(alice.underWay.busy).toBe(false);
    expect(recordsOf(alice)).toEqual([]);
  });
});

describe('a newer question of a page', () => {
  it('ends the older one, and no question of another page, session or person', async () => {
    const { alice, bob } = both();
    const page = 'page-one';
    const older = begin(alice, { page });
    const others = [
      begin(alice, { page: 'page-two' }),
      begin(alice, {}),
      begin(alice, { page }, undefined, '00000000-0000-7000-8000-00000000000b'),
      begin(bob, { page }),
    ];
    for (const events of [older, ...others]) await events.next();
    const newer = all(begin(alice, { page }));
    await newer.then((told) => expect(told.at(-1)?.type).toBe('bundle'));
    expect(await codeOf(older.next())).toBe('context_superseded');
    for (const events of others) expect((await all(events)).at(-1)?.type).toBe('bundle');
    expect([recordsOf(alice).length, recordsOf(bob).length]).toEqual([4, 1]);
  });
});
