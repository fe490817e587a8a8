/**
 * A space looked at as it was: for every history and every time the same is found, with the same scores and reasons, as in a space
 * that only ever had what had been said by then; and the same memories hold. And what is valid only: nothing past, nothing gone.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FilledConversation, fillSpace, indexWords } from '../../../../test/kit/fill-space.ts';
import { letterEmbedder } from '../../../../test/kit/letter-embedder.ts';
import { twoSpaces } from '../../../../test/kit/spaces.ts';
import type { UserSpace } from '../space/user-space.ts';
import type { View } from '../space/view.ts';
import { EmbeddingService } from './retrieval/embedding-service.ts';
import { Retriever } from './retrieval/retriever.ts';
import { VectorIndex } from './retrieval/vector-index.ts';

const day = 86_400_000;
const start = Date.parse('2024-01-01T00:00:00Z');
const iso = (days: number): string => new Date(start + days * day).toISOString();

const sentences = [
  'I live in Lisbon.',
  'I live in Porto.',
  'I now live in Leeds with Emma.',
  'I work at Siemens.',
  'I work for Rolls-Royce as an engineer.',
  'I am allergic to peanuts.',
  'Always answer in metric units.',
  'My favourite colour is blue.',
  'The kiln needs a new thermocouple.',
  'Which ferry leaves for the islands?',
  'Emma says the wheel is the hardest part of pottery.',
  'We decided to buy the kick wheel.',
  'The tomato seedlings look pale; the kiln is cold.',
];
const questions = [
  'Where do I live?',
  'kiln wheel',
  'What did Emma say about pottery?',
  'ferry tomato',
  'latest on the kiln',
];

interface Turn {
  readonly sentence: number;
  readonly after: number;
}
const turn = fc.record({ sentence: fc.nat(sentences.length - 1), after: fc.integer({ min: 0, max: 40 }) });
const conversation = fc.record({
  begins: fc.integer({ min: 0, max: 300 }),
  turns: fc.array(turn, { minLength: 1, maxLength: 6 }),
});
const history = fc.array(conversation, { minLength: 1, maxLength: 6 });

interface Said {
  readonly begins: number;
  readonly turns: readonly Turn[];
}

/** Messages in the order they were said, those of a conversation some days after each other. @param until days; later ones were never said */
function conversations(all: readonly Said[], until = Number.POSITIVE_INFINITY): FilledConversation[] {
  return all.flatMap(({ begins, turns }, i): FilledConversation[] => {
    let at = begins;
    const messages = turns.flatMap(({ sentence, after }, nth) => {
      at += after;
      const role = nth % 3 === 2 ? ('assistant' as const) : ('user' as const);
      const author = role === 'user' && i % 2 === 0 ? { author: 'Emma' } : {};
      return at > until ? [] : [{ role, ...author, text: sentences[sentence] ?? '', at: iso(at) }];
    });
    return messages.length === 0 ? [] : [{ externalId: `c${i}`, title: `Talk ${i}`, messages }];
  });
}

function filled(space: UserSpace, all: readonly FilledConversation[]): UserSpace {
  const ids = fillSpace(space, all);
  indexWords(space, ids);
  space.write((w) => {
    w.outbox.put(
      'embed',
      ids.flatMap((id) => w.bundles.material.conversation(id)?.pk ?? []),
      0,
    );
    return null;
  });
  return space;
}

async function found(space: UserSpace, text: string, view?: View): Promise<unknown> {
  const embedder = letterEmbedder();
  const vectors = new VectorIndex(space, embedder);
  const service = new EmbeddingService({ space, embedder, vectors, clock: () => 0, wake: () => {} });
  while (service.pending() > 0) await service.step(new AbortController().signal);
  const retriever = new Retriever({ space, embedder, vectors, clock: () => 0 });
  const { candidates } = await retriever.retrieve({
    text,
    limit: 50,
    perMessage: 3,
    nowMs: start + 400 * day,
    ...(view === undefined ? {} : { view }),
  });
  return candidates.map(({ acu, message, score, reasons }) => ({
    id: acu.id,
    text: acu.text,
    said: message.createdMs,
    score,
    reasons,
  }));
}

function memoriesOf(space: UserSpace, view?: View): unknown {
  const states = ['active', 'candidate', 'superseded'] as const;
  return space.read(
    (r) =>
      states.flatMap((state) =>
        r.memories
          .page({ limit: 200, state })
          .items.map(({ text, kind, confidence, validFrom }) => [
            state,
            kind,
            text,
            Number(confidence.toFixed(9)),
            validFrom,
          ])
          .sort(),
      ),
    view,
  );
}

describe('a space as it was', () => {
  it('finds and holds, for every history and time, what a space does that had nothing said later', {
    timeout: 120_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(history, fc.integer({ min: 0, max: 450 }), async (all, until) => {
        const { alice, bob } = twoSpaces();
        filled(alice, conversations(all));
        filled(bob, conversations(all, until));
        const view = { asOfMs: start + until * day };
        for (const question of questions)
          expect(await found(alice, question, view)).toEqual(await found(bob, question));
        expect(memoriesOf(alice, view)).toEqual(memoriesOf(bob));
        // What was looked at does not stay so.
        expect(await found(alice, 'kiln', { asOfMs: start + 4_000 * day })).toEqual(await found(alice, 'kiln'));
        alice.close();
        bob.close();
      }),
      { numRuns: 8 },
    );
  });
});
