/** Cut text loses nothing, and marks what it should. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markWords, plainStart, withoutCiteMarkers, withoutEmphasis } from './pieces.ts';

describe('pieces', () => {
  it('joins back into the text, whatever text and query are', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (text, query) => {
        expect(
          markWords(text, query)
            .map((piece) => piece.text)
            .join(''),
        ).toBe(text);
      }),
    );
  });

  it('takes the marks of Markdown off a quotation, and none of its words', () => {
    expect(withoutEmphasis('## Plan\nTry **one thing** with `npm test` first')).toBe(
      'Plan\nTry one thing with npm test first',
    );
    for (const plain of ['2 ** 3 ** 4', 'a * b * c', '#1 in the list', 'it is `', '** not bold **'])
      expect(withoutEmphasis(plain)).toBe(plain);
  });

  it('marks words where they begin, in any case', () => {
    expect(markWords('Deployment of redeploy', 'deploy').filter((piece) => piece.mark !== null)).toEqual([
      { text: 'Deploy', mark: 'Deploy' },
    ]);
  });

  it('takes out markers that no reader can use', () => {
    expect(withoutCiteMarkers('Paris.\uE200cite\uE202turn0search1\uE201 Yes 【12†source】.')).toBe('Paris. Yes.');
  });

  it('begins a note in plain words, cut where it is long', () => {
    expect(plainStart('# Glaze\n\nAsk **Rui** about [celadon](https://a.example).', 100)).toBe(
      'Glaze Ask Rui about celadon.',
    );
    expect(plainStart('x'.repeat(30), 10)).toBe(`${'x'.repeat(10)}…`);
  });
});
