/** What is likely asked next, as a formula: properties that hold whatever speaks for whatever. */
import { foresightSignals } from '@vivim/contract/presence';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { outcomeOf } from './outcome.ts';
import { type Evidence, fading, keyOf, leastScore, mostPredicted, predict, rhythmStrength } from './predict.ts';

const evidence: fc.Arbitrary<Evidence> = fc.record({
  kind: fc.constantFrom('topic', 'entity', 'conversation'),
  id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
  signal: fc.constantFrom(...foresightSignals),
  strength: fc.double({ min: -1, max: 2, noNaN: true }),
});
const all = fc.array(evidence, { maxLength: 40 });
const everything = Number.POSITIVE_INFINITY;

describe('a prediction', () => {
  it('is a chance with reasons, of the likeliest so many, each subject once', () => {
    fc.assert(
      fc.property(all, (told) => {
        const predicted = predict(told);
        expect(predicted.length).toBeLessThanOrEqual(mostPredicted);
        expect(new Set(predicted.map(keyOf)).size).toBe(predicted.length);
        for (const { score, why } of predicted) {
          expect(score).toBeGreaterThanOrEqual(leastScore);
          expect(score).toBeLessThan(1);
          expect(why.length).toBeGreaterThan(0);
        }
        const scores = predicted.map(({ score }) => score);
        expect(scores).toEqual(scores.toSorted((a, b) => b - a));
        const [first] = predicted;
        const known = new Set(told.map(keyOf));
        expect(first === undefined || known.has(keyOf(first))).toBe(true);
      }),
    );
  });

  it('is the same in whatever order things are told, and however often', () => {
    fc.assert(
      fc.property(all, (told) => {
        expect(predict([...told].reverse().concat(told))).toEqual(predict(told));
      }),
    );
  });

  it('never becomes less likely by more that speaks for it', () => {
    fc.assert(
      fc.property(all, evidence, (told, more) => {
        const scoreOf = (from: readonly Evidence[], key: string): number =>
          predict(from, everything).find((each) => keyOf(each) === key)?.score ?? 0;
        for (const key of new Set(told.map(keyOf)))
          expect(scoreOf([...told, more], key)).toBeGreaterThanOrEqual(scoreOf(told, key));
      }),
    );
  });

  it('is none where nothing speaks for anything', () => {
    expect(predict([])).toEqual([]);
    expect(predict([{ kind: 'topic', id: 'a', signal: 'open', strength: 0 }])).toEqual([]);
  });
});

describe('what speaks for a subject', () => {
  it('fades by half its life, and a clock that went back makes nothing more than new', () => {
    expect(fading(0, 1_000)).toBe(1);
    expect(fading(1_000, 1_000)).toBe(0.5);
    expect(fading(-5_000_000, 1_000)).toBe(1);
  });

  it('is the hour where much is said at it, and not where it is said at any', () => {
    const always = new Array<number>(24).fill(10);
    const mornings = always.map((_, hour) => (hour === 8 ? 100 : 0));
    expect(rhythmStrength(always, 8)).toBe(0);
    expect([rhythmStrength(mornings, 8), rhythmStrength(mornings, 9), rhythmStrength(mornings, 20)]).toEqual([1, 1, 0]);
    const midnight = always.map((_, hour) => (hour === 23 ? 100 : 0));
    expect(rhythmStrength(midnight, 0)).toBe(1);
    expect(
      rhythmStrength(
        always.map((_, hour) => (hour === 8 ? 3 : 0)),
        8,
      ),
    ).toBe(0);
  });
});

describe('a prediction held against a question', () => {
  it('is a hit, a miss or no prediction, and never more right than predicted', () => {
    fc.assert(
      fc.property(all, fc.array(evidence, { maxLength: 6 }), (told, asked) => {
        const predicted = predict(told);
        const { result, subjects, foreseen, signals } = outcomeOf(predicted, asked);
        const right = predicted.filter((each) => asked.some((one) => keyOf(one) === keyOf(each))).length;
        expect(result).toBe(predicted.length === 0 ? 'unpredicted' : right > 0 ? 'hits' : 'misses');
        expect([foreseen, subjects]).toEqual([right, new Set(asked.map(keyOf)).size]);
        const sum = (of: 'predicted' | 'right'): number =>
          Object.values(signals).reduce((total, each) => total + each[of], 0);
        expect([sum('predicted'), sum('right')]).toEqual([predicted.length, right]);
      }),
    );
  });
});
