import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { slotOf } from '../../space/place.ts';
import { type AskedFor, type Found, Fusion } from './fuse.ts';
import { tuning } from './tuning.ts';

/** A message as the arms found it, meaning among them. */
interface Told extends Found {
  /** Cosine with the question; null where it was not compared. */
  readonly similarity: number | null;
}

const fusion = (messages: readonly Told[], asked: AskedFor) => ({
  of: new Fusion(messages, asked),
  similarities: new Map(
    messages.flatMap(({ messagePk, similarity }) => (similarity === null ? [] : [[messagePk, similarity] as const])),
  ),
});
function fuse(messages: readonly Told[], asked: AskedFor) {
  const { of, similarities } = fusion(messages, asked);
  return of.ranking(similarities).slice();
}

const score = fc.double({ min: 0, max: 50, noNaN: true });
const found = fc
  .uniqueArray(
    fc.record({
      messagePk: fc.integer({ min: 1, max: 500 }),
      place: fc.integer({ min: 0, max: 2 ** 40 }),
      words: fc.option(fc.record({ own: score, beside: score, ownTerms: fc.subarray([0, 1]) })),
      similarity: fc.option(fc.double({ min: -1, max: 1, noNaN: true })),
      spokenByNamed: fc.boolean(),
      timely: fc.double({ min: 0, max: 1, noNaN: true }),
      saidMs: fc.option(fc.integer({ min: 0, max: 40 * 86_400_000 })),
      naming: fc.double({ min: 0, max: 1, noNaN: true }),
      remembered: fc.constantFrom('about' as const, 'says' as const, null),
    }),
    { selector: ({ messagePk }) => messagePk, maxLength: 60 },
    // A place is one message's.
  )
  .map((all) => [...new Map(all.map((message) => [slotOf(message.place), message])).values()]);
const plain: AskedFor = { answer: false, answers: false, allWords: 0, terms: 2 };
const asked = fc.record({ answer: fc.boolean(), answers: fc.boolean(), allWords: score, terms: fc.constant(2) });
/** The score of one word of two that it says itself. */
const saying = (own: number): Found['words'] => ({ own, beside: 0, ownTerms: [0] });
const human = (messagePk: number, rest: Partial<Told>): Told => ({
  messagePk,
  place: 1,
  words: null,
  similarity: null,
  spokenByNamed: false,
  timely: 0,
  saidMs: null,
  naming: 0,
  remembered: null,
  ...rest,
});

