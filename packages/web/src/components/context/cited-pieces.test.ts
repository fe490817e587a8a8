/** The marks of a bundle are found where its format puts them; a text loses nothing, whatever it is. */
import { bundleFormats } from '@vivim/contract/recipe-words';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { citedPieces } from './cited-pieces.ts';

const marks = (text: string, format: Parameters<typeof citedPieces>[1], lines: number) =>
  citedPieces(text, format, lines).flatMap(({ mark }) => mark ?? []);

describe('the marks of a bundle', () => {
  it.each([
    ['markdown', '# Context\n- [1] see [2] and [10]\n  > - [2] no\n- [2] yes\n## Message\n- [3] mine', 2],
    ['xml', '<q ref="[1]">see [2]</q>\n<q ref="[2]" by="x">ref=[1]</q>', 2],
    ['json', '{"ref":"[1]","text":"[2]"},\n{"ref":"[2]","text":"\\"ref\\":\\"[3]\\""}', 2],
    ['messages', '[{"role":"user","content":"\\n- [1] a [2]\\n- [2] b"},\n{"role":"user","content":"[3] c"}]', 3],
  ] as const)('of %s are found where they stand, each once', (format, text, lines) => {
    expect(marks(text, format, lines)).toEqual(Array.from({ length: lines }, (_, i) => String(i + 1)));
    expect(
      citedPieces(text, format, lines)
        .map((piece) => piece.text)
        .join(''),
    ).toBe(text);
  });

  it('lose nothing of any text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.constantFrom(...bundleFormats),
        fc.nat(5),
        (text, format, lines) => {
          const pieces = citedPieces(text, format, lines);
          expect(pieces.map((piece) => piece.text).join('')).toBe(text);
        },
      ),
    );
  });
});
