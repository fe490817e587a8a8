import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fillSpace } from '../../../../test/kit/fill-space.ts';
import { twoSpaces } from '../../../../test/kit/spaces.ts';
import { questionWords } from '../space/words/question-words.ts';
import { TitleIndex } from './title-index.ts';

/** Words that begin like others, and none that is a form of another. */
const word = fc.constantFrom<string[]>('kettle', 'kettledrum', 'garden', 'piano', 'pianoforte', 'loaf', 'loam');
const words = (most: number) => fc.uniqueArray(word, { minLength: 1, maxLength: most });
const limit = 3;

it('titles are found as they would be one by one, in each of two spaces', () => {
  fc.assert(
    fc.property(
      fc.array(words(4), { maxLength: 8 }),
      fc.array(words(4), { maxLength: 4 }),
      words(4),
      (alices, bobs, asked) => {
        const { alice, bob } = twoSpaces();
        for (const [space, titles] of [
          [alice, alices],
          [bob, bobs],
        ] as const) {
          fillSpace(
            space,
            titles.map((title, i) => ({
              externalId: `c${i}`,
              title: title.join(' '),
              messages: [{ text: 'Said.', at: `2025-05-${10 + i}` }],
            })),
          );
          const holders = (one: string) => titles.filter((title) => title.includes(one)).length;
          const newestFirst = titles.toReversed();
          const expected = newestFirst
            .map((title) => ({ title: title.join(' '), terms: asked.filter((one) => title.includes(one)) }))
            .filter(({ terms }) => terms.length > 0)
            .filter(({ terms }) => 2 * terms.length >= asked.length || terms.some((one) => holders(one) <= limit))
            .toSorted((a, b) => b.terms.length - a.terms.length)
            .slice(0, limit);
          const found = new TitleIndex(space).holding(questionWords(asked.join(' ')), limit);
          expect(found.map(({ conversation, terms }) => ({ title: conversation.title, terms }))).toEqual(expected);
        }
      },
    ),
    { numRuns: 25 },
  );
});
