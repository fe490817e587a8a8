import { expect, it } from 'vitest';
import { TermCounts } from './term-counts.ts';

const wordsOf = (frequency: number) => {
  const counted: string[] = [];
  return {
    counted,
    corpus: () => ({ messages: 10, averageWords: 5 }),
    places: () => [1, 2],
    atSlots: () => [],
    beginning: () => [],
    frequency: (term: string) => {
      counted.push(term);
      return frequency;
    },
  };
};

it('a term is counted once, and anew when something was written', () => {
  const counts = new TermCounts();
  const before = wordsOf(3);
  expect(counts.over(before, 7).frequency('"pottery"')).toBe(3);
  expect(counts.over(before, 7).frequency('"pottery"')).toBe(3);
  expect(before.counted).toEqual(['"pottery"']);
  const after = wordsOf(4);
  expect(counts.over(after, 8).frequency('"pottery"')).toBe(4);
  expect(after.counted).toEqual(['"pottery"']);
});

it('no more terms are remembered than there is room for', () => {
  const counts = new TermCounts();
  const words = wordsOf(1);
  for (let i = 0; i < 1_100; i++) counts.over(words, 1).frequency(`"${i}"`);
  counts.over(words, 1).frequency('"0"');
  expect(words.counted.filter((term) => term === '"0"')).toHaveLength(2);
});
