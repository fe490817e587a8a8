/** Cut text loses nothing, and marks what it should. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markWords, plainStart, withoutCiteMarkers } from './pieces.ts';

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
