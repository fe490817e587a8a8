import { expect, it } from 'vitest';
import type { SearchHit } from './search.ts';
import { wordsFound } from './words-found.ts';

const hit = (words: readonly string[]): SearchHit =>
  ({
    reasons: [
      { arm: 'meaning', score: 0.2, detail: '', terms: ['meant'] },
      ...(words.length === 0 ? [] : [{ arm: 'words' as const, score: 0.5, detail: '', terms: [...words] }]),
    ],
  }) as SearchHit;

it('tells words that stand together, apart and nowhere', () => {
  expect(wordsFound({ terms: ['blue', 'glaze'], items: [hit(['blue']), hit(['glaze', 'blue'])] })).toEqual({
    together: true,
    nowhere: [],
  });
  expect(wordsFound({ terms: ['blue', 'glaze'], items: [hit(['blue']), hit(['glaze'])] })).toEqual({
    together: false,
    nowhere: [],
  });
  expect(wordsFound({ terms: ['blue', 'kiln'], items: [hit(['blue'])] })).toEqual({
    together: false,
    nowhere: ['kiln'],
  });
  expect(wordsFound({ terms: ['meant'], items: [hit([])] })).toEqual({ together: false, nowhere: ['meant'] });
});

it('says nothing where nothing was found, or nothing looked for by words', () => {
  expect(wordsFound({ terms: ['blue'], items: [] })).toBeNull();
  expect(wordsFound({ terms: [], items: [hit([])] })).toBeNull();
});
