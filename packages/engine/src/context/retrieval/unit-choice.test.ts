import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LocatedAcu } from '../../space/located-acu.ts';
import { unitChooser, wordScorer } from './unit-choice.ts';

const unit = (pk: number, text: string, quality = 0.5): LocatedAcu => ({ acu: { pk, text, quality } }) as LocatedAcu;
const units = [
  unit(1, 'Thanks for asking!'),
  unit(2, 'We are planning the hike along the coast.'),
  unit(3, 'The ferry to Peniche leaves at nine.'),
];
const chosen = (words: Record<string, number>, most = 1) =>
  unitChooser(Object.entries(words).map(([word, weight]) => ({ word, weight })))(units, most).map(
    ({ unit: { acu } }) => acu.pk,
  );

describe('the unit of a message that is shown', () => {
  it('is the one that says what was asked for, in whatever form', () => {
    expect(chosen({ plans: 2 })).toEqual([2]);
    expect(chosen({ hiking: 2, ferry: 1 })).toEqual([2]);
    expect(chosen({ hike: 1, ferries: 2 })).toEqual([3]);
  });

  it('comes with the next best where more are wanted, never more than there are', () => {
    expect(chosen({ ferry: 2, coast: 1 }, 2)).toEqual([3, 2]);
    expect(chosen({ ferry: 2 }, 9)).toHaveLength(3);
  });

  it('is told the same whether other letters stand beside plain ones or none', () => {
    const word = fc.constantFrom(
      'plan',
      'Planning',
      'ferry',
      'Ferries',
      'c++',
      '3.5',
      'hike',
      'cafe',
      'naive',
      '“coast”',
      'x',
    );
    const text = fc.array(fc.tuple(word, fc.constantFrom(' ', '-', '', '. ', ' – ')), { maxLength: 12 });
    fc.assert(
      fc.property(fc.array(word, { maxLength: 5 }), text, (asked, said) => {
        const score = wordScorer(asked.map((each, ix) => ({ word: each, weight: ix + 1 })));
        const plain = said.flat().join('');
        expect(score(plain)).toBe(score(`${plain} ß`));
      }),
    );
  });

  it('is of the best quality where no word tells', () => {
    const choose = unitChooser([]);
    expect(choose([unit(1, 'Hm.', 0.1), unit(2, 'It rained all of May.', 0.8)], 1)[0]?.unit.acu.pk).toBe(2);
    expect(choose([], 1)).toEqual([]);
  });
});