describe('fusing', () => {
  it('goes on behind any message as it gives all', () => {
    fc.assert(
      fc.property(found, asked, fc.nat(60), (messages, wanted, at) => {
        const { of, similarities } = fusion(messages, wanted);
        const all = of.ranking(similarities).slice();
        const behind = all[at % Math.max(1, all.length)];
        const rest = of.ranking(similarities, behind).slice();
        expect(rest).toEqual(behind === undefined ? [] : all.slice(all.indexOf(behind) + 1));
      }),
    );
  });

  it('gives the first few as it gives all', () => {
    fc.assert(
      fc.property(found, asked, fc.integer({ min: 1, max: 8 }), (messages, wanted, count) => {
        const { of, similarities } = fusion(messages, wanted);
        expect(of.first(similarities, count)).toEqual(of.ranking(similarities).slice(0, count));
      }),
    );
  });

  it('adds up: what the arms added is the score, best first, each message once', () => {
    fc.assert(
      fc.property(found, asked, (messages, wanted) => {
        const ranked = fuse(messages, wanted);
        const bonuses = tuning.speaker + tuning.time + tuning.recency.most + tuning.entity + tuning.memory.says;
        for (const { messagePk, score: total, ...added } of ranked) {
          expect(Object.values(added).reduce((sum, one) => sum + one, 0)).toBeCloseTo(total, 10);
          expect(total).toBeGreaterThan(0);
          if (!wanted.answer && !wanted.answers) expect(total - added.meaning).toBeLessThanOrEqual(1 + bonuses + 1e-9);
        }
        expect(ranked.map((r) => r.score)).toEqual(ranked.map((r) => r.score).sort((a, b) => b - a));
        expect(new Set(ranked.map((r) => r.messagePk)).size).toBe(ranked.length);
      }),
    );
  });

  it('does not depend on the order in which arms found things', () => {
    fc.assert(
      fc.property(found, fc.integer(), (messages, seed) => {
        const shuffled = [...messages].sort((a, b) => ((a.messagePk * seed) % 101) - ((b.messagePk * seed) % 101));
        expect(fuse(shuffled, plain)).toEqual(fuse(messages, plain));
      }),
    );
  });

  it('never ranks a message lower for a better word score, whatever it asks but how things are now', () => {
    fc.assert(
      fc.property(found, score, (all, more) => {
        const messages = all.map((message) => ({ ...message, saidMs: null }));
        const [first] = messages;
        if (first === undefined) return;
        const place = (list: readonly Told[]) => {
          const at = fuse(list, plain).findIndex(({ messagePk }) => messagePk === first.messagePk);
          return at === -1 ? Number.POSITIVE_INFINITY : at;
        };
        const { own, beside, ownTerms } = first.words ?? { own: 0, beside: 0, ownTerms: [] };
        const raised = { ...first, words: { own: own + more, beside, ownTerms } };
        expect(place([raised, ...messages.slice(1)])).toBeLessThanOrEqual(place(messages));
      }),
    );
  });

  const answered = 2 ** 20;
  it('lifts what answers a question that was found, where the question asks for answers', () => {
    const first = human(1, { place: answered * 64 + 1, words: saying(3) });
    const answer = human(2, { place: (answered + 1) * 64, words: saying(0.1) });
    const other = human(3, { place: (answered + 90) * 64 + 1, words: saying(1) });
    const order = (asks: boolean) =>
      fuse([first, answer, other], { ...plain, answer: asks }).map(({ messagePk }) => messagePk);
    expect(order(false)).toEqual([1, 3, 2]);
    expect(order(true).indexOf(2)).toBeLessThan(order(true).indexOf(3));
  });

  it('lets a time that is named lift what was found, and find nothing by itself', () => {
    const found = [human(1, { words: saying(3) }), human(2, { place: 65, words: saying(2.5), timely: 1 })];
    const ranked = fuse([...found, human(3, { place: 129, timely: 1 })], plain);
    expect(ranked.map(({ messagePk }) => messagePk)).toEqual([2, 1]);
  });

  it('lifts what was said last of what answers, where it is asked how things are now', () => {
    const day = 86_400_000;
    const said = (messagePk: number, own: number, saidMs: number | null) =>
      human(messagePk, { place: 64 * messagePk + 1, words: saying(own), saidMs });
    const order = (...found: Told[]) => fuse(found, plain).map(({ messagePk }) => messagePk);
    // The third says little of what is asked, however new it is.
    expect(order(said(1, 3, day), said(2, 2.8, 9 * day), said(3, 0.5, 99 * day))).toEqual([2, 1, 3]);
    expect(order(said(1, 3, null), said(2, 2.8, null), said(3, 0.5, null))).toEqual([1, 2, 3]);
    // What was said on one day is as new.
    expect(order(said(1, 3, day + 1), said(2, 2.8, day + 2))).toEqual([1, 2]);
    const [, second, first] = fuse([said(1, 3, day), said(2, 3, 2 * day), said(3, 3, 3 * day)], plain).reverse();
    expect(first?.recency).toBeCloseTo(2 * (second?.recency ?? 0));
  });

  it('lets unrelated vectors change nothing', () => {
    const words = [human(1, { words: saying(3) }), human(2, { words: saying(2) })];
    const order = fuse([...words.map((w) => ({ ...w, similarity: 0.05 })), human(3, { similarity: 0.1 })], plain);
    expect(order.map(({ messagePk }) => messagePk)).toEqual([1, 2]);
  });

  it('lifts nothing by the words beside it above what says every word, and keeps what else it was found by', () => {
    const says = human(1, { place: 64, words: { own: 1, beside: 0, ownTerms: [0, 1] }, similarity: 0.5 });
    const beside = (rest: Partial<Told>) =>
      human(2, { place: 129, words: { own: 0, beside: 3, ownTerms: [] }, ...rest });
    const [first, second] = fuse([says, beside({})], plain);
    expect([first?.messagePk, second?.messagePk]).toEqual([1, 2]);
    expect(second?.neighbours).toBeGreaterThan(0);
    // One word of two is not what was asked for.
    const half: Told = { ...says, words: saying(1) };
    expect(fuse([half, beside({})], plain)[0]?.messagePk).toBe(2);
    // By meaning, or by who said it, it may stand first.
    expect(fuse([says, beside({ similarity: 0.9, spokenByNamed: true })], plain)[0]).toMatchObject({
      messagePk: 2,
      neighbours: 0,
    });
  });

  it('finds nothing by a meaning that is not close, where something says every word; what else finds it, finds it still', () => {
    const says = human(1, { words: { own: 3, beside: 0, ownTerms: [0, 1] }, similarity: 0.5 });
    const far = human(2, { place: 64 * 90 + 1, similarity: tuning.close - 0.02 });
    const found = (...messages: Told[]) => fuse(messages, plain).map(({ messagePk }) => messagePk);
    expect(found(says, far)).toEqual([1]);
    expect(found(says, { ...far, similarity: tuning.close + 0.02 })).toEqual([1, 2]);
    expect(found(says, { ...far, spokenByNamed: true })).toEqual([1, 2]);
    expect(found({ ...says, words: saying(3) }, far)).toEqual([1, 2]);
    expect(fuse([says, far], { ...plain, terms: 0 })).toHaveLength(2);
  });

  it('lets meaning count for less where the question is in letters the embedder was not made for', () => {
    const near = human(1, { similarity: 0.9 });
    const [own, foreign] = [false, true].map((is) => fuse([near], { ...plain, foreign: is })[0]?.score ?? 0);
    expect(foreign).toBeCloseTo((own ?? 0) * tuning.foreignMeaning);
  });

  it('lets what models answer rise a little behind what was found', () => {
    const answer = human(2, { place: (answered + 1) * 64, words: saying(1) });
    const other = human(3, { place: (answered + 90) * 64 + 1, words: saying(1.2) });
    const first = human(1, { place: answered * 64 + 1, words: saying(3) });
    const order = (answers: boolean) =>
      fuse([first, answer, other], { ...plain, answers }).map(({ messagePk }) => messagePk);
    expect(order(false)).toEqual([1, 3, 2]);
    expect(order(true)).toEqual([1, 2, 3]);
  });

  it('lets words that are few of those asked for count less than meaning', () => {
    const word = human(1, { words: saying(1) });
    const close = human(2, { place: 129, similarity: 0.6 });
    const order = (allWords: number) => fuse([word, close], { ...plain, allWords }).map(({ messagePk }) => messagePk);
    expect(order(1)).toEqual([1, 2]);
    expect(order(10)).toEqual([2, 1]);
  });

  it('lifts what names an entity of the question, the rarer the more, and what a memory stands on; neither finds by itself', () => {
    const words = saying(1);
    const ranked = fuse(
      [
        human(1, { words }),
        human(2, { place: 65, words, naming: 0.2 }),
        human(3, { place: 129, words, naming: 0.9 }),
        human(4, { place: 193, words, remembered: 'about' }),
        human(5, { place: 257, naming: 1, remembered: 'about' }),
      ],
      plain,
    );
    expect(ranked.map(({ messagePk }) => messagePk)).toEqual([3, 4, 2, 1]);
  });
});
