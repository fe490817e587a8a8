import { SelfEvaluation, StartSelfEvaluation } from '@vivim/contract/self-evaluation';
import { describe, expect, it } from 'vitest';
import { type FilledConversation, fillSpace, indexWords } from '../../../../../test/kit/fill-space.ts';
import { letterEmbedder } from '../../../../../test/kit/letter-embedder.ts';
import { newSpace, twoSpaces } from '../../../../../test/kit/spaces.ts';
import type { UserSpace } from '../../space/user-space.ts';
import { EmbeddingService } from '../retrieval/embedding-service.ts';
import { Retriever } from '../retrieval/retriever.ts';
import { VectorIndex } from '../retrieval/vector-index.ts';
import { SelfEvaluations } from './self-evaluation.ts';

const nowMs = Date.parse('2025-06-01T00:00:00Z');
const things = [
  'kiln',
  'ferry',
  'tomato',
  'sextant',
  'harpsichord',
  'glacier',
  'lantern',
  'otter',
  'saffron',
  'turbine',
];
const doings = ['repairing', 'painting', 'measuring', 'selling'];

/** Each of a thing of its own: its title names it, its first message does, and so does what is said later. */
const about = (n: number): FilledConversation => {
  const thing = `${doings[n % 4]} the ${things[n % 10]} ${String.fromCharCode(97 + (n % 26))}${n}`;
  return {
    externalId: `s${n}`,
    title: `About ${thing}`,
    messages: [
      { text: `How do I go about ${thing}?`, at: '2025-05-01T10:00:00Z' },
      { role: 'assistant', text: `Begin with a plan for ${thing}; then wait.`, at: '2025-05-01T10:01:00Z' },
      { text: `I am done with ${thing} now.`, at: '2025-05-01T10:02:00Z' },
    ],
  };
};

async function evaluating(space: UserSpace, all: readonly FilledConversation[]) {
  const ids = fillSpace(space, all);
  indexWords(space, ids);
  space.write((w) => {
    w.outbox.put(
      'embed',
      ids.map((_, i) => i + 1),
      0,
    );
    return null;
  });
  const embedder = letterEmbedder();
  const vectors = new VectorIndex(space, embedder);
  const service = new EmbeddingService({ space, embedder, vectors, clock: () => nowMs, wake: () => {} });
  while (service.pending() > 0) await service.step(new AbortController().signal);
  const retriever = new Retriever({ space, embedder, vectors, clock: () => nowMs });
  const evaluations = new SelfEvaluations({ space, retriever, clock: () => nowMs, wake: () => {} });
  const toTheEnd = async (asked: typeof StartSelfEvaluation._input = {}): Promise<SelfEvaluation> => {
    evaluations.start(StartSelfEvaluation.parse(asked));
    while (evaluations.pending() > 0) await evaluations.step(new AbortController().signal);
    return SelfEvaluation.parse(evaluations.shown());
  };
  return { ids, evaluations, toTheEnd };
}

describe('a self-evaluation', () => {
  it('finds each conversation by what else is said in it, says how often, and is the same each time', async () => {
    const { alice, bob } = twoSpaces();
    const { toTheEnd } = await evaluating(
      alice,
      Array.from({ length: 24 }, (_, n) => about(n)),
    );
    await evaluating(bob, [about(99)]);
    const result = await toTheEnd();
    expect(result).toMatchObject({ state: 'done', asked: 48, progress: { done: 24, of: 24 }, wordsAlone: 0 });
    expect(result.all?.tooFew).toBe(false);
    expect(result.all?.r1.mean).toBeGreaterThan(0.8);
    expect(result.all?.r10.low).toBeLessThanOrEqual(result.all?.r10.mean ?? 0);
    expect(Object.keys(result.by.kind ?? {}).sort()).toEqual(['first_message', 'title']);
    expect(Object.keys(result.by.source ?? {})).toEqual(['generic']);
    expect(await toTheEnd()).toEqual(result);
    const words = await toTheEnd({ without: ['meaning'] });
    expect(words.without).toEqual(['meaning']);
    expect(words.wordsAlone).toBe(0);
  });

  it('does not find a conversation by its first message or its title alone', async () => {
    const strangers = Array.from({ length: 14 }, (_, n): FilledConversation => {
      const own = about(n);
      const [first] = own.messages;
      // Nothing that is said later has to do with how it began.
      return {
        ...own,
        messages: [first, { role: 'assistant' as const, text: 'Yes.' }].flatMap((message) => message ?? []),
      };
    });
    const { toTheEnd, ids } = await evaluating(newSpace(), strangers);
    const { all, missed, asked } = await toTheEnd({ without: ['meaning'] });
    expect(asked).toBe(28);
    expect(all?.r10.mean).toBe(0);
    expect(missed).toHaveLength(20);
    expect(missed.every(({ conversationId }) => ids.includes(conversationId))).toBe(true);
  });

  it('says why it asks for some not at all, and that there were too few', async () => {
    const twin = (n: number): FilledConversation => ({ ...about(1), externalId: `twin${n}` });
    const { toTheEnd } = await evaluating(newSpace(), [
      about(0),
      twin(1),
      twin(2),
      { externalId: 'alone', title: 'A title that says much', messages: [{ text: 'Only this was ever said of it.' }] },
      {
        externalId: 'hm',
        title: 'Hm',
        messages: [{ text: 'Hm' }, { role: 'assistant', text: 'What about the ferry?' }],
      },
    ]);
    const { all, left, asked } = await toTheEnd();
    expect(left).toEqual({ short: 1, wordless: 1, ambiguous: 2 });
    expect(asked).toBe(2);
    expect(all?.tooFew).toBe(true);
    const none = await (await evaluating(newSpace(), [])).toTheEnd();
    expect(none).toMatchObject({ state: 'done', all: null, asked: 0 });
  });

  it('stops when it is told to, goes on telling what it found, and holds nothing of what was said', async () => {
    const { evaluations } = await evaluating(
      newSpace(),
      Array.from({ length: 12 }, (_, n) => about(n)),
    );
    expect(evaluations.shown().state).toBe('none');
    expect(evaluations.cancel().state).toBe('none');
    evaluations.start(StartSelfEvaluation.parse({}));
    for (let steps = 0; steps < 6; steps += 1) await evaluations.step(new AbortController().signal);
    expect(evaluations.shown()).toMatchObject({ state: 'running', asked: 5 });
    const stopped = evaluations.cancel();
    expect(stopped.state).toBe('cancelled');
    expect(evaluations.pending()).toBe(0);
    expect(stopped.all?.questions).toBe(5);
    for (const thing of things) expect(JSON.stringify(stopped)).not.toContain(thing);
  });

  it('of one that cannot go on says so', async () => {
    const space = newSpace();
    fillSpace(space, [about(1)]);
    space.write((w) => w.words.index([1]));
    const retriever = { retrieve: () => Promise.reject(new Error('broken')) };
    const evaluations = new SelfEvaluations({ space, retriever, clock: () => nowMs, wake: () => {} });
    evaluations.start(StartSelfEvaluation.parse({}));
    const signal = new AbortController().signal;
    await evaluations.step(signal);
    await expect(evaluations.step(signal)).rejects.toThrow('broken');
    expect(evaluations.shown().state).toBe('failed');
    expect(evaluations.pending()).toBe(0);
  });
});
