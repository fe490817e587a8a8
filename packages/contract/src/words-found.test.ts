import { expect, it } from 'vitest';
import type { SearchHit } from './search.ts';
import { isOnlyMeant, wordsFound } from './words-found.ts';

const hit = (words: readonly string[]): SearchHit =>
  ({
    reasons: [
      { arm: 'meaning', score: 0.2, detail: '', terms: ['meant'] },
      ...(words.length === 0 ? [] : [{ arm: 'words' as const, score: 0.5, detail: '', terms: [...words] }]),
    ],
  }) as SearchHit;

it('tells words that stand together, apart and nowhere', () => {
  expect(wordsFound({ titles: [], terms: ['blue', 'glaze'], items: [hit(['blue']), hit(['glaze', 'blue'])] })).toEqual({
    together: true,
    nowhere: [],
  });
  expect(wordsFound({ titles: [], terms: ['blue', 'glaze'], items: [hit(['blue']), hit(['glaze'])] })).toEqual({
    together: false,
    nowhere: [],
  });
  expect(wordsFound({ titles: [], terms: ['blue', 'kiln'], items: [hit(['blue'])] })).toEqual({
    together: false,
    nowhere: ['kiln'],
  });
  expect(wordsFound({ titles: [], terms: ['meant'], items: [hit([])] })).toEqual({
    together: false,
    nowhere: ['meant'],
  });
});

it('counts a word in a title as found, but says of no message that it says it', () => {
  const titles = [{ conversation: {} as SearchHit['conversation'], at: null, terms: ['kiln'] }];
  expect(wordsFound({ titles, terms: ['blue', 'kiln'], items: [hit(['blue'])] })).toEqual({
    together: false,
    nowhere: [],
  });
});

it('says nothing where nothing was found, or nothing looked for by words', () => {
  expect(wordsFound({ titles: [], terms: ['blue'], items: [] })).toBeNull();
  expect(wordsFound({ titles: [], terms: [], items: [hit([])] })).toBeNull();
});

it('is only close in meaning where no result says a word of it, also where a title does', () => {
  expect(isOnlyMeant({ items: [hit([]), hit([])] })).toBe(true);
  expect(isOnlyMeant({ items: [hit([]), hit(['blue'])] })).toBe(false);
});
