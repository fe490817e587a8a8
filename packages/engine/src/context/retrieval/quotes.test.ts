import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isQuestion } from './asks.ts';
import { aroundQuotes, quotesIn } from './quotes.ts';

describe('what a text quotes', () => {
  it.each([
    ['the book "Salt and Cedar" again', ['Salt and Cedar']],
    ['„Salz und Zeder“ und «Sel et cèdre»', ['Salz und Zeder', 'Sel et cèdre']],
    ["Who wrote 'Salt and Cedar'?", ['Salt and Cedar']],
    ["In ‘The Keeper's Atlas’, who", ["The Keeper's Atlas"]],
    ["In 'The Keeper’s Atlas', who", ['The Keeper’s Atlas']],
    ['*Salt and Cedar*, **Fog Signals**', ['Salt and Cedar', 'Fog Signals']],
    ['『塩と杉』を読んだ', ['塩と杉']],
    ["the boys' and girls' clubs", []],
    ["don't, won't and can't", []],
    ["rock 'n' roll of the '90s and '80s", []],
    ['3 * 4 * 5 and a*b*c', []],
    ['ferment* jar*', []],
    ['5" pipes', []],
  ])('of %s', (text, quotes) => expect(quotesIn(text)).toEqual(quotes));

  it('is read of any text at once, and nothing of it is left around it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        for (const quote of quotesIn(text)) expect(text).toContain(quote);
        expect(aroundQuotes(text).length).toBeLessThanOrEqual(text.length + 1);
      }),
    );
    expect(quotesIn(`${" 'a ".repeat(3_000)}`)).toEqual([]);
  });
});

describe('a question', () => {
  it.each([
    'ferry to Peniche?',
    'Who booked it',
    'wann fährt die Fähre',
    'où est la clé',
    '¿cuándo vamos?',
    'quando parte a balsa',
    'где мои ключи',
    '鍵はどこ',
    '钥匙在哪里',
    '열쇠 어디 있어',
    'أين المفتاح',
    'कब जाना है',
    'Tell me about the ferry',
    'what’s the plan',
  ])('is %s', (text) => expect(isQuestion(text)).toBe(true));

  it.each(['ferry Peniche', 'the who', 'what', '', '?', 'Island tickets', '港 鍵'])('is not %s', (text) =>
    expect(isQuestion(text)).toBe(false),
  );
});
