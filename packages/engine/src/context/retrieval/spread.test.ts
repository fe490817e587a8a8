import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conversationOfSlot, isHuman, placesPerConversation, slotOf, wordsAt } from '../../space/place.ts';
import { nthValue } from './nth-value.ts';
import { spread, type TermPlaces } from './spread.ts';
import { tuning } from './tuning.ts';

const place = (conversation: number, order: number, step = 4, human = 1) =>
  ((conversation * placesPerConversation + order) * 32 + step) * 2 + human;
const corpus = { messages: 1_000, averageWords: 30 };
const scores = (terms: TermPlaces[], pool = Number.POSITIVE_INFINITY, at = (slot: number) => slot * 64 + 9) => {
  const found = spread(terms, corpus, pool);
  return new Map(
    found.slots.map((slot, i) => {
      const own = terms.flatMap((term) => term.places).find((p) => slotOf(p) === slot) ?? at(slot);
      return [slot, found.scoreAt(i, own)];
    }),
  );
};
const term = (places: number[], frequency = places.length): TermPlaces => ({ term: 'x', frequency, places });

describe('words spread to neighbours', () => {
  it('count most where they stand, less beside, and nothing in another conversation', () => {
    const found = scores([term([place(7, 3), place(8, 0)])]);
    const total = (conversation: number, order: number) => {
      const score = found.get(conversation * placesPerConversation + order);
      return score === undefined ? 0 : score.own + score.beside;
    };
    expect(total(7, 3)).toBeGreaterThan(total(7, 4));
    expect(total(7, 4)).toBeGreaterThan(total(7, 5));
    expect(total(7, 4)).toBe(total(7, 2));
    expect(total(7, 5)).toBeGreaterThan(0);
    expect(total(7, 3 + tuning.besides.length + 1)).toBe(0);
    expect(total(7, placesPerConversation - 1)).toBe(0);
  });

  it('count once, where they count most', () => {
    const alone = scores([term([place(1, 5)], 3)]);
    const crowd = scores([term([place(1, 4), place(1, 5), place(1, 6)])]);
    const slot = placesPerConversation + 5;
    expect(crowd.get(slot)).toEqual(alone.get(slot));
  });

  it('weigh a person’s own words more and a long message less', () => {
    const own = (step: number, human: number) =>
      scores([term([place(1, 5, step, human)])]).get(placesPerConversation + 5)?.own ?? 0;
    expect(own(4, 1)).toBeCloseTo(own(4, 0) * tuning.humanWords);
    expect(own(4, 1)).toBeGreaterThan(own(16, 1));
  });

  it('count less behind a model’s answer than before it, and the same around what a person said', () => {
    const beside = (human: number, order: number) =>
      scores([term([place(1, 5, 4, human)])]).get(placesPerConversation + order)?.beside ?? 0;
    expect(beside(0, 6)).toBeLessThan(beside(0, 4));
    expect(beside(1, 6)).toBe(beside(1, 4));
    expect(beside(1, 4)).toBe(beside(0, 4));
  });

  it('prefers the rarer word', () => {
    const both = scores([term([place(1, 5)], 1), term([place(2, 5)], 500)]);
    expect(both.get(placesPerConversation + 5)?.own).toBeGreaterThan(both.get(2 * placesPerConversation + 5)?.own ?? 0);
  });

  const anyPlace = fc
    .tuple(
      fc.integer({ min: 0, max: 3 }),
      fc.integer({ min: 0, max: 30 }),
      fc.integer({ min: 0, max: 31 }),
      fc.integer({ min: 0, max: 1 }),
    )
    .map(([c, o, s, h]) => place(c, o, s, h));
  /** One place for each slot, as the index has it. */
  const anyTerms = fc
    .uniqueArray(anyPlace, { selector: slotOf, maxLength: 40 })
    .chain((all) => fc.array(fc.subarray(all), { minLength: 1, maxLength: 4 }))
    .map((terms) => terms.map((places) => term([...places].sort((a, b) => a - b))));

  it('agree with the definition', () => {
    fc.assert(
      fc.property(anyTerms, (terms) => {
        for (const [slot, score] of scores(terms)) {
          const all = terms.flatMap(({ places }) => places);
          const here = all.find((p) => slotOf(p) === slot) ?? slot * 64 + 9;
          let expected = 0;
          for (const { places, frequency } of terms) {
            let worth = 0;
            for (const p of places) {
              const away = Math.abs(slotOf(p) - slot);
              if (conversationOfSlot(slotOf(p)) !== conversationOfSlot(slot)) continue;
              const rarity = Math.log(1 + (corpus.messages - frequency + 0.5) / (frequency + 0.5));
              const { k1, b } = tuning.bm25;
              const alone = (rarity * (k1 + 1)) / (1 + k1 * (1 - b + (b * wordsAt(p)) / corpus.averageWords));
              const behindAnswer = slotOf(p) < slot && !isHuman(p);
              const besides = behindAnswer ? tuning.behindAnswer : tuning.besides;
              const lean = tuning.standsAloneAt / (tuning.standsAloneAt + wordsAt(here));
              worth = Math.max(worth, away === 0 ? alone : alone * lean * (besides[away - 1] ?? 0));
            }
            expected += worth;
          }
          expect(score.own + score.beside).toBeCloseTo(expected * (isHuman(here) ? tuning.humanWords : 1), 8);
        }
      }),
    );
  });

  it('are looked up where a term stands before where one only stands beside: there may be nothing', () => {
    // 30 messages, each alone in its conversation, hold both terms; one more holds one of them.
    const daily = Array.from({ length: 30 }, (_, n) => place(n, 0));
    const rule = place(40, 0);
    const found = scores(
      [
        { term: 'deploy', frequency: 30, places: daily },
        { term: 'billing', frequency: 31, places: [...daily, rule] },
      ],
      40,
    );
    expect(found.has(slotOf(rule))).toBe(true);
  });

  it('score the same in a small pool as in a large one', () => {
    fc.assert(
      fc.property(anyTerms, fc.integer({ min: 1, max: 20 }), (terms, pool) => {
        const all = scores(terms);
        const some = scores(terms, pool);
        expect(some.size).toBeGreaterThanOrEqual(Math.min(pool, all.size));
        for (const [slot, score] of some) expect(score).toEqual(all.get(slot));
      }),
    );
  });

  it('keep what stands in a message before what only stands beside it', () => {
    const matches = Array.from({ length: 50 }, (_, i) => place(i, 10));
    const kept = spread([term(matches)], corpus, 50).slots;
    expect([...kept]).toEqual(matches.map(slotOf));
  });
});

it('a value is found at its place without sorting', () => {
  // No -0, as no score is one: `sort` tells it from 0, `<` does not.
  const value = fc.double({ noNaN: true }).map((double) => double + 0);
  const some = fc.array(fc.oneof(fc.integer({ min: 0, max: 5 }), value), {
    minLength: 1,
    maxLength: 200,
  });
  fc.assert(
    fc.property(some, fc.nat(), (values, seed) => {
      const nth = seed % values.length;
      expect(nthValue(Float64Array.from(values), nth)).toBe(Float64Array.from(values).sort()[nth]);
    }),
  );
});
