import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Found, fuse } from './fuse.ts';
import { tuning } from './tuning.ts';

const score = fc.double({ min: 0, max: 50, noNaN: true });
const found = fc.uniqueArray(
  fc.record({
    messagePk: fc.integer({ min: 1, max: 500 }),
    place: fc.integer({ min: 0, max: 2 ** 40 }),
    words: fc.option(fc.record({ own: score, beside: score })),
    similarity: fc.option(fc.double({ min: -1, max: 1, noNaN: true })),
    spokenByNamed: fc.boolean(),
  }),
  { selector: ({ messagePk }) => messagePk, maxLength: 60 },
);
const human = (messagePk: number, rest: Partial<Found>): Found => ({
  messagePk,
  place: 1,
  words: null,
  similarity: null,
  spokenByNamed: false,
  ...rest,
});

describe('fusing', () => {
  it('adds up: what the arms added is the score, best first, each message once', () => {
    fc.assert(
      fc.property(found, (messages) => {
        const ranked = fuse(messages);
        for (const { score: total, words, neighbours, meaning, speaker } of ranked) {
          expect(words + neighbours + meaning + speaker).toBeCloseTo(total, 10);
          expect(total).toBeGreaterThan(0);
          expect(total).toBeLessThanOrEqual(1 + tuning.speaker + 1e-9);
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
        expect(fuse(shuffled)).toEqual(fuse(messages));
      }),
    );
  });

  it('never ranks a message lower for a better word score', () => {
    fc.assert(
      fc.property(found, score, (messages, more) => {
        const [first] = messages;
        if (first === undefined) return;
        const place = (list: readonly Found[]) => {
          const at = fuse(list).findIndex(({ messagePk }) => messagePk === first.messagePk);
          return at === -1 ? Number.POSITIVE_INFINITY : at;
        };
        const raised = { ...first, words: { own: (first.words?.own ?? 0) + more, beside: first.words?.beside ?? 0 } };
        expect(place([raised, ...messages.slice(1)])).toBeLessThanOrEqual(place(messages));
      }),
    );
  });

  it('lets unrelated vectors change nothing', () => {
    const words = [human(1, { words: { own: 3, beside: 0 } }), human(2, { words: { own: 2, beside: 0 } })];
    const order = fuse([...words.map((w) => ({ ...w, similarity: 0.05 })), human(3, { similarity: 0.1 })]);
    expect(order.map(({ messagePk }) => messagePk)).toEqual([1, 2]);
  });
});
