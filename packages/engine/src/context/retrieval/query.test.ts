import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { twoSpaces } from '../../../../../test/kit/spaces.ts';
import { parseQuestion } from './query.ts';

const termsOf = (text: string) => parseQuestion(text).terms.map((term) => term.text);

describe('a question', () => {
  it('keeps what it is about', () => {
    expect(termsOf('When did Marta book the ferry to Peniche?')).toEqual(['marta', 'book', 'ferry', 'peniche']);
    expect(termsOf('What is it about?')).toEqual(['what', 'is', 'it', 'about']);
    expect(termsOf('Où est la crème brûlée?')).toContain('brûlée');
    expect(termsOf('我的护照号码')).toEqual(['我的', '护照', '号码']);
    expect(termsOf('?!…')).toEqual([]);
  });

  it('keeps a quoted phrase together beside its words', () => {
    expect(parseQuestion('who said "green tea" and “black  coffee”?').terms).toContainEqual({
      text: 'green tea',
      fts: '"green tea"',
    });
    expect(termsOf('who said “black  coffee”?')).toContain('black coffee');
  });

  it('reads ten thousand words and answers at once', () => {
    const many = Array.from({ length: 10_000 }, (_, i) => `word${i}`).join(' ');
    expect(termsOf(many).length).toBeLessThan(100);
    expect(termsOf('a'.repeat(1_000_000)).every((term) => term.length <= 64)).toBe(true);
  });

  it('is never a syntax error, whatever is asked', () => {
    const { alice } = twoSpaces();
    const hostile = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.string({ unit: 'grapheme', maxLength: 200 }),
      fc.constantFrom(
        'a OR b AND NOT c NEAR(d e, 3)',
        '"unbalanced',
        'text: x* ^y + "z" - {a b}',
        "'; DROP TABLE message; --",
        "ATTACH DATABASE '/etc/passwd' AS x",
        '\u0000"',
        'rank MATCH bm25(1)',
        '(((',
        '""""',
        '“„«',
      ),
    );
    alice.read((r) => {
      fc.assert(
        fc.property(hostile, (text) => {
          for (const term of parseQuestion(text).terms) {
            expect(r.words.frequency(term.fts)).toBe(0);
            expect(r.words.places(term.fts, 10)).toEqual([]);
          }
        }),
        { numRuns: 200 },
      );
      return null;
    });
  });
});
