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
  const found = (terms: string[], items: SearchHit[], nowhere: string[] = []) =>
    wordsFound({ titles: [], terms, nowhere, items });
  const both = [hit(['blue']), hit(['glaze', 'blue'])];
  expect(found(['blue', 'glaze'], both)).toEqual({ together: true, nowhere: [] });
  expect(found(['blue', 'glaze'], [hit(['blue']), hit(['glaze'])])).toEqual({ together: false, nowhere: [] });
  expect(found(['blue', 'kiln'], [hit(['blue'])], ['kiln'])).toEqual({ together: false, nowhere: ['kiln'] });
  expect(found(['meant'], [hit([])], ['meant'])).toEqual({ together: false, nowhere: ['meant'] });
});

it('does not say of a word that it stands nowhere because no result on this page says it', () => {
  expect(wordsFound({ titles: [], terms: ['blue', 'kiln'], nowhere: [], items: [hit(['blue'])] })?.nowhere).toEqual([]);
});

it('counts a word in a title as found, but says of no message that it says it', () => {
  const titles = [{ conversation: {} as SearchHit['conversation'], at: null, terms: ['kiln'] }];
  expect(wordsFound({ titles, terms: ['blue', 'kiln'], nowhere: ['kiln'], items: [hit(['blue'])] })).toEqual({
    together: false,
    nowhere: [],
  });
});

it('says nothing where nothing was found, or nothing looked for by words', () => {
  expect(wordsFound({ titles: [], terms: ['blue'], nowhere: ['blue'], items: [] })).toBeNull();
  expect(wordsFound({ titles: [], terms: [], nowhere: [], items: [hit([])] })).toBeNull();
});

it('is only close in meaning where no result says a word of it, also where a title does', () => {
  expect(isOnlyMeant({ items: [hit([]), hit([])] })).toBe(true);
  expect(isOnlyMeant({ items: [hit([]), hit(['blue'])] })).toBe(false);
});
